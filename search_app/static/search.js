// The search page with a script: timeline and facets stand open on a desk. Without it, all the same works.
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  // A browser that cannot show a closed <details> by style has them opened on a wide window.
  const folded = document.querySelectorAll(".facets-panel, .timeline");
  const wide = window.matchMedia("(min-width: 60rem)");
  const fit = () => { if (wide.matches) for (const panel of folded) panel.open = true; };
  fit();
  wide.addEventListener("change", fit);
})();
