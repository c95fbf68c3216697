// The review pages by keyboard: an element with data-key is pressed (or focused) by that key, in the part of the page
// that is swapped. After a swap the heading is focused, so that what is asked next is read out. Keys can be switched
// off and stay off. Without this script the same buttons and links work by mouse, Tab and Enter.

const STORE = "parure-review-keys";
const review = () => document.getElementById("review");
const typing = (element) => element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName)
  || (element.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(element.type));

let on = true;
try {
  on = localStorage.getItem(STORE) !== "off";
} catch {
  // A browser without storage has keys, and forgets that they were switched off.
}
let busy = false;

function show() {
  const root = review();
  if (!root) return;
  root.classList.toggle("keys-off", !on);
  const hint = root.querySelector("[data-keys-hint]");
  if (!hint) return;
  hint.hidden = false;
  const button = hint.querySelector("[data-keys-toggle]");
  button.textContent = on ? "Keys are on" : "Keys are off";
  button.setAttribute("aria-pressed", String(on));
}

function press(target) {
  if (target.matches("input, select, textarea")) {
    target.focus();
    target.select?.();
  } else {
    busy = target.matches("button[name], a");
    target.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "Escape" && typing(event.target) && review()?.contains(event.target)) event.target.blur();
  if (!on || busy || typing(event.target) || event.target.closest("dialog")) return;
  if (event.target.matches("input[type=radio]") && event.key.startsWith("Arrow")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const target = review()?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return;
  event.preventDefault();
  press(target);
});

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-keys-toggle]")) return;
  on = !on;
  try {
    localStorage.setItem(STORE, on ? "on" : "off");
  } catch {
    // as above
  }
  show();
});

// A refusal is a page too: it says why, and asks again.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (target?.id !== "review" || xhr.status < 400) return;
  if (xhr.responseText.includes('id="review"')) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  } else {
    location.assign(event.detail.pathInfo?.finalRequestPath ?? location.href);
  }
});

for (const ended of ["htmx:afterRequest", "htmx:sendError"]) {
  document.addEventListener(ended, () => {
    busy = false;
  });
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target?.id !== "review" && event.target.id !== "review") return;
  show();
  if (event.detail.requestConfig?.boosted) review().querySelector("h1")?.focus({ preventScroll: true });
});

window.addEventListener("pageshow", () => {
  busy = false;
  show();
});
show();
