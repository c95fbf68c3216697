// Beside the grid: opens the filters in browsers that cannot show a folded element's content by style alone, and turns
// a part that could not be fetched into the whole page, which says why.

const filters = document.querySelector(".filters");
const wide = window.matchMedia("(min-width: 768px)");

if (filters && !CSS.supports("selector(::details-content)")) {
  filters.open = wide.matches;
  wide.addEventListener("change", () => {
    filters.open = wide.matches;
  });
}

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    if (event.target.closest(".browse")) location.assign(event.detail.pathInfo.finalRequestPath);
  });
}
