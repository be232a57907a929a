// Entries in a list: rows that open in place, one at a time, and the keys n, e, x, / and the arrows.

const body = document.body;
const slot = () => document.querySelector("[data-new-form]"); // on the calendar it comes anew with each day
let open = null; // { place, row, said }: where a form stands, the row it took the place of, what it said at first
let focused = null; // the row to come back to after the list was fetched anew

const formIn = (place) => place.querySelector("form");
const said = (form) => new URLSearchParams(new FormData(form)).toString();
const isDirty = () => open && formIn(open.place) && said(formIn(open.place)) !== open.said;

function close() {
  if (!open) return;
  const { place, row } = open;
  open = null;
  place.replaceChildren(...row);
  delete place.dataset.open;
  if (place === slot()) {
    place.hidden = true;
    document.querySelector("[data-new]")?.focus();
  } else place.querySelector(".entry__main")?.focus();
}

body.addEventListener("htmx:beforeRequest", (event) => {
  const { target: place, requestConfig: asked } = event.detail;
  // A link to another page or day would take the form away.
  const isLeft = asked.triggeringEvent?.type === "click" && open && place?.contains(open.place);
  if (asked.verb !== "get" || !(isLeft || place?.matches("[data-new-form], .entry")) || !isDirty()) return;
  event.preventDefault();
  const message = document.querySelector("[data-unsaved]")?.dataset.unsaved;
  body.dispatchEvent(new CustomEvent("toast", { detail: { message } }));
  formIn(open.place).querySelector("input:not([type=hidden])").focus();
});

// The row is taken out before htmx could clean it up, so that it comes back alive.
body.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  if (!event.detail.shouldSwap || !target.matches("[data-new-form], .entry")) return;
  close();
  open = { place: target, row: [...target.childNodes], said: "" };
  target.replaceChildren();
  target.hidden = false;
  target.dataset.open = "";
});

body.addEventListener("htmx:afterSwap", (event) => {
  if (open && event.detail.target === open.place) open.said = said(formIn(open.place));
});

body.addEventListener("htmx:load", (event) => event.detail.elt.querySelectorAll?.(".entry-form").forEach(fit));
document.querySelectorAll(".entry-form").forEach(fit);

// Only categories of the chosen kind; one of the other kind goes back to "as suggested".
function fit(form) {
  const kind = form.querySelector("[name=kind]:checked")?.value;
  for (const option of form.querySelectorAll("[data-kind]")) {
    const group = option.parentElement;
    group.disabled = group.hidden = Boolean(kind) && option.dataset.kind !== kind;
    if (group.disabled && option.selected) form.elements.category.value = "";
  }
}

body.addEventListener("change", (event) => {
  if (event.target.name === "kind" && event.target.form.matches(".entry-form")) fit(event.target.form);
});

body.addEventListener("click", (event) => {
  const day = event.target.closest("[data-day]");
  if (day) day.form.elements.date.value = day.dataset.day;
  if (event.target.closest("[data-cancel]") && open?.place.contains(event.target)) {
    event.preventDefault();
    close();
  }
});

// After a change the list is fetched anew: whoever was at a row goes on from it, or from the one that took its place.
body.addEventListener("transactions-changed", () => {
  const rows = [...document.querySelectorAll(".entry")];
  const row = document.activeElement?.closest(".entry") ?? (open?.place !== slot() && open?.place);
  focused = row ? { id: row.id, index: rows.indexOf(row) } : null;
  // Later: the toast of the same answer still bubbles up from the form.
  if (open?.place === slot()) setTimeout(close);
  if (!row) document.querySelector("[data-new]")?.focus();
});

body.addEventListener("htmx:afterSettle", (event) => {
  if (!event.detail.target.querySelector?.("[data-entries]")) return;
  if (open && !open.place.isConnected) open = null;
  if (!focused) return;
  const rows = document.querySelectorAll(".entry");
  const row = document.getElementById(focused.id) ?? rows[Math.min(focused.index, rows.length - 1)];
  row?.querySelector(".entry__main")?.focus();
  focused = null;
});

function step(row, by) {
  const rows = [...document.querySelectorAll(".entry")];
  rows[rows.indexOf(row) + by]?.querySelector(".entry__main")?.focus();
}

const keys = {
  n: () => document.querySelector("[data-new]")?.click(),
  "+": () => document.querySelector("[data-new]")?.click(),
  "/": () => document.querySelector("[type=search]")?.focus(),
  e: (row) => row?.querySelector("a.entry__main")?.click(),
  x: (row) => row?.querySelector("[data-delete]")?.click(),
  ArrowDown: (row) => row && step(row, 1),
  ArrowUp: (row) => row && step(row, -1),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && open?.place.contains(event.target) && !isDirty()) close();
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, select, textarea, [contenteditable], .menu")) return;
  const row = event.target.closest(".entry:not([data-open])");
  const act = keys[event.key];
  if (!act || (event.key.startsWith("Arrow") && !row)) return;
  event.preventDefault();
  act(row);
});
