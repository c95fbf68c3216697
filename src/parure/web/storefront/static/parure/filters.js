// Opens the filters beside the grid in browsers that cannot show a folded element's content by style alone.

const filters = document.querySelector(".filters");
const wide = window.matchMedia("(min-width: 768px)");

if (filters && !CSS.supports("selector(::details-content)")) {
  filters.open = wide.matches;
  wide.addEventListener("change", () => {
    filters.open = wide.matches;
  });
}
