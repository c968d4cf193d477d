// A document's page with a script: a word and its box answer each other, one goes from marked word to marked word, and the
// image can be moved and zoomed. Without it, the image stands whole with its boxes over it.
(() => {
  "use strict";
  document.documentElement.classList.add("js");
  const picture = document.getElementById("picture");
  const words = document.querySelector(".words");
  const frame = words && words.closest(".text");
  // Set where the image is: a finger is asked for by what the device has, not by how wide it is.
  const touched = window.matchMedia("(any-pointer: coarse)").matches;

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

  // -- from marked word to marked word; words that stand together are one stop

  const stops = [];
  for (const one of document.querySelectorAll(".words mark[data-w], .boxes rect.hit")) {
    const number = Number(one.dataset.w);
    if (!stops.some((stop) => stop.includes(number))) stops.push([number]);
  }
  stops.sort((a, b) => a[0] - b[0]);
  for (let n = stops.length - 1; n > 0; n--) {
    const before = stops[n - 1];
    // A box aside and a word of the text are never together, whatever their numbers.
    if (before[0] + 1 === stops[n][0] && !wordOf(before[0]) === !wordOf(stops[n][0])) before.push(...stops.splice(n, 1)[0]);
  }
  let at = -1;
  const boxesOf = (stop) => stop.map(boxOf).filter(Boolean);
  const bar = document.querySelector(".stops");
  const told = bar && bar.querySelector(".told");
  // `near`: the reader looks for it on the image, and it is drawn near enough to be read.
  const goTo = (n, near = false) => {
    at = (n + stops.length) % stops.length;
    for (const one of document.querySelectorAll(".current")) one.classList.remove("current");
    const stop = stops[at], word = wordOf(stop[0]), boxes = boxesOf(stop);
    for (const one of [...boxes, ...stop.map(wordOf).filter(Boolean)]) one.classList.add("current");
    if (told) told.textContent = told.dataset.said.replace("{n}", at + 1).replace("{c}", stops.length);
    const middle = window.innerHeight / 2;
    const readsText = !near && word && frame.getBoundingClientRect().top < middle;
    if (boxes.length && viewer) look(boxes, near);
    if (near) { showFrame(); return; }
    if (!word && !boxes.length) return;
    if (frame && frame.scrollHeight > frame.clientHeight + 1 && word) {
      frame.scrollTop += word.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3;
    } else {
      const shownAt = (readsText || !boxes.length ? word : boxes[0]).getBoundingClientRect();
      if (shownAt.top < 90 || shownAt.bottom > window.innerHeight - 20) window.scrollBy({ top: shownAt.top - middle, behavior: "auto" });
    }
  };
  // What has come to the middle of the frame is seen: the page is scrolled where the frame's middle is out of sight.
  function showFrame() {
    const canvas = picture.querySelector(".canvas").getBoundingClientRect(), middle = canvas.top + canvas.height / 2;
    if (middle < 150 || middle > window.innerHeight - 60) window.scrollBy({ top: middle - window.innerHeight / 2, behavior: "auto" });
  }
  if (bar && stops.length) {
    for (const one of bar.querySelectorAll("button")) {
      one.hidden = stops.length < 2;
      one.addEventListener("click", () => goTo(at + Number(one.dataset.step) + (at < 0 && one.dataset.step < 0 ? 1 : 0)));
    }
    told.hidden = false;
    told.textContent = told.dataset.said.replace("{n}", 1).replace("{c}", stops.length);
    at = -1;
    const way = bar.querySelector("a");
    if (way) way.addEventListener("click", (event) => {
      // To the one told of, in the text, and by key on from there.
      const word = wordOf(stops[Math.max(at, 0)][0]) || words.querySelector("mark");
      event.preventDefault();
      word.focus({ preventScroll: true });
      word.scrollIntoView({ block: "center" });
    });
  }

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
    if (!inside) viewer.viewport.panTo(rect.getCenter()).applyConstraints();
  }
  // As wide as the frame: what is drawn nearer than so has been zoomed.
  const whole = () => 1 / viewer.world.getItemAt(0).getBounds().width;
  const isNear = () => viewer.viewport.getZoom() > whole() * 1.05;
  // The boxes come to the middle of the frame, near enough to be read where that is asked for: letters some 26 pixels high.
  function look(boxes, near) {
    const port = viewer.viewport;
    const rect = boxes.map(rectOf).reduce((all, one) => all.union(one));
    if (near) {
      const room = port.getContainerSize().x;
      const wanted = Math.max(1.6, 26 / (rectOf(boxes[0]).height * room));
      port.zoomTo(Math.max(Math.min(wanted, .85 / rect.width, port.getMaxZoom()), port.getZoom()));
    } else if (!isNear()) { bringBox(boxes[0]); return; }
    port.panTo(rect.getCenter()).applyConstraints();
  }
  const nearer = () => {
    const port = viewer.viewport;
    if (stops.length && boxesOf(stops[Math.max(at, 0)]).length) {
      // First to the marked word, then nearer to it as long as it is in sight.
      const boxes = boxesOf(stops[Math.max(at, 0)]);
      if (!isNear()) { goTo(Math.max(at, 0), true); return; }
      if (port.getBounds().containsPoint(rectOf(boxes[0]).getCenter())) {
        port.zoomTo(Math.min(port.getZoom() * 1.5, port.getMaxZoom())).panTo(rectOf(boxes[0]).getCenter()).applyConstraints();
        return;
      }
    }
    port.zoomBy(1.5).applyConstraints();
  };
  // Twice on the image: to the marked word nearest to there, then to the next; after the last, or where none is marked, back.
  const twice = (position) => {
    const port = viewer.viewport, place = port.pointFromPixel(position);
    const drawn = stops.map((stop, n) => n).filter((n) => boxesOf(stops[n]).length);
    if (isNear()) {
      const next = drawn.find((n) => n > at);
      if (at >= 0 && next !== undefined) goTo(next, true); else home();
    } else if (drawn.length) {
      const away = (n) => rectOf(boxesOf(stops[n])[0]).getCenter().distanceTo(place);
      goTo(drawn.reduce((best, n) => (away(n) < away(best) ? n : best)), true);
    } else port.zoomTo(whole() * 2.5, place).applyConstraints();
  };
  const home = () => { at = -1; viewer.viewport.goHome(); };

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
  // The frame is as tall as the page, or as the window where the page is taller; under a finger it is as tall as the page
  // whatever the window, for there the page is moved by scrolling. A strip of film is taller than any canvas can be.
  const fit = () => {
    const canvas = picture.querySelector(".canvas");
    const full = document.fullscreenElement === picture;
    const room = window.innerHeight * (full ? .9 : touched ? 3 : .86);
    canvas.style.height = `${Math.round(Math.min(room, full ? room : canvas.clientWidth * Number(picture.dataset.height) / width))}px`;
  };

  // The copies of the page image as one source. The library would begin with the widest, for each is one tile.
  const copies = () => {
    const levels = JSON.parse(picture.dataset.levels || "[]");
    if (levels.length < 2) return null;
    const source = new OpenSeadragon.LegacyTileSource(levels);
    source.getClosestLevel = () => 0;
    return source;
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
      tileSources: copies() || { type: "image", url: picture.dataset.image, buildPyramid: false },
      showNavigationControl: false,
      // No void beside the page, however it is moved.
      visibilityRatio: 1,
      constrainDuringPan: true,
      minZoomImageRatio: 1,
      maxZoomPixelRatio: 3,
      // A wider copy is asked for when its pixels are needed: on a telephone, when it is zoomed.
      minPixelRatio: touched ? 1.2 : .5,
      animationTime: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : .5,
      // The wheel and one finger belong to the page until the reader zooms on purpose.
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true, scrollToZoom: false },
      gestureSettingsTouch: { pinchRotate: false },
      cooperativeGestures: true,
      drawer: "canvas",
    });
    const drop = () => {
      // The plain image comes back: it is better than an empty frame.
      if (boxes) canvas.append(boxes);
      viewer.destroy();
      stage.remove();
      tools.remove();
      picture.classList.remove("zoomed", "nearer");
      canvas.style.height = "";
      window.removeEventListener("resize", fit);
      viewer = null;
    };
    viewer.addHandler("open-failed", drop);
    // On paper the plain image stands, with its marks over it.
    const overlay = () => boxes && boxes.closest(".over-image");
    window.addEventListener("beforeprint", () => {
      if (!overlay()) return;
      overlay().id = "marks-place";
      for (const name of ["width", "height"]) boxes.style[name] = "";
      canvas.append(boxes);
    });
    window.addEventListener("afterprint", () => {
      const place = document.getElementById("marks-place");
      if (place && viewer) { place.append(boxes); viewer.forceRedraw(); }
    });
    viewer.addHandler("open", () => {
      const size = viewer.world.getItemAt(0).getBounds();
      if (boxes) {
        viewer.addOverlay({ element: boxes, location: new OpenSeadragon.Rect(0, 0, size.width, size.height) });
        boxes.parentElement.classList.add("over-image");
      }
      begin();
      settle();
      picture.dataset.ready = "yes";
    });
    // One finger scrolls the page till the image is zoomed, then it moves the image; no change while a finger is on it.
    let fingers = 0;
    const settle = () => {
      if (!viewer || fingers || !viewer.world.getItemCount()) return;
      const near = isNear() || viewer.world.getItemAt(0).getBounds().height > viewer.viewport.getBounds().height * 1.02;
      picture.classList.toggle("nearer", near);
      if (viewer.cooperativeGestures === near) viewer.setCooperativeGestures(!near);
    };
    for (const one of ["touchstart", "touchend", "touchcancel"]) {
      canvas.addEventListener(one, (event) => { fingers = event.touches.length; settle(); }, { passive: true });
    }
    // At once when a button zooms, not when the image has come to rest: on a slow telephone a finger is quicker.
    for (const one of ["zoom", "animation-finish"]) viewer.addHandler(one, settle);
    viewer.addHandler("canvas-cooperative-gesture", (event) => { event.preventDefaultAction = true; });
    viewer.addHandler("canvas-double-click", (event) => {
      event.preventDefaultAction = true;
      if (event.originalEvent.pointerType !== "touch") twice(event.position);
    });
    // While a finger belongs to the page, the library is not told of its taps.
    let last = null;
    canvas.addEventListener("touchend", (event) => {
      const finger = event.changedTouches[0], frame = canvas.getBoundingClientRect();
      const tap = { time: event.timeStamp, x: finger.clientX, y: finger.clientY };
      const again = last && tap.time - last.time < 350 && Math.hypot(tap.x - last.x, tap.y - last.y) < 30;
      last = again || event.touches.length ? null : tap;
      if (again && viewer) twice(new OpenSeadragon.Point(tap.x - frame.left, tap.y - frame.top));
    }, { passive: true });
    // The page fills the width of the frame from its top, or from its first marked word.
    const begin = () => {
      const port = viewer.viewport;
      const room = port.getContainerSize();
      const tall = room.y / room.x;
      const page = viewer.world.getItemAt(0).getBounds();
      if (page.height <= tall * 1.01) { port.goHome(true); return; }
      const hit = boxes && boxes.querySelector("rect.hit");
      const middle = hit ? rectOf(hit).getCenter().y - tall / 3 : 0;
      const top = Math.max(0, Math.min(middle, page.height - tall));
      port.fitBounds(new OpenSeadragon.Rect(0, top, page.width, tall * page.width), true);
    };
    const says = picture.dataset;
    const tools = document.createElement("div");
    tools.className = "tools";
    tools.append(
      button(says.zoomIn, "plus", nearer),
      button(says.zoomOut, "minus", () => viewer.viewport.zoomBy(1 / 1.5).applyConstraints()),
      button(says.home, "page", home),
    );
    if (document.fullscreenEnabled) {
      tools.append(button(says.full, "full", () => (document.fullscreenElement
        ? document.exitFullscreen() : picture.requestFullscreen())));
    }
    picture.prepend(tools);
    viewer.canvas.setAttribute("aria-label", says.label);
    viewer.canvas.setAttribute("role", "application");
  };
  // The library comes after the image: on a slow line the marked word is seen before it can be zoomed.
  const start = () => {
    const image = picture.querySelector(".canvas img"), source = picture.dataset.viewer;
    if (typeof OpenSeadragon !== "undefined") { open(); return; }
    if (!source) return;
    const bringIt = () => {
      const script = document.createElement("script");
      script.src = source;
      script.addEventListener("load", open);
      document.head.append(script);
    };
    if (image.complete) bringIt();
    else for (const one of ["load", "error"]) image.addEventListener(one, bringIt, { once: true });
  };
  const folded = picture && picture.closest("details.content-note");
  if (folded && !folded.open) folded.addEventListener("toggle", start, { once: true });
  else if (picture) start();
})();
