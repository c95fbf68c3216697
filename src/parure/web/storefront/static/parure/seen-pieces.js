// <seen-pieces>: what was seen on a picture, laid over it, and a region drawn by hand.
//
// On a piece's page [data-toggle] shows and hides the overlay and legend of the picture that is shown. On a results
// page [data-draw] starts drawing: drag on the picture, or move the frame with the arrow keys (with Shift: its size),
// Enter searches, Escape gives up. Everything is rendered by the server; without this script links do the choosing.

const STEP = 0.02; // of the picture, for one press of an arrow key
const LEAST = 0.03; // shorter sides are a slip of the hand
const HINT = "Drag a frame around the piece, or move it with the arrow keys and size it with Shift. Enter searches.";

const between = (value, low, high) => Math.min(high, Math.max(low, value));

class SeenPieces extends HTMLElement {
  connectedCallback() {
    this.toggle = this.querySelector("[data-toggle]");
    this.draw = this.querySelector("[data-draw]");
    if (this.toggle) this.prepareOverlay();
    if (this.draw) this.prepareDrawing();
  }

  // --- Overlay -------------------------------------------------------------------------------------------------

  prepareOverlay() {
    this.toggle.addEventListener("click", () => {
      this.toggle.setAttribute("aria-pressed", String(!this.shown));
      this.refresh();
    });
    this.closest("[data-gallery]")?.addEventListener("turn", (event) => {
      this.dataset.photo = event.detail;
      this.refresh();
    });
    this.refresh();
  }

  get shown() {
    return this.toggle.getAttribute("aria-pressed") === "true";
  }

  refresh() {
    let any = false;
    for (const layer of this.querySelectorAll("[data-photo]")) {
      const mine = layer.dataset.photo === this.dataset.photo;
      any ||= mine;
      layer.toggleAttribute("hidden", !(mine && this.shown));
      if (mine && this.shown) this.fetchMasks(layer);
    }
    this.toggle.hidden = !any;
  }

  // Masks are only fetched once somebody wants to see them.
  fetchMasks(layer) {
    for (const mask of layer.querySelectorAll("image[data-src]")) {
      mask.setAttribute("href", mask.dataset.src);
      mask.removeAttribute("data-src");
    }
  }

  // --- Drawing -------------------------------------------------------------------------------------------------

  prepareDrawing() {
    this.stage = this.querySelector("[data-stage]");
    this.frame = this.querySelector("[data-region]");
    this.hint = this.querySelector("[data-hint]");
    this.draw.hidden = false;
    this.draw.addEventListener("click", () => (this.drawing ? this.search() : this.begin()));
    this.addEventListener("keydown", (event) => this.drawing && this.key(event));
    this.stage.addEventListener("pointerdown", (event) => this.drawing && this.press(event));
    this.stage.addEventListener("click", (event) => this.drawing && event.preventDefault());
  }

  get drawing() {
    return this.draw.getAttribute("aria-pressed") === "true";
  }

  begin() {
    this.before = this.frame.hasAttribute("hidden") ? null : this.box;
    this.box = this.before ?? { x: 0.25, y: 0.25, w: 0.5, h: 0.5 };
    this.mode(true);
    this.paint();
  }

  mode(on) {
    this.draw.setAttribute("aria-pressed", String(on));
    this.draw.textContent = on ? "Search with this region" : "Draw a region";
    this.stage.classList.toggle("drawing", on);
    this.hint.hidden = !on;
    this.hint.textContent = on ? HINT : "";
  }

  press(event) {
    event.preventDefault();
    const start = this.place(event);
    const move = (moved) => this.span(start, this.place(moved));
    const end = () => {
      this.stage.removeEventListener("pointermove", move);
      this.draw.focus();
    };
    this.stage.setPointerCapture?.(event.pointerId);
    this.stage.addEventListener("pointermove", move);
    this.stage.addEventListener("pointerup", end, { once: true });
    this.stage.addEventListener("pointercancel", end, { once: true });
  }

  // Where the pointer is, as fractions of the picture.
  place(event) {
    const size = this.stage.getBoundingClientRect();
    const share = (at, start, length) => between((at - start) / length, 0, 1);
    return { x: share(event.clientX, size.left, size.width), y: share(event.clientY, size.top, size.height) };
  }

  span(from, to) {
    const [w, h] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
    if (w < LEAST || h < LEAST) return;
    this.box = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), w, h };
    this.paint();
  }

  key(event) {
    const step = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    if (event.key === "Escape") this.giveUp();
    if (!step) return;
    event.preventDefault();
    const { x, y, w, h } = this.box;
    this.box = event.shiftKey
      ? { x, y, w: between(w + step[0], LEAST, 1 - x), h: between(h + step[1], LEAST, 1 - y) }
      : { x: between(x + step[0], 0, 1 - w), y: between(y + step[1], 0, 1 - h), w, h };
    this.paint();
  }

  giveUp() {
    this.mode(false);
    if (this.before) this.box = this.before;
    else this.frame.setAttribute("hidden", "");
    if (this.before) this.paint();
  }

  get box() {
    const { width, height } = this.frame.ownerSVGElement.viewBox.baseVal;
    const held = (name) => Number(this.frame.getAttribute(name));
    return { x: held("x") / width, y: held("y") / height, w: held("width") / width, h: held("height") / height };
  }

  set box({ x, y, w, h }) {
    const { width, height } = this.frame.ownerSVGElement.viewBox.baseVal;
    const given = { x: x * width, y: y * height, width: w * width, height: h * height };
    for (const [name, value] of Object.entries(given)) this.frame.setAttribute(name, value.toFixed(2));
  }

  paint() {
    this.frame.removeAttribute("hidden");
  }

  search() {
    const { x, y, w, h } = this.box;
    location.assign(this.dataset.drawUrl + [x, y, w, h].map((number) => number.toFixed(4)).join(","));
  }
}

customElements.define("seen-pieces", SeenPieces);
