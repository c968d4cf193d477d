// The list for citing, with a script: kept by this browser over searches, pages and tabs. Without one it goes along in the address.
(() => {
  "use strict";
  const KEY = "rescate.list", BEFORE = "rescate.list.before", OPTIONS = "rescate.list.options";
  const MOST = 500; // as in views/citations.py
  const link = document.querySelector(".list-link");
  if (!link) return;

  // -- where it is kept: a browser that keeps nothing has the address, as without a script

  const read = (place, key, otherwise) => {
    try {
      const kept = JSON.parse(place.getItem(key));
      return kept === null ? otherwise : kept;
    } catch { return otherwise; }
  };
  const ids = () => {
    const kept = read(localStorage, KEY, []);
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  };
  const keep = (list) => localStorage.setItem(KEY, JSON.stringify([...new Set(list)].slice(0, MOST)));
  try {
    localStorage.setItem(`${KEY}.try`, "1");
    localStorage.removeItem(`${KEY}.try`);
  } catch { return; }
  document.documentElement.classList.add("keeps-list");

  const said = document.getElementById("list-said");
  const entries = document.getElementById("list");
  const here = new URL(location.href);
  const without = (address) => { const url = new URL(address, location.href); url.searchParams.delete("selected"); return url.href; };

  // An address from before there was a script, or from somebody else: what it holds is put on the list once.
  const brought = here.searchParams.getAll("selected");
  if (brought.length && !entries) {
    keep([...ids(), ...brought]);
    location.replace(without(here.href));
    return;
  }
  link.href = without(link.href);

  // -- what every page shows of it

  const show = () => {
    const list = new Set(ids());
    const count = link.querySelector(".list-count");
    count.hidden = list.size === 0;
    count.textContent = `(${list.size})`;
    for (const box of document.querySelectorAll("form.selecting input[type=checkbox][name=selected]")) box.checked = list.has(box.value);
    for (const way of document.querySelectorAll(".list-way")) {
      way.hidden = list.size === 0;
      way.textContent = list.size === 1 ? way.dataset.one : way.dataset.many.replace("#", String(list.size));
    }
    for (const toggle of document.querySelectorAll(".list-toggle")) {
      const on = list.has(toggle.dataset.id);
      toggle.textContent = on ? toggle.dataset.remove : toggle.dataset.add;
      toggle.classList.toggle("on", on);
    }
  };
  const put = (id, on) => {
    const list = ids();
    if (on && !list.includes(id) && list.length >= MOST) said.textContent = link.dataset.full;
    else {
      keep(on ? [...list, id] : list.filter((one) => one !== id));
      said.textContent = link.dataset.added.replace("#", String(ids().length));
    }
    show();
  };
  show();
  // Another tab changed it, or the browser brought back this page as it was.
  window.addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) { show(); if (entries) fetchEntries(); } });
  window.addEventListener("pageshow", (event) => { show(); if (entries && event.persisted) fetchEntries(); });

  document.addEventListener("change", (event) => {
    if (event.target.matches("form.selecting input[type=checkbox][name=selected]")) put(event.target.value, event.target.checked);
  });
  for (const toggle of document.querySelectorAll(".list-toggle")) {
    toggle.setAttribute("role", "button");
    toggle.addEventListener("click", (event) => { event.preventDefault(); put(toggle.dataset.id, !ids().includes(toggle.dataset.id)); });
    toggle.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); toggle.click(); } });
  }
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form.selecting")) { event.preventDefault(); location.assign(link.href); }
  });

  // -- the page of the list

  if (!entries) return;
  const undo = document.querySelector(".list-undo"), failed = document.querySelector(".list-failed");
  const shared = brought.length > 0;
  let options = read(localStorage, OPTIONS, {}), asked = 0;

  const fetchEntries = async () => {
    if (shared) return;
    const mine = ++asked, form = new FormData();
    for (const [name, value] of here.searchParams) if (name !== "selected") form.append(name, value);
    for (const name of ["order", "style", "cite"]) if (options[name]) form.append(name, options[name]);
    form.append("part", "1");
    for (const id of ids()) form.append("selected", id);
    try {
      const answer = await fetch(entries.dataset.fetch, { method: "POST", body: form });
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      if (mine === asked) { entries.innerHTML = text; failed.hidden = true; }
    } catch { if (mine === asked) failed.hidden = false; }
  };
  const take = (list, words) => {
    sessionStorage.setItem(BEFORE, JSON.stringify({ ids: ids(), words }));
    keep(list);
    show();
    return fetchEntries();
  };
  const offerUndo = () => {
    const before = read(sessionStorage, BEFORE, null);
    undo.hidden = before === null;
    if (before !== null) undo.firstElementChild.textContent = before.words;
  };
  const gone = (number) => number === 1 ? undo.dataset.one : undo.dataset.many.replace("#", String(number));

  undo.querySelector("button").addEventListener("click", async () => {
    const before = read(sessionStorage, BEFORE, null);
    sessionStorage.removeItem(BEFORE);
    offerUndo();
    // What was added since, stays.
    if (before) keep([...before.ids, ...ids()]);
    show();
    await fetchEntries();
    document.querySelector("main h1").setAttribute("tabindex", "-1");
    document.querySelector("main h1").focus();
  });
  entries.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (shared || !button || button.name === "format") return;
    event.preventDefault();
    if (button.name === "without") {
      const place = [...entries.querySelectorAll("button[name=without]")].indexOf(button);
      await take(ids().filter((one) => one !== button.value), gone(1));
      offerUndo();
      const left = entries.querySelectorAll("button[name=without]");
      (left[Math.min(place, left.length - 1)] || undo.querySelector("button")).focus();
    } else {
      const { name, value } = button;
      options = { ...options, [name]: value };
      localStorage.setItem(OPTIONS, JSON.stringify(options));
      await fetchEntries();
      const again = entries.querySelector(`button[name=${name}][value="${value}"]`);
      if (again) again.focus();
    }
  });
  entries.addEventListener("click", async (event) => {
    if (event.target.closest(".list-clear")) {
      await take([], gone(ids().length));
      offerUndo();
      undo.querySelector("button").focus();
    } else if (event.target.closest(".list-forget")) {
      const there = new Set([...entries.querySelectorAll("input[name=selected]")].map((one) => one.value));
      await take(ids().filter((one) => there.has(one)), undo.dataset.gone);
      offerUndo();
    } else if (event.target.closest(".list-take")) {
      keep([...ids(), ...brought]);
      location.replace(without(here.href));
    }
  });

  offerUndo();
  if (shared) {
    const bar = entries.querySelector(".list-shared");
    if (bar) bar.hidden = false;
    for (const one of entries.querySelectorAll(".list-clear, .list-forget")) one.remove();
  } else fetchEntries();
})();
