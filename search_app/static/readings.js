// Where a page was read otherwise: a switch shows each other reading behind its word and a box on the image, and a box
// says both when it is pointed at, touched or come to by key. Without it the switch is a link, and the list stands below.
(() => {
  "use strict";
  const leaf = document.querySelector(".leaf");
  const toggle = document.getElementById("readings");
  const picture = document.getElementById("picture");
  if (!leaf || !toggle) return;
  const NAME = "readings", ALL = "all";
  const isOn = () => leaf.classList.contains("all-readings");

  // -- the switch; the page's address and its ways to other pages keep it

  const withState = (address, on) => {
    const url = new URL(address, location.href);
    if (on) url.searchParams.set(NAME, ALL); else url.searchParams.delete(NAME);
    return url.href;
  };
  const turn = (on) => {
    leaf.classList.toggle("all-readings", on);
    toggle.setAttribute("aria-checked", String(on));
    for (const link of document.querySelectorAll('a[href*="ark:"]')) {
      if (link !== toggle && link.origin === location.origin && !link.classList.contains("permalink")) link.href = withState(link.href, on);
    }
    toggle.href = withState(toggle.href, !on);
    for (const form of document.querySelectorAll("form.jump")) {
      const kept = form.querySelector(`input[name=${NAME}]`);
      if (kept) kept.disabled = !on;
      else if (on) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: NAME, value: ALL }));
    }
    if (!on) hush();
  };
  toggle.setAttribute("role", "switch");
  toggle.setAttribute("aria-checked", String(isOn()));
  toggle.querySelector(".state").remove();
  toggle.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    turn(!isOn());
    history.replaceState(history.state, "", withState(location.href, isOn()));
  });
  toggle.addEventListener("keydown", (event) => {
    if (event.key === " ") { event.preventDefault(); toggle.click(); }
  });

  // -- what a box says

  const boxes = picture ? [...picture.querySelectorAll(".differences rect")] : [];
  const note = document.createElement("p");
  note.className = "told-reading";
  note.hidden = true;
  let told = null, frame = 0;
  const piece = (tag, text, name = "") => Object.assign(document.createElement(tag), { textContent: text, className: name });
  // The note stays at its box while the image is moved, below it or, where there is no room, above.
  const place = () => {
    const canvas = note.parentElement.getBoundingClientRect(), box = told.getBoundingClientRect();
    const left = Math.max(0, Math.min(box.left - canvas.left, canvas.width - note.offsetWidth));
    const below = box.bottom - canvas.top + 8;
    const top = below + note.offsetHeight > canvas.height ? box.top - canvas.top - note.offsetHeight - 8 : below;
    note.style.transform = `translate(${Math.round(left)}px, ${Math.round(Math.max(0, top))}px)`;
    frame = requestAnimationFrame(place);
  };
  const tell = (box) => {
    if (told === box || !isOn()) return;
    hush();
    told = box;
    box.classList.add("told");
    const says = picture.dataset;
    note.replaceChildren(
      box.dataset.shown ? piece("strong", box.dataset.shown) : piece("span", says.notShown, "label"),
      piece("span", says.another, "label"), piece("span", box.dataset.other || says.nothing));
    note.hidden = false;
    place();
  };
  function hush() {
    if (!told) return;
    told.classList.remove("told");
    told = null;
    note.hidden = true;
    cancelAnimationFrame(frame);
  }

  if (!boxes.length) return;
  picture.querySelector(".canvas").append(note);
  note.setAttribute("aria-hidden", "true");
  boxes.forEach((box, n) => {
    // The title would be told twice; it stays the box's name.
    box.setAttribute("aria-label", box.querySelector("title").textContent.trim());
    box.querySelector("title").remove();
    // One stop of the tab key for all of them: the arrows go from one to the next.
    box.setAttribute("tabindex", n ? "-1" : "0");
    box.addEventListener("focus", () => { tell(box); box.dispatchEvent(new CustomEvent("bring", { bubbles: true })); });
    box.addEventListener("blur", hush);
  });
  const group = boxes[0].parentElement;
  group.addEventListener("keydown", (event) => {
    const at = boxes.indexOf(document.activeElement);
    const steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: boxes.length - 1 };
    if (event.key === "Escape") { hush(); return; }
    if (!(event.key in steps) || at < 0) return;
    // The arrows would move the image, too.
    event.preventDefault();
    event.stopPropagation();
    const next = boxes[Math.max(0, Math.min(steps[event.key], boxes.length - 1))];
    boxes[at].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
  group.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse") tell(event.target); });
  group.addEventListener("pointerout", (event) => { if (event.pointerType === "mouse" && document.activeElement !== told) hush(); });
  // A finger is wider than a word: the nearest box that it may have meant is told, till it touches elsewhere.
  const REACH = 24;
  picture.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" || !isOn()) return;
    const away = (box) => {
      const at = box.getBoundingClientRect();
      return Math.hypot(Math.max(at.left - event.clientX, 0, event.clientX - at.right), Math.max(at.top - event.clientY, 0, event.clientY - at.bottom));
    };
    const nearest = boxes.reduce((best, box) => (away(box) < away(best) ? box : best));
    if (away(nearest) <= REACH) tell(nearest); else hush();
  }, true);
})();
