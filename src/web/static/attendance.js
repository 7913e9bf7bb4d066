// The roll call on a telephone: a tap is kept in the browser at once and sent with an id of its own, so that a lost
// connection loses nothing and sending twice marks once. The server says what counts, and who was later.
//
// The page works without this file: each button sends the form.
"use strict";
(() => {
  const roll = document.getElementById("roll");
  if (!roll) return;
  const words = roll.dataset;
  const mine = `varjedag.marks.${words.reader}.`;
  const here = mine + words.occasion;
  const net = document.getElementById("net");
  const told = document.getElementById("told");
  const discard = document.getElementById("discard");
  const batch = 50;
  let sending = false;
  let again = false;
  let pause = 0;
  let timer = 0;

  try {
    localStorage.setItem(`${mine}try`, "1");
    localStorage.removeItem(`${mine}try`);
  } catch {
    return; // Nowhere to keep a mark: the form sends it.
  }

  function read(name) {
    try {
      return JSON.parse(localStorage.getItem(name)) || [];
    } catch {
      return [];
    }
  }

  function write(name, marks) {
    if (marks.length) localStorage.setItem(name, JSON.stringify(marks));
    else localStorage.removeItem(name);
  }

  // What the server has refused stays to be seen, and is not sent again until the page has been loaded anew.
  function open(name) {
    return read(name).filter((mark) => !mark.refused);
  }

  function queues() {
    return Object.keys(localStorage).filter((name) => name.startsWith(mine));
  }

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function row(person) {
    return roll.querySelector(`li[data-person="${person}"]`);
  }

  function paint(person, state) {
    const line = row(person);
    if (!line) return;
    line.dataset.state = state;
    for (const button of line.querySelectorAll(".tap")) {
      button.setAttribute("aria-pressed", String(button.value.endsWith(`:${state}`)));
    }
  }

  function shown(mark) {
    return String(mark.part) === words.part;
  }

  function show() {
    const waiting = read(here);
    for (const line of roll.querySelectorAll("li")) {
      const waits = waiting.some((mark) => shown(mark) && String(mark.person) === line.dataset.person);
      line.querySelector(".roll__waits").hidden = !waits;
    }
    for (const count of document.querySelectorAll("[data-count]")) {
      count.textContent = roll.querySelectorAll(`li[data-state="${count.dataset.count}"]`).length + hiddenCount(count);
    }
    const all = queues().reduce((sum, name) => sum + open(name).length, 0);
    const lost = pause > 0;
    net.classList.toggle("is-waiting", all > 0 && lost);
    discard.hidden = !refused();
    if (all === 0 && refused()) net.textContent = "";
    else if (all === 0) net.textContent = net.dataset.began ? words.saved : "";
    else if (!lost) net.textContent = words.saving;
    else net.textContent = all === 1 ? words.one : words.many.replace("{n}", all);
  }

  function refused() {
    return queues().some((name) => read(name).some((mark) => mark.refused));
  }

  // Rows that a search on the server has left out are counted as they were.
  const outside = {};
  for (const count of document.querySelectorAll("[data-count]")) {
    const state = count.dataset.count;
    outside[state] = Number(count.textContent) - roll.querySelectorAll(`li[data-state="${state}"]`).length;
  }

  function hiddenCount(count) {
    return outside[count.dataset.count];
  }

  function mark(person, state) {
    const made = { key: newKey(), person, part: Number(words.part), state, at: Date.now() };
    write(here, [...read(here), made]);
    net.dataset.began = "1";
    paint(person, state);
  }

  function say(text) {
    const last = told.querySelector("li:last-child");
    if (last && last.textContent === text) return;
    const line = document.createElement("li");
    line.textContent = text;
    told.querySelector("ul").append(line);
    told.hidden = false;
  }

  // What the server has taken is no longer kept; what it says counts is shown, unless a newer tap waits.
  function taken(name, answers) {
    const keys = new Set(answers.map((answer) => answer.key));
    const left = read(name).filter((mark) => !keys.has(mark.key));
    write(name, left);
    for (const answer of answers) {
      if (answer.told) say(answer.told);
      const newer = left.some((mark) => mark.person === answer.person && mark.part === answer.part);
      if (name === here && shown(answer) && !newer) paint(answer.person, answer.state);
    }
  }

  async function post(name, marks) {
    const now = Date.now();
    const sent = marks.map(({ key, person, part, state, at }) => ({ key, person, part, state, ago: Math.max(0, now - at) }));
    const body = new URLSearchParams({ csrf: roll.elements.csrf.value, marks: JSON.stringify(sent) });
    const occasion = name.slice(mine.length);
    const answer = await fetch(`/occasions/${occasion}/attendance/marks`, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(10000),
    });
    const kind = answer.headers.get("content-type") || "";
    if (answer.ok && !answer.redirected && kind.startsWith("application/json")) return taken(name, (await answer.json()).answers);
    // Signed out, or signed in anew elsewhere: the marks stay until the page has been loaded again.
    if (answer.redirected || answer.status === 401 || answer.status === 403) return stop(words.signIn);
    if (answer.status >= 500 || answer.status === 429) throw new Error("later");
    const detail = kind.startsWith("application/problem+json") ? (await answer.json()).detail : "";
    if (marks.length === 1) return refuse(name, marks, `${words.refused} ${detail}`);
    // One bad tap is to blame: each is sent by itself, so that the others arrive.
    for (const mark of marks) await post(name, [mark]);
  }

  function refuse(name, marks, text) {
    const keys = new Set(marks.map((mark) => mark.key));
    write(name, read(name).map((mark) => (keys.has(mark.key) ? { ...mark, refused: true } : mark)));
    say(text);
  }

  function stop(text) {
    say(text);
    throw new Error("stopped");
  }

  async function send() {
    clearTimeout(timer);
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    try {
      for (const name of queues()) {
        for (let waiting = open(name); waiting.length; waiting = open(name)) await post(name, waiting.slice(0, batch));
      }
      pause = 0;
    } catch {
      pause = Math.min(30000, Math.max(1000, pause * 2));
      timer = setTimeout(send, pause);
    } finally {
      sending = false;
    }
    show();
    if (again) {
      again = false;
      send();
    }
  }

  roll.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=mark]");
    if (!button) return;
    const [person, state] = button.value.split(":");
    event.preventDefault();
    if (person === "rest") {
      const open = [...roll.querySelectorAll('li[data-state="none"]')].filter((line) => !line.hidden && line.querySelector(".tap"));
      open.forEach((line) => mark(Number(line.dataset.person), state));
    } else if (button.getAttribute("aria-pressed") !== "true") {
      mark(Number(person), state);
    }
    show();
    send();
  });

  discard.addEventListener("click", () => {
    queues().forEach((name) => write(name, open(name)));
    location.reload();
  });

  const find = document.getElementById("find");
  if (find) {
    find.querySelector("button").hidden = true;
    find.addEventListener("submit", (event) => event.preventDefault());
    find.elements.q.addEventListener("input", () => {
      const sought = find.elements.q.value.trim().toLocaleLowerCase();
      for (const line of roll.querySelectorAll("li")) {
        line.hidden = !line.querySelector(".roll__who a").lastChild.textContent.toLocaleLowerCase().includes(sought);
      }
    });
  }

  for (const name of queues()) write(name, read(name).map((mark) => ({ ...mark, refused: false })));
  for (const waiting of read(here)) if (shown(waiting)) paint(waiting.person, waiting.state);
  addEventListener("online", send);
  addEventListener("pageshow", send);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  if (queues().length) net.dataset.began = "1";
  show();
  send();
})();
