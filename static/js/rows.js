// Lists whose rows open in place (data-row): one at a time, and Cancel brings the row back without asking the server.

const body = document.body;
let open = null; // { place, row, said, opener }: where a form stands, what it took the place of, what it said at first
let focused = ""; // the row to come back to after the list was fetched anew

const isNew = (place) => place.hasAttribute("data-new-row");
const said = (place) => {
  const form = place.querySelector("form:has(:is(input, select, textarea):not([type=hidden]))");
  return form ? new URLSearchParams(new FormData(form)).toString() : "";
};
const isDirty = () => open && said(open.place) !== open.said;

function close() {
  if (!open) return;
  const { place, row, opener } = open;
  open = null;
  place.replaceChildren(...row);
  delete place.dataset.open;
  if (isNew(place)) place.hidden = true;
  opener?.focus();
}

body.addEventListener("htmx:beforeRequest", (event) => {
  const place = event.detail.target;
  if (!place?.matches("[data-row]") || !isDirty()) return;
  event.preventDefault();
  const message = document.querySelector("[data-unsaved]")?.dataset.unsaved;
  body.dispatchEvent(new CustomEvent("toast", { detail: { message } }));
  open.place.querySelector("input:not([type=hidden]), select")?.focus();
});

// The row is taken out before htmx could clean it up, so that it comes back alive.
body.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = event.detail;
  if (!event.detail.shouldSwap || !target.matches("[data-row]")) return;
  close();
  open = { place: target, row: [...target.childNodes], said: "", opener: requestConfig.elt };
  target.replaceChildren();
  target.hidden = false;
  target.dataset.open = "";
});

// What was fetched to be read is where one began; an answer to a save is not.
body.addEventListener("htmx:afterSwap", (event) => {
  if (open?.place.contains(event.detail.target) && event.detail.requestConfig.verb === "get") open.said = said(open.place);
});

body.addEventListener("click", (event) => {
  if (!event.target.closest("[data-cancel]") || !open?.place.contains(event.target)) return;
  event.preventDefault();
  close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && open?.place.contains(event.target) && !isDirty()) close();
});

function changed(event) {
  focused = open && !isNew(open.place) ? open.place.id : "";
  // Later: the toast of the same answer still bubbles up from the form.
  if (open && isNew(open.place) && open.place.contains(event.target)) setTimeout(close);
}

body.addEventListener("wallets-changed", changed);
body.addEventListener("categories-changed", changed);

body.addEventListener("htmx:afterSettle", (event) => {
  if (!event.detail.target.hasAttribute("data-unsaved")) return;
  if (open && !open.place.isConnected) open = null;
  if (focused) document.getElementById(focused)?.querySelector("[data-edit]")?.focus();
  focused = "";
});
