// The pictures of a piece: thumbnails change the large one, arrow keys walk through, a click enlarges.
// Without this script thumbnails and the large picture are links that do the same by loading a page.

const gallery = document.querySelector("[data-gallery]");
const stage = gallery.querySelector("a[data-stage]");
const thumbs = [...gallery.querySelectorAll("[data-thumb]")];
let current = Math.max(0, thumbs.findIndex((thumb) => thumb.hasAttribute("aria-current")));

function show(place) {
  current = (place + thumbs.length) % thumbs.length;
  const chosen = thumbs[current];
  stage.href = chosen.dataset.whole;
  stage.querySelector("img").src = chosen.dataset.large;
  for (const thumb of thumbs) thumb.toggleAttribute("aria-current", thumb === chosen);
  chosen.setAttribute("aria-current", "true");
  gallery.dispatchEvent(new CustomEvent("turn", { detail: chosen.dataset.photo }));
}

function enlarge() {
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  dialog.setAttribute("aria-label", "The picture, enlarged");
  const close = document.createElement("button");
  close.className = "icon";
  close.setAttribute("aria-label", "Close");
  close.textContent = "×";
  const whole = document.createElement("img");
  whole.alt = stage.querySelector("img").alt;
  whole.src = stage.href;
  dialog.append(close, whole);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    stage.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

for (const [place, thumb] of thumbs.entries()) {
  thumb.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(place);
  });
}

if (stage) {
  stage.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    enlarge();
  });
}

gallery.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || thumbs.length < 2) return;
  event.preventDefault();
  show(current + step);
  if (document.activeElement !== stage) thumbs[current].focus();
});
