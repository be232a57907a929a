// What every page listens for: fresh CSRF tokens, lost answers, focus after a swap, the loading line.

import "./dialogs.js";
import "./session.js";
import "./theme.js";
import { csrfToken } from "./token.js";
import { showToast } from "./toasts.js";

const body = document.body;
const texts = document.querySelector("#toasts")?.dataset ?? {};

// Signing in, in another tab too, changes the token: send the cookie's, never the one this page was rendered with.
body.addEventListener("htmx:configRequest", (event) => {
  const token = csrfToken();
  if (!token) return;
  event.detail.headers["X-CSRFToken"] = token;
  if (event.detail.parameters.csrfmiddlewaretoken) event.detail.parameters.csrfmiddlewaretoken = token;
});

body.addEventListener("toast", (event) => showToast(event.detail.message, event.detail.tone));
body.addEventListener("htmx:sendError", (event) => {
  // What the page asks by itself while somebody types is not missed.
  if (!event.detail.requestConfig.headers["X-Background"]) showToast(texts.lost, "spending");
});
body.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status >= 500) showToast(texts.failed, "spending");
  else if (status !== 401 && status !== 429) showToast(texts.refused, "spending");
});

// Whoever was inside the replaced part goes on from its successor: at the first error, or where they were.
let left = null; // what had the focus and is gone

body.addEventListener("htmx:beforeSwap", (event) => {
  const { shouldSwap, target } = event.detail;
  left = shouldSwap && target.contains(document.activeElement) ? document.activeElement : null;
});

function successor(root) {
  for (const name of ["id", "rel", "href"]) {
    const value = left.getAttribute(name);
    const found = value && root.querySelector(`[${name}="${CSS.escape(value)}"]`);
    if (found) return found;
  }
  if (!root.hasAttribute("tabindex")) root.tabIndex = -1;
  return root;
}

body.addEventListener("htmx:load", (event) => {
  const root = event.detail.elt;
  if (!(root instanceof HTMLElement)) return;
  const wanted = root.querySelector("[aria-invalid='true'], [autofocus]");
  if (wanted) wanted.focus();
  else if (left && document.activeElement === body) successor(root).focus({ preventScroll: true });
  left = null;
});

// A page that came back with errors begins at the first of them.
document.querySelector("main [aria-invalid='true']")?.focus();

// A thin line above the page, for answers that take longer than a blink.
const line = document.querySelector("[data-loading]");
let waiting = 0;
let delay;

function started() {
  waiting += 1;
  clearTimeout(delay);
  delay = setTimeout(() => line && (line.hidden = waiting === 0), 150);
}

function ended() {
  waiting = Math.max(0, waiting - 1);
  if (line && waiting === 0) line.hidden = true;
}

// Not htmx:beforeRequest: a page may still hold that request back, and then nothing ends.
body.addEventListener("htmx:beforeSend", started);
body.addEventListener("htmx:afterRequest", ended);

// A form of a whole page whose answer takes a while: the line runs, and the button is pressed once.
body.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-slow]") || event.defaultPrevented) return;
  started();
  // Not before the form was sent: a disabled button would not be part of it.
  setTimeout(() => form.querySelectorAll("[type=submit]").forEach((button) => (button.disabled = true)));
});

// Back shows the page as it was left.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  ended();
  document.querySelectorAll("[data-slow] [type=submit]").forEach((button) => (button.disabled = false));
});

// A select that is its own button.
body.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form) form.requestSubmit();
});
