// A page that is corrected, with a script: by keys from line to line, the line in focus marked on the image, nothing lost by leaving.
// Without it, the fields and their buttons work as every form does.
(() => {
  "use strict";
  const form = document.getElementById("fields");
  const picture = document.getElementById("picture");
  if (!form) return;
  const fields = [...form.querySelectorAll("textarea")];
  const before = new Map(fields.map((one) => [one, one.value]));
  const rowOf = (field) => field.closest("[data-line]");

  // -- a field is as tall as what it holds

  const grow = (field) => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  };
  const growAll = () => fields.forEach(grow);
  growAll();

  // -- what is typed stands above the bar that keeps it

  const bar = form.querySelector(".keep");
  const measure = () => document.documentElement.style.setProperty(
    "--keep", `${getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0}px`);
  if (bar) {
    measure();
    new ResizeObserver(measure).observe(bar);
    window.addEventListener("resize", measure);
  }
  const inSight = (field) => {
    (rowOf(field) || field).scrollIntoView({ block: "nearest" });
    field.scrollIntoView({ block: "nearest" });
  };
  window.addEventListener("resize", growAll);
  for (const one of form.querySelectorAll("details")) one.addEventListener("toggle", growAll);

  // -- what is not kept yet

  let sent = false;
  const mark = (field) => {
    const row = rowOf(field);
    if (row) row.classList.toggle("changed", field.dataset.shown !== undefined && field.value !== field.dataset.shown);
  };
  const unsaved = () => !sent && (fields.some((one) => one.value !== before.get(one)) || document.querySelector(".trouble") !== null);
  fields.forEach(mark);
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) { grow(event.target); mark(event.target); inSight(event.target); }
  });
  form.addEventListener("submit", (event) => {
    // Twice pressed, it is sent once.
    if (sent) event.preventDefault();
    sent = true;
  });
  // Come back to by the browser's own button, the page may be sent anew.
  window.addEventListener("pageshow", () => { sent = false; growAll(); fields.forEach(mark); });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved()) { event.preventDefault(); event.returnValue = form.dataset.unsaved; }
  });

  // -- from line to line

  const to = (field, step) => {
    const seen = fields.filter((one) => one.offsetParent !== null);
    const next = seen[seen.indexOf(field) + step];
    if (!next) return false;
    next.focus({ preventScroll: true });
    next.setSelectionRange(0, 0);
    inSight(next);
    return true;
  };
  const isAdded = (field) => { const row = rowOf(field); return !row || row.classList.contains("added"); };
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[value=next]"));
      return;
    }
    const field = event.target;
    if (!field.matches("textarea") || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey && !isAdded(field)) {
      event.preventDefault();
      to(field, 1);
    } else if (event.key === "Escape" && field.dataset.shown !== undefined) {
      event.preventDefault();
      field.value = field.dataset.shown;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      to(field, event.key === "ArrowDown" ? 1 : -1);
    }
  });

  // -- the line in focus on the image, and the line of a place on the image

  const boxOf = (number) => picture && picture.querySelector(`rect[data-w="${number}"]`);
  form.addEventListener("focusin", (event) => {
    for (const one of document.querySelectorAll(".in-focus")) one.classList.remove("in-focus");
    const row = event.target.closest("[data-line]");
    if (!row) return;
    row.classList.add("in-focus");
    const box = boxOf(row.dataset.line);
    if (!box) return;
    box.classList.add("in-focus");
    box.dispatchEvent(new CustomEvent("bring", { bubbles: true }));
  });
  let pressed = null;
  if (picture) {
    // The viewer holds on to the pointer once it is down: what it was put down on is what is meant.
    picture.addEventListener("pointerdown", (event) => {
      pressed = { box: event.target.closest("rect[data-w]"), x: event.clientX, y: event.clientY };
    }, true);
    document.addEventListener("pointerup", (event) => {
      const from = pressed;
      pressed = null;
      // The image was moved, not pointed at.
      if (!from || !from.box || Math.hypot(event.clientX - from.x, event.clientY - from.y) > 5) return;
      const field = form.querySelector(`[data-line="${from.box.dataset.w}"] textarea`);
      if (field) setTimeout(() => field.focus());
    }, true);
  }

  // -- a doubtful word is selected, another reading is taken

  form.addEventListener("click", (event) => {
    const doubt = event.target.closest(".doubt"), take = event.target.closest(".take");
    const row = event.target.closest("[data-line]");
    if (!row || !(doubt || take)) return;
    const field = row.querySelector("textarea");
    if (doubt) {
      const word = doubt.firstElementChild.textContent, planned = Number(doubt.dataset.start);
      const start = field.value.substr(planned, word.length) === word ? planned : field.value.indexOf(word);
      field.focus();
      if (start >= 0) field.setSelectionRange(start, start + word.length);
      return;
    }
    const offered = take.closest(".offer").querySelector(".offered").textContent;
    field.value = "adds" in take.dataset ? `${field.value}\n${offered}` : offered;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  for (const one of form.querySelectorAll(".take")) one.hidden = false;

  // -- the first line to look at: what both changed, else the first doubtful one, else the first

  const at = form.querySelector(".yours, .doubts");
  const begin = at ? rowOf(at).querySelector("textarea") : form.querySelector(".lines textarea");
  // On a phone the keyboard comes when it is asked for.
  if (begin && window.matchMedia("(min-width: 60rem)").matches && !location.hash) {
    begin.focus({ preventScroll: true });
    inSight(begin);
    // The image must stand before a place on it can be brought into sight.
    if (picture) {
      const watch = new MutationObserver(() => {
        const box = picture.querySelector("rect.in-focus");
        if (picture.dataset.ready !== "yes") return;
        watch.disconnect();
        if (box) box.dispatchEvent(new CustomEvent("bring", { bubbles: true }));
      });
      watch.observe(picture, { attributes: true, attributeFilter: ["data-ready"] });
    }
  }
})();
