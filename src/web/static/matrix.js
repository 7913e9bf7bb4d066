// The dose matrix as a grid: arrow keys, one key for each state, undo and redo, and what others change meanwhile.
//
// The page works without this file; everything here sends the same forms and paints what the server answers. The
// answer to a change names only the cells, sums and problems that it changed.
"use strict";
(() => {
  const sheet = document.getElementById("sheet");
  if (!sheet || !sheet.dataset.here) return;
  const table = sheet.querySelector("table");
  const panel = document.getElementById("cell");
  const said = document.getElementById("said");
  const csrf = document.querySelector("input[name=csrf]").value;
  const here = sheet.dataset.here;
  const letters = {
    1: "required", 2: "recommended", 3: "one_of", 0: "off", Delete: "off", Backspace: "off",
    [sheet.dataset.required.toLowerCase()]: "required",
    [sheet.dataset.recommended.toLowerCase()]: "recommended",
    [sheet.dataset.oneOf.toLowerCase()]: "one_of",
  };
  let revision = Number(sheet.dataset.revision);
  let current = null;

  // ---- the grid: one tab stop, arrows move within it ----

  const rows = [...table.querySelectorAll("tr[data-r]")].map((row) => [...row.querySelectorAll("button.dose")]);
  const byPlace = new Map();
  rows.forEach((row, y) => row.forEach((button, x) => {
    button.tabIndex = -1;
    button.type = "button";
    button.place = [y, x];
    byPlace.set(`${button.closest("tr").dataset.r},${button.parentElement.dataset.c}`, button);
  }));
  table.setAttribute("role", "grid");
  sheet.removeAttribute("tabindex");
  sheet.removeAttribute("role");
  sheet.removeAttribute("aria-labelledby");

  function pick(button, focus) {
    if (!button) return;
    if (current) {
      current.tabIndex = -1;
      current.parentElement.classList.remove("is-picked");
      current.closest("tr").classList.remove("is-row");
    }
    current = button;
    button.tabIndex = 0;
    if (focus) button.focus();
  }

  function look(button) {
    button.parentElement.classList.add("is-picked");
    button.closest("tr").classList.add("is-row");
    later(button);
  }

  // The panel follows the focus, but does not run after every step of a held key.
  let waiting = 0;
  function later(button) {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(button), 120);
  }

  async function show(button) {
    const at = button.value;
    const answer = await fetch(`${here}/cell?at=${encodeURIComponent(at)}`).catch(() => null);
    if (answer && answer.ok && current === button) fill(await answer.text());
  }

  function fill(html) {
    panel.innerHTML = html;
  }

  table.addEventListener("focusin", (event) => {
    if (event.target.matches("button.dose")) {
      pick(event.target, false);
      look(event.target);
    }
  });

  table.addEventListener("click", (event) => {
    const button = event.target.closest("button.dose");
    if (!button) return;
    pick(button, true);
    // A finger changes a cell in the panel, which on a narrow screen lies below.
    if (matchMedia("(pointer: coarse)").matches) show(button).then(() => panel.scrollIntoView({ block: "nearest" }));
  });

  table.addEventListener("keydown", (event) => {
    const button = event.target.closest("button.dose");
    if (!button || event.altKey) return;
    const [y, x] = button.place;
    const last = rows[y].length - 1;
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "Home") move(event, 0, 0);
      if (event.key === "End") move(event, rows.length - 1, last);
      return;
    }
    const state = letters[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (state) {
      event.preventDefault();
      set(button, { state });
    } else if (event.key === "ArrowRight") move(event, y, x + 1);
    else if (event.key === "ArrowLeft") move(event, y, x - 1);
    else if (event.key === "ArrowDown") move(event, y + 1, x);
    else if (event.key === "ArrowUp") move(event, y - 1, x);
    else if (event.key === "Home") move(event, y, 0);
    else if (event.key === "End") move(event, y, last);
    else if (event.key === "PageDown") move(event, Math.min(y + 10, rows.length - 1), x);
    else if (event.key === "PageUp") move(event, Math.max(y - 10, 0), x);
    else if (event.key === "Enter" || event.key === " ") into(event, button, "input[name=state]:checked");
    else if (event.key.toLowerCase() === "d") into(event, button, "input[name=days]");
  });

  function move(event, y, x) {
    event.preventDefault();
    pick(rows[y] && rows[y][x], true);
  }

  async function into(event, button, what) {
    event.preventDefault();
    clearTimeout(waiting);
    await show(button);
    const target = panel.querySelector(what) || panel.querySelector("input[name=state]");
    if (target) target.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.contains(event.target) && current) current.focus();
    if (!(event.ctrlKey || event.metaKey) || event.target.closest?.("input:not([type=radio]), textarea")) return;
    const key = event.key.toLowerCase();
    const redo = key === "y" || (key === "z" && event.shiftKey);
    if (redo || key === "z") {
      event.preventDefault();
      turn(redo ? "redo" : "undo");
    }
  });

  // ---- changes: one after the other, so that each knows the revision before it. True when the panel says what is wrong.

  let queue = Promise.resolve();
  function send(path, fields) {
    queue = queue.then(() => post(path, fields)).catch(() => say(sheet.dataset.failed, true));
    return queue;
  }

  async function post(path, fields) {
    const body = new URLSearchParams({ ...fields, csrf, revision });
    const answer = await fetch(`${here}/${path}`, { method: "POST", body, headers: { Accept: "application/json" } });
    const kind = answer.headers.get("content-type") || "";
    if (answer.status === 200 && kind.startsWith("application/json")) return paint(await answer.json(), fields.at);
    if (kind.startsWith("application/problem+json")) return say((await answer.json()).detail, true);
    if (answer.status === 409 || answer.status === 422) {
      fill(await answer.text());
      const alert = panel.querySelector("[role=alert]");
      if (alert) {
        alert.tabIndex = -1;
        alert.focus();
      }
      await poll();
      return true;
    }
    if (answer.status !== 204) say(sheet.dataset.failed, true);
  }

  function set(button, fields) {
    return send("cells", { at: button.value, ...fields });
  }

  function turn(verb) {
    return send(verb, {});
  }

  ["undo", "redo"].forEach((verb) => {
    document.getElementById(verb).addEventListener("submit", (event) => {
      event.preventDefault();
      turn(verb);
    });
  });

  panel.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-cell]");
    if (!form) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    delete fields.csrf;
    delete fields.revision;
    send("cells", fields).then((wrong) => {
      const field = wrong && panel.querySelector("[aria-invalid]");
      if (field) field.focus();
      else if (!wrong && current) current.focus();
    });
  });

  panel.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-cell]");
    if (form && event.target.name === "state" && current) {
      set(current, { state: event.target.value });
    }
  });

  // ---- painting what the server answers ----

  function paint(answer, at) {
    if (answer.revision <= revision) return;
    if (answer.layout) return again();
    revision = answer.revision;
    for (const [r, c, sign, words, changed] of answer.cells) {
      const button = byPlace.get(`${r},${c}`);
      if (!button) continue;
      button.className = `dose d-${sign}`;
      button.setAttribute("aria-label", words);
      button.querySelector("use").setAttribute("href", `#g-${sign}`);
      button.parentElement.classList.toggle("is-changed", changed);
      if (button.value === at) say(words);
    }
    for (const [c, sums] of answer.columns) {
      put(`[data-h="${c}"]`, sums.hours, sums.delta);
      put(`[data-d="${c}"]`, sums.days);
      put(`[data-p="${c}"]`, sums.pieces);
    }
    for (const [r, doses, people] of answer.rows) {
      const sums = table.querySelectorAll(`tr[data-r="${r}"] .rowsum`);
      sums[0].textContent = doses;
      sums[1].textContent = people;
    }
    document.getElementById("problems").innerHTML = answer.problems;
    consequences();
    const saved = document.getElementById("saved");
    saved.textContent = saved.textContent.replace(/\. .*$/s, `. ${answer.saved}`);
    document.querySelector("#undo button").disabled = answer.undo === 0;
    document.querySelector("#redo button").disabled = answer.redo === 0;
    document.querySelectorAll("input[name=revision]").forEach((input) => (input.value = revision));
    sheet.dataset.revision = revision;
    if (current && !panel.contains(document.activeElement)) later(current);
  }

  // Other rows or columns: the page anew, at the same cell.
  function again() {
    const url = new URL(location);
    if (current) url.searchParams.set("cell", current.value);
    location.replace(url);
  }

  // What the draft does to everybody: asked for after each change, and only the newest answer is shown.
  let asking = 0;
  async function consequences() {
    const mine = ++asking;
    const answer = await fetch(`${here}/consequences/panel`).catch(() => null);
    if (!answer || !answer.ok || mine !== asking) return;
    const html = await answer.text();
    if (mine === asking) document.getElementById("happens").innerHTML = html;
  }

  if (document.querySelector("[data-counting]")) consequences();

  function put(selector, text, delta) {
    const cell = table.querySelector(selector);
    if (!cell) return;
    cell.textContent = text;
    if (delta) {
      const more = document.createElement("span");
      more.className = "delta";
      more.textContent = delta;
      cell.append(more);
    }
  }

  // What went wrong is seen too; the rest is only heard.
  function say(words, wrong = false) {
    said.textContent = "";
    said.textContent = words;
    said.classList.toggle("vh", !wrong);
  }

  // ---- what others change ----

  async function poll() {
    const answer = await fetch(`${here}/changes?since=${revision}`);
    if (answer.status === 200) paint(await answer.json());
    if (answer.status === 404 || answer.redirected) say(sheet.dataset.lost, true);
  }

  setInterval(() => {
    if (document.visibilityState === "visible") queue = queue.then(poll).catch(() => {});
  }, 3000);

  const asked = table.querySelector(".is-picked button");
  pick(asked || (rows[0] && rows[0][0]), Boolean(asked));
})();
