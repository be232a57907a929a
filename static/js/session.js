// Thirty idle minutes: a warning before they end, and a way back that keeps what was typed.

const age = Number(document.body.dataset.sessionAge || 0) * 1000;
const lead = Math.min(120_000, age / 2);
const bar = document.querySelector("[data-idle]");
const signedOut = document.querySelector("[data-signed-out]");
let last = Date.now();

function sayGoodbye() {
  if (bar) bar.hidden = true;
  if (signedOut && !signedOut.open) signedOut.showModal();
}

// Any answer of the server restarts the clock; this one brings nothing else.
async function stay() {
  const response = await fetch(document.body.dataset.keepAlive, { credentials: "same-origin" });
  if (response.redirected || !response.ok) sayGoodbye();
  else last = Date.now();
}

function tick() {
  const left = age - (Date.now() - last);
  bar.hidden = left > lead || left <= 0;
  if (!bar.hidden) bar.querySelector("[data-idle-left]").textContent = Math.ceil(left / 1000);
  if (left <= 0) {
    clearInterval(clock);
    sayGoodbye();
  }
}

const clock = age && bar ? setInterval(tick, 1000) : 0;

document.body.addEventListener("session-expired", sayGoodbye);
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.xhr?.status < 400) last = Date.now();
});
bar?.querySelector("[data-stay]").addEventListener("click", stay);
