// The search page with a script: timeline and facets stand open on a desk, ticks are counted. Without it, all the same works.
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  // A browser that cannot show a closed <details> by style has them opened on a wide window.
  const folded = document.querySelectorAll(".facets-panel, .timeline");
  const wide = window.matchMedia("(min-width: 60rem)");
  const fit = () => { if (wide.matches) for (const panel of folded) panel.open = true; };
  fit();
  wide.addEventListener("change", fit);

  const form = document.querySelector("form.selecting");
  if (!form) return;
  const said = form.querySelector(".selection-count");
  const count = () => {
    const kept = form.querySelectorAll("input[type=hidden][name=selected]").length;
    const ticked = form.querySelectorAll("input[type=checkbox][name=selected]:checked").length;
    const all = kept + ticked;
    said.hidden = all === 0;
    said.textContent = all === 1 ? said.dataset.one : said.dataset.many.replace("#", String(all));
  };
  form.addEventListener("change", count);
  count();

  // What is ticked goes along to the other pages of the result.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".pager a, .sorts a, .timeline a, .facets a, .chips a");
    if (!link) return;
    const address = new URL(link.href);
    address.searchParams.delete("selected");
    for (const one of form.querySelectorAll("input[type=hidden][name=selected], input[type=checkbox][name=selected]:checked")) {
      address.searchParams.append("selected", one.value);
    }
    link.href = address.href;
  });
})();
