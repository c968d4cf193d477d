// A document's page with a script: a word and its box answer each other, and the image can be moved and zoomed.
// Without it, the image stands whole with its boxes over it.
(() => {
  "use strict";
  document.documentElement.classList.add("js");
  const picture = document.getElementById("picture");
  const words = document.querySelector(".words");
  const frame = words && words.closest(".text");

  // -- a word and its box

  const boxOf = (number) => picture && picture.querySelector(`rect[data-w="${number}"]`);
  const wordOf = (number) => words && words.querySelector(`[data-w="${number}"]`);
  let shown = null;
  const show = (number, from) => {
    if (shown === number) return;
    for (const one of document.querySelectorAll(".near")) one.classList.remove("near");
    shown = number;
    if (number === null) return;
    const box = boxOf(number), word = wordOf(number);
    if (box) box.classList.add("near");
    if (word) {
      word.classList.add("near");
      // Only the text's own frame is scrolled; on a phone the page itself stays where the reader is.
      if (from === "image" && frame.scrollHeight > frame.clientHeight + 1) {
        const place = word.getBoundingClientRect(), seen = frame.getBoundingClientRect();
        if (place.top < seen.top || place.bottom > seen.bottom) frame.scrollTop += place.top - seen.top - frame.clientHeight / 3;
      }
    }
  };
  const numberAt = (event) => {
    const at = event.target.closest("[data-w]");
    return at ? at.dataset.w : null;
  };
  if (words) {
    words.addEventListener("pointerover", (event) => show(numberAt(event), "text"));
    words.addEventListener("pointerleave", () => show(null));
    words.addEventListener("click", (event) => {
      const number = numberAt(event);
      if (number !== null) { show(number, "text"); bring(number); }
    });
    // The marked words can be reached by key: each shows its box.
    for (const mark of words.querySelectorAll("mark[data-w]")) {
      mark.tabIndex = 0;
      mark.addEventListener("focus", () => { show(mark.dataset.w, "text"); bring(mark.dataset.w); });
      mark.addEventListener("blur", () => show(null));
    }
  }
  if (picture) {
    picture.addEventListener("pointerover", (event) => show(numberAt(event), "image"));
    picture.addEventListener("pointerleave", () => show(null));
    // A box that is come to by key asks to be seen.
    picture.addEventListener("bring", (event) => bringBox(event.target));
  }

  // -- the first marked word, and the page in the strip, stand in sight; the page itself is not moved

  const first = words && words.querySelector("mark");
  if (first && frame.scrollHeight > frame.clientHeight + 1) {
    frame.scrollTop = first.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3;
  }

  const here = document.querySelector(".strip .here");
  if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.clientWidth / 2 + here.clientWidth / 2;

  // -- moving and zooming

  let viewer = null;
  const width = picture ? Number(picture.dataset.width) : 0;
  const rectOf = (box) => new OpenSeadragon.Rect(
    Number(box.getAttribute("x")) / width, Number(box.getAttribute("y")) / width,
    Number(box.getAttribute("width")) / width, Number(box.getAttribute("height")) / width);
  // A box out of sight is moved into it; nothing else moves.
  function bring(number) {
    const box = boxOf(number);
    if (box) bringBox(box);
  }
  function bringBox(box) {
    if (!viewer) return;
    const rect = rectOf(box), seen = viewer.viewport.getBounds();
    const inside = rect.x >= seen.x && rect.y >= seen.y && rect.x + rect.width <= seen.x + seen.width
      && rect.y + rect.height <= seen.y + seen.height;
    if (!inside) viewer.viewport.panTo(rect.getCenter());
  }

  const SIGNS = {
    plus: "M12 4v16M4 12h16", minus: "M4 12h16", page: "M6 3h12v18H6zM9 8h6M9 12h6",
    full: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  };
  const button = (label, sign, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "quiet";
    made.setAttribute("aria-label", label);
    made.title = label;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", SIGNS[sign]);
    svg.append(path);
    made.append(svg);
    made.addEventListener("click", action);
    return made;
  };
  // The frame is as tall as the page, or as the window where the page is taller.
  const fit = () => {
    const canvas = picture.querySelector(".canvas");
    const full = document.fullscreenElement === picture;
    const room = window.innerHeight * (full ? .9 : .86);
    canvas.style.height = `${Math.round(Math.min(room, full ? room : canvas.clientWidth * Number(picture.dataset.height) / width))}px`;
  };

  const open = () => {
    if (viewer || !picture || typeof OpenSeadragon === "undefined") return;
    // OpenSeadragon adds a <style> of its own unless it finds one, and it would hide the focus; our policy forbids
    // inline styles anyway. An element of that name that is no HTML is found, and styles nothing.
    const found = document.createElementNS("urn:rescate", "style");
    found.setAttribute("data-openseadragon-mobile-css", "");
    document.head.append(found);
    const canvas = picture.querySelector(".canvas");
    const boxes = canvas.querySelector(".boxes");
    const stage = document.createElement("div");
    stage.className = "osd";
    canvas.append(stage);
    picture.classList.add("zoomed");
    fit();
    window.addEventListener("resize", fit);
    document.addEventListener("fullscreenchange", fit);
    viewer = OpenSeadragon({
      element: stage,
      tileSources: { type: "image", url: picture.dataset.image, buildPyramid: false },
      showNavigationControl: false,
      visibilityRatio: .6,
      minZoomImageRatio: .9,
      maxZoomPixelRatio: 3,
      animationTime: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : .5,
      // The wheel and one finger belong to the page until the reader zooms on purpose.
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true, scrollToZoom: false },
      gestureSettingsTouch: { pinchRotate: false },
      drawer: "canvas",
    });
    const drop = () => {
      // The plain image comes back: it is better than an empty frame.
      if (boxes) canvas.append(boxes);
      viewer.destroy();
      stage.remove();
      tools.remove();
      picture.classList.remove("zoomed");
      canvas.style.height = "";
      window.removeEventListener("resize", fit);
      viewer = null;
    };
    viewer.addHandler("open-failed", drop);
    viewer.addHandler("open", () => {
      const size = viewer.world.getItemAt(0).getBounds();
      if (boxes) viewer.addOverlay({ element: boxes, location: new OpenSeadragon.Rect(0, 0, size.width, size.height) });
      begin();
      picture.dataset.ready = "yes";
    });
    // The page fills the width of the frame from its top, or from its first marked word.
    const begin = () => {
      const port = viewer.viewport;
      const room = port.getContainerSize();
      const tall = room.y / room.x;
      const page = viewer.world.getItemAt(0).getBounds();
      if (page.height <= tall) { port.goHome(true); return; }
      const hit = boxes && boxes.querySelector("rect.hit");
      const middle = hit ? rectOf(hit).getCenter().y - tall / 3 : 0;
      const top = Math.max(0, Math.min(middle, page.height - tall));
      port.fitBounds(new OpenSeadragon.Rect(0, top, page.width, tall * page.width), true);
    };
    const says = picture.dataset;
    const tools = document.createElement("div");
    tools.className = "tools";
    tools.append(
      button(says.zoomIn, "plus", () => viewer.viewport.zoomBy(1.5).applyConstraints()),
      button(says.zoomOut, "minus", () => viewer.viewport.zoomBy(1 / 1.5).applyConstraints()),
      button(says.home, "page", () => viewer.viewport.goHome()),
    );
    if (document.fullscreenEnabled) {
      tools.append(button(says.full, "full", () => (document.fullscreenElement
        ? document.exitFullscreen() : picture.requestFullscreen())));
    }
    picture.prepend(tools);
    viewer.canvas.setAttribute("aria-label", says.label);
    viewer.canvas.setAttribute("role", "application");
  };
  const folded = picture && picture.closest("details.content-note");
  if (folded) folded.addEventListener("toggle", () => { if (folded.open) open(); });
  if (!folded || folded.open) open();
})();
