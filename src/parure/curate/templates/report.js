// Builds the inside of a section from its JSON when it is first opened, and pictures of long lists when they are near.
"use strict";
(() => {
  const make = (name, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children.filter((child) => child !== null));
    return node;
  };
  const frame = (card) => {
    if (!card.picture) return make("div", { className: "frame none", textContent: "no picture" });
    const name = card.path.split("/").pop();
    return make("div", { className: "frame" },
      make("img", { src: "data:image/webp;base64," + card.picture, alt: name, decoding: "async" }));
  };
  const words = (card) => make("figcaption", {},
    card.path,
    card.to ? make("span", { className: "to", textContent: "→ " + card.to }) : null,
    ...(card.why || []).map((why) => make("span", { className: "why", textContent: why })));

  const near = new IntersectionObserver((seen) => {
    for (const each of seen) {
      if (!each.isIntersecting) continue;
      near.unobserve(each.target);
      each.target.build();
    }
  }, { rootMargin: "400px" });
  const later = (node, build) => {
    node.build = build;
    near.observe(node);
    return node;
  };

  const kinds = {
    sheet: (cards) => make("div", { className: "cards" },
      ...cards.map((card) => make("figure", {}, frame(card), words(card)))),

    groups: (groups) => make("div", {}, ...groups.map((group) => {
      const place = make("div", { className: "group" });
      place.style.minHeight = "280px";
      return later(place, () => {
        place.style.minHeight = "";
        place.append(file(group.head, null), ...group.members.map((member) => file(member, group.head)));
        if (group.more) place.append(make("p", { className: "more", textContent: `and ${group.more} more` }));
      });
    })),

    table: (table) => make("div", { className: "wide" }, make("table", {},
      make("thead", {}, make("tr", {}, ...table.columns.map((name) => make("th", { textContent: name })))),
      make("tbody", {}, ...table.rows.map((row) =>
        make("tr", {}, ...row.map((cell) => make("td", { textContent: cell }))))))),

    styles: (all) => finder(all),
  };

  function file(card, head) {
    const facts = card.facts.map((fact, at) =>
      make("li", { textContent: fact, className: head && fact !== head.facts[at] ? "other" : "" }));
    const tag = head ? null : make("div", {}, make("span", { className: "tag", textContent: "stays" }));
    return make("figure", { className: head ? "" : "stays" }, frame(card), make("ul", {}, ...facts), tag,
      words({ ...card, to: "" }));
  }

  // Eighteen thousand styles: found by a part of the code and by what they lack, a hundred at a time.
  function finder(all) {
    const step = 100;
    const code = make("input", { type: "search", placeholder: "PR-10" });
    const category = make("select", {}, new Option("all", ""),
      ...all.categories.map((name, at) => new Option(name, at)));
    const lacks = make("select", {}, new Option("nothing in particular", ""), new Option("any photo", "none"),
      ...all.views.map((view, at) => new Option(view, at)));
    const found = make("p", { ariaLive: "polite" });
    const rows = make("tbody");
    const more = make("button", { type: "button", textContent: `Show ${step} more` });
    let hits = [];
    const counts = (style) => style.slice(2);
    const fits = (style) => {
      if (code.value && !style[0].toLowerCase().includes(code.value.trim().toLowerCase())) return false;
      if (category.value !== "" && style[1] !== Number(category.value)) return false;
      if (lacks.value === "") return true;
      return lacks.value === "none" ? counts(style).every((count) => !count) : !counts(style)[Number(lacks.value)];
    };
    const line = (style) => make("tr", {}, make("th", { textContent: style[0] }),
      make("td", { textContent: all.categories[style[1]] }),
      ...counts(style).map((count) => make("td", { textContent: count || "–", className: count ? "" : "gap" })));
    const grow = () => {
      const shown = rows.children.length;
      rows.append(...hits.slice(shown, shown + step).map(line));
      more.hidden = rows.children.length >= hits.length;
    };
    const search = () => {
      hits = all.styles.filter(fits);
      found.textContent = `${hits.length.toLocaleString("en")} of ${all.styles.length.toLocaleString("en")} styles`;
      rows.replaceChildren();
      grow();
    };
    for (const field of [code, category, lacks]) field.addEventListener("input", search);
    more.addEventListener("click", grow);
    search();
    const label = (text, field) => make("label", {}, text, field);
    const names = ["style", "category", ...all.views];
    return make("div", {},
      make("div", { className: "find" }, label("Code", code), label("Category", category), label("Lacks", lacks)),
      found,
      make("div", { className: "wide" }, make("table", { className: "cover" },
        make("thead", {}, make("tr", {}, ...names.map((name) => make("th", { textContent: name })))), rows)),
      more);
  }

  const build = (details) => {
    const data = details.querySelector("script");
    if (!data) return;
    data.remove();
    details.append(kinds[details.dataset.kind](JSON.parse(data.textContent)));
  };
  for (const details of document.querySelectorAll("details[data-kind]")) {
    if (details.open) later(details, () => build(details));
    details.addEventListener("toggle", () => details.open && build(details));
  }
})();
