// The search box: "/" focuses it; a picture chosen, pasted or dropped anywhere on the page is searched with at once.
// Without this script the same form works with its button.

const box = document.getElementById("q");
const form = document.getElementById("picture-form");
const input = document.getElementById("picture");

for (const hint of document.querySelectorAll("[data-needs-script]")) hint.hidden = false;

const isPicture = (file) => file.type.startsWith("image/") || /\.(hei[cf]|avif|tiff?)$/i.test(file.name);
const typing = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

function searchWith(files) {
  const picture = [...files].find(isPicture);
  if (!picture) return false;
  const carrier = new DataTransfer();
  carrier.items.add(picture);
  input.files = carrier.files;
  form.submit();
  return true;
}

input.addEventListener("change", () => input.files.length && form.submit());

document.addEventListener("paste", (event) => {
  if (event.clipboardData && searchWith(event.clipboardData.files)) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key === "/" && plain && !typing(event.target)) {
    event.preventDefault();
    box.focus();
    box.select();
  }
  const sheet = form.closest("details");
  if (event.key === "Escape" && sheet.open) {
    sheet.open = false;
    sheet.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  const sheet = form.closest("details");
  if (sheet.open && !sheet.contains(event.target)) sheet.open = false;
});

// Dragging fires enter and leave for every element passed over; only the last leave is out of the page.
const veil = document.createElement("div");
veil.className = "drop-veil";
veil.textContent = "Drop a picture to find the piece";
let depth = 0;

const carriesFile = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");

function lift() {
  depth = 0;
  veil.remove();
}

document.addEventListener("dragenter", (event) => {
  if (!carriesFile(event)) return;
  depth += 1;
  document.body.append(veil);
});

document.addEventListener("dragleave", (event) => {
  if (!carriesFile(event)) return;
  depth -= 1;
  if (depth <= 0) lift();
});

document.addEventListener("dragover", (event) => {
  if (carriesFile(event)) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  if (!carriesFile(event)) return;
  event.preventDefault();
  lift();
  searchWith(event.dataTransfer.files);
});
