// Thirty idle minutes, shared by all open tabs: a warning before they end, and a way back that keeps what was typed.

import { csrfToken } from "./token.js";

const LEAD = 120_000; // ms of warning
const body = document.body;
const { keepAlive, member, sessionLeft, signIn, signOut } = body.dataset;
const bar = document.querySelector("[data-idle]");
const dialog = document.querySelector("[data-signed-out]");
const tabs = new BroadcastChannel("batua-session");
let until = Number(sessionLeft || 0) * 1000 + Date.now();
let isOver = !Number(sessionLeft);

function lasts(seconds) {
  until = Date.now() + seconds * 1000;
  isOver = false;
  bar.querySelector("[data-idle-last]").hidden = seconds * 1000 > LEAD;
  if (dialog.open) dialog.close();
}

// Any answer of the server begins the idle minutes anew, for every tab.
function heard(seconds) {
  if (!(seconds > 0)) return;
  lasts(seconds);
  tabs.postMessage({ member, seconds });
}

const first = (options) => Math.max(0, options.findIndex((option) => option.defaultSelected));
const isTyped = (field) =>
  (field.type === "select-one" && field.selectedIndex !== first([...field.options])) ||
  (field.type === "file" && field.value) ||
  (/^(checkbox|radio)$/.test(field.type) && field.checked !== field.defaultChecked) ||
  (/^(text|search|email|tel|url|number|date|password|textarea)$/.test(field.type) && field.value !== field.defaultValue);

const isHalfFilled = () =>
  [...document.querySelectorAll("form")].some((form) => form.method === "post" && [...form.elements].some(isTyped));

// What was typed stays on the page, and a dialog says how to go on; a page without any goes to the login and comes back.
function goodbye({ keep = isHalfFilled() } = {}) {
  isOver = true;
  bar.hidden = true;
  if (keep) {
    if (!dialog.open) dialog.showModal();
  } else location.assign(`${signIn}?${new URLSearchParams({ next: location.pathname + location.search })}`);
}

// At the end the session is over on the server too: going to the login while it still lives would begin it anew.
async function leave() {
  isOver = true;
  const headers = { "X-CSRFToken": csrfToken() };
  await fetch(signOut, { method: "POST", headers, redirect: "manual", keepalive: true }).catch(() => {});
  goodbye();
}

function tick() {
  if (isOver) return;
  const left = until - Date.now();
  bar.hidden = left > LEAD || left <= 0;
  if (!bar.hidden) bar.querySelector("[data-idle-left]").textContent = Math.ceil(left / 1000);
  if (left <= 0) leave();
}

async function ask() {
  const answer = await fetch(keepAlive, { redirect: "manual" });
  const seconds = Number(answer.headers.get("X-Session-Left"));
  if (answer.ok) heard(seconds);
  return answer.ok;
}

// A form of a whole page would lose what was typed to the login page: the server is asked first whether it may be sent.
const mayGo = new WeakSet();

async function askThenSend(form, button) {
  // Without an answer the browser shows best what is wrong, and its way back keeps the form.
  if (await ask().catch(() => true)) {
    mayGo.add(form);
    renewToken(form);
    form.requestSubmit(button);
  } else goodbye({ keep: true });
}

function renewToken(form) {
  const field = form.querySelector("[name=csrfmiddlewaretoken]");
  if (field && csrfToken()) field.value = csrfToken();
}

function beforeSubmit(event) {
  const form = event.target;
  if (form.method !== "post" || form.matches("[hx-post], [hx-delete]") || form.target || mayGo.delete(form)) return;
  event.preventDefault();
  event.stopPropagation();
  askThenSend(form, event.submitter);
}

if (bar && dialog) {
  setInterval(tick, 1000);
  heard(Number(sessionLeft));
  document.addEventListener("submit", beforeSubmit, true);
  body.addEventListener("session-expired", () => goodbye());
  body.addEventListener("htmx:afterRequest", (event) => heard(Number(event.detail.xhr?.getResponseHeader("X-Session-Left"))));
  bar.querySelector("[data-stay]").addEventListener("click", async () => {
    if (!(await ask().catch(() => true))) goodbye();
  });
  tabs.addEventListener("message", ({ data }) => {
    if (data.isOver && !isOver) goodbye();
    if (data.member === member && data.seconds) lasts(data.seconds);
  });
} else if (body.matches("[data-at-the-door]")) tabs.postMessage({ isOver: true });
