// A path that follows the draft: when the draft is changed in another window, what is shown here is asked for anew.
//
// The page works without this file; a reload shows the same.
"use strict";
(() => {
  const live = document.getElementById("live");
  if (!live) return;
  let revision = live.dataset.revision;

  async function poll() {
    const changes = await fetch(`${live.dataset.here}/changes?since=${revision}`, { headers: { Accept: "application/json" } });
    if (changes.status !== 200) return;
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("live");
    if (!fresh) return;
    revision = fresh.dataset.revision;
    const open = [...live.querySelectorAll("details")].map((details) => details.open);
    live.replaceChildren(...fresh.childNodes);
    live.querySelectorAll("details").forEach((details, at) => (details.open = Boolean(open[at])));
    document.querySelector(".draft--in").replaceWith(page.querySelector(".draft--in"));
    document.getElementById("said").textContent = live.dataset.changed;
  }

  setInterval(() => {
    if (document.visibilityState === "visible") poll().catch(() => {});
  }, 3000);
})();
