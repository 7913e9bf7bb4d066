// The picture of modules as a tool: what is pointed at lights its whole way, the picture is enlarged and moved, and
// the page follows what is typed and ticked.
//
// The page works without this file. What lights up is in the picture: each piece has the pieces it builds on next,
// each bundle of lines where it comes from and where its parts lead. What is searched and ticked is asked of the server.
"use strict";
(() => {
  const box = document.getElementById("graph");
  const form = document.getElementById("sift");
  if (!box || !form) return;
  const by = (id) => document.getElementById(id);
  const says = by("says"), list = by("says-list"), scaled = by("scale");
  let svg, links, on, off, bundles, gates, layer, rest;

  // ---- the way of a piece ----

  const numbers = (text) => (text ? text.split(" ").map(Number) : []);
  const parts = (path) => (path ? path.getAttribute("d").split(/(?=M)/) : []);

  function read() {
    svg = box.querySelector("svg");
    links = [...svg.querySelectorAll(".pic__link")];
    on = links.map((link) => numbers(link.dataset.on));
    off = links.map(() => []);
    on.forEach((before, at) => before.forEach((from) => off[from].push(at)));
    bundles = [...svg.querySelectorAll("[data-from]")].map((group) => {
      const [line, arrows] = group.children;
      return { group, from: Number(group.dataset.from), to: numbers(group.dataset.to), line: parts(line), arrows: parts(arrows) };
    });
    gates = [...svg.querySelectorAll("[data-gate]")].map((group) => (
      { group, to: Number(group.dataset.gate), of: numbers(group.dataset.of) }));
    layer = svg.querySelector(".pic__lit");
    const lit = new Set(links.flatMap((link, at) => (link.classList.contains("is-lit") ? [at] : [])));
    const here = links.findIndex((link) => link.classList.contains("is-at"));
    rest = () => (here >= 0 ? light(here) : paint(lit, -1, () => false));
    rest();
  }

  function reached(start, steps) {
    const seen = new Set(), open = [...steps[start]];
    while (open.length) {
      const next = open.pop();
      if (next !== start && !seen.has(next)) {
        seen.add(next);
        open.push(...steps[next]);
      }
    }
    return seen;
  }

  function light(at) {
    const before = reached(at, on).add(at), after = reached(at, off).add(at);
    const both = (part, from, to) => part.has(from) && part.has(to);
    paint(new Set([...before, ...after]), at, (from, to) => both(before, from, to) || both(after, from, to));
  }

  function paint(lit, here, line) {
    svg.classList.toggle("has-lit", lit.size > 0);
    links.forEach((link, at) => {
      link.classList.toggle("is-lit", lit.has(at));
      link.classList.toggle("is-at", at === here);
    });
    gates.forEach(({ group, to, of }) => group.classList.toggle("is-lit", of.some((from) => line(from, to))));
    layer.replaceChildren(...bundles.map((bundle) => copy(bundle, line)).filter(Boolean));
    const id = here < 0 ? "" : links[here].id.slice(2), holds = by(`h-${id}`);
    const told = here < 0 ? says.dataset.hint : links[here].querySelector("title").textContent;
    says.textContent = holds ? `${told} ${holds.textContent}` : told;
    const row = by(`w-${id}`);
    list.hidden = !row;
    if (row) list.href = row.href;
  }

  function copy({ group, from, to, line, arrows }, wanted) {
    const kept = (part, at) => wanted(from, to[at]);
    if (!to.some((end) => wanted(from, end))) return null;
    const made = group.cloneNode(true);
    made.removeAttribute("data-from");
    made.removeAttribute("data-to");
    made.children[0].setAttribute("d", line.filter(kept).join(""));
    if (arrows.length) made.children[1].setAttribute("d", arrows.filter(kept).join(""));
    return made;
  }

  const linkOf = (event) => event.target.closest && event.target.closest(".pic__link");

  function back() {
    const focused = links.indexOf(document.activeElement);
    if (focused >= 0) light(focused);
    else rest();
  }

  box.addEventListener("pointerover", (event) => {
    const link = linkOf(event);
    if (link && event.pointerType !== "touch" && !drag) light(links.indexOf(link));
  });
  box.addEventListener("pointerout", (event) => {
    if (linkOf(event) && event.pointerType !== "touch" && !drag) back();
  });
  box.addEventListener("focusin", (event) => {
    if (linkOf(event)) light(links.indexOf(linkOf(event)));
  });
  box.addEventListener("focusout", (event) => {
    if (linkOf(event)) rest();
  });

  // ---- size ----

  const natural = () => svg.viewBox.baseVal;
  const scale = () => svg.getBoundingClientRect().width / natural().width;
  const tell = () => (scaled.textContent = Math.round(scale() * 100));

  // The point (x, y) of the screen keeps what it shows; without one, the middle of the frame.
  function zoom(to, x, y) {
    const frame = box.getBoundingClientRect(), old = svg.getBoundingClientRect();
    x ??= frame.left + frame.width / 2;
    y ??= Math.max(frame.top, 0) / 2 + Math.min(frame.bottom, innerHeight) / 2;
    to = Math.min(4, Math.max(0.05, to));
    const right = (x - old.left) / old.width, down = (y - old.top) / old.height;
    svg.setAttribute("width", natural().width * to);
    svg.setAttribute("height", natural().height * to);
    box.classList.add("is-zoomed");
    const now = svg.getBoundingClientRect();
    box.scrollLeft += now.left + right * now.width - x;
    box.scrollTop += now.top + down * now.height - y;
    tell();
  }

  const sizes = {
    in: () => zoom(scale() * 1.25),
    out: () => zoom(scale() / 1.25),
    one: () => zoom(1),
    fit: () => {
      const { width, height } = natural();
      zoom(Math.min((box.clientWidth - 16) / width, (innerHeight * 0.85 - 18) / height, 1));
    },
  };

  by("bench").addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) sizes[button.dataset.zoom]();
  });

  // Arrow keys move the picture by themselves: it scrolls. No key is held back that leads out of it.
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const size = { "+": "in", "=": "in", "-": "out", 0: "fit", 1: "one" }[event.key];
    if (!size) return;
    event.preventDefault();
    sizes[size]();
  });

  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
    zoom(scale() * Math.exp(-Math.max(-50, Math.min(50, pixels)) * 0.008), event.clientX, event.clientY);
  }, { passive: false });

  let fingers = null;
  const apart = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  box.addEventListener("touchstart", (event) => {
    fingers = event.touches.length === 2 ? { distance: apart(event.touches), scale: scale() } : null;
  }, { passive: true });
  box.addEventListener("touchmove", (event) => {
    if (!fingers || event.touches.length !== 2) return;
    event.preventDefault();
    const [a, b] = event.touches;
    const to = fingers.scale * apart(event.touches) / fingers.distance;
    zoom(to, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);
  }, { passive: false });

  // ---- dragging, and following a link ----

  let drag = null, touched = null;
  box.addEventListener("pointerdown", (event) => {
    const link = linkOf(event);
    // The first touch lights a piece, the second follows it.
    touched = event.pointerType === "touch" && link && !link.classList.contains("is-at") ? link : null;
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    drag = { x: event.clientX, y: event.clientY, left: box.scrollLeft, top: box.scrollTop, id: event.pointerId, moved: false };
  });
  box.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const right = event.clientX - drag.x, down = event.clientY - drag.y;
    if (!drag.moved && Math.hypot(right, down) > 4) {
      drag.moved = true;
      box.setPointerCapture(drag.id);
      box.classList.add("is-moved");
    }
    if (drag.moved) box.scrollTo({ left: drag.left - right, top: drag.top - down, behavior: "instant" });
  });
  function drop() {
    box.classList.remove("is-moved");
    const moved = drag && drag.moved;
    drag = null;
    return moved;
  }
  let dropped = false;
  addEventListener("pointerup", () => {
    dropped = drop();
    setTimeout(() => (dropped = false));
  });
  box.addEventListener("pointercancel", drop);
  box.addEventListener("dragstart", (event) => event.preventDefault());
  box.addEventListener("click", (event) => {
    if (dropped) event.preventDefault();
    if (touched && touched === linkOf(event)) {
      event.preventDefault();
      touched.focus({ preventScroll: true });
      light(links.indexOf(touched));
    }
    touched = null;
  }, true);

  // ---- searching and choosing ----

  let turn = 0, waiting;
  async function load() {
    clearTimeout(waiting);
    const mine = ++turn;
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim())).toString();
    const url = form.getAttribute("action") + (query ? `?${query}` : "");
    const answer = await fetch(url).catch(() => null);
    if (!answer || !answer.ok) return void form.submit();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== turn) return;
    const width = box.classList.contains("is-zoomed") && scale();
    for (const id of ["graph", "size", "way-here", "tables"]) {
      by(id).replaceChildren(...page.getElementById(id).childNodes);
    }
    box.classList.toggle("picture--large", page.getElementById("graph").classList.contains("picture--large"));
    history.replaceState(null, "", url);
    read();
    if (width) zoom(width);
    else tell();
    show();
  }

  // What is lit comes into view, if the picture has a frame of its own.
  function show() {
    const first = svg.querySelector(".is-at") || svg.querySelector(".pic__link.is-lit");
    if (!first || box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth) return;
    const frame = box.getBoundingClientRect(), piece = first.getBoundingClientRect();
    box.scrollLeft += piece.left + piece.width / 2 - frame.left - frame.width / 2;
    box.scrollTop += piece.top + piece.height / 2 - frame.top - frame.height / 2;
  }

  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(load, event.target.type === "search" ? 200 : 0);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const from = document.activeElement;
    await load();
    // Enter in the search leads to the first that was found.
    const first = svg.querySelector(".pic__link.is-lit");
    if (from === by("f-q") && first && from.value.trim()) first.focus();
  });

  // ---- begin ----

  by("bench").hidden = false;
  const keys = by("graph-keys");
  keys.hidden = false;
  box.setAttribute("aria-describedby", "graph-keys");
  read();
  tell();
  show();
  addEventListener("resize", tell);
})();
