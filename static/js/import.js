// The lines of a statement: all or none at once, one category for all ticked ones, the number on the button.

// Transfers stay transfers, entries entries, and what a wallet begins with that, whatever category all ticked lines get.
const isMoved = (select) => /^(transfer$|opening$|is-|to-)/.test(select.value);

// What each select said last; at first, what was printed.
const said = new WeakMap();
const lastSaid = (select) => said.get(select) ?? [...select.options].find((option) => option.defaultSelected)?.value ?? "";

// A line that is said to be an entry which is here is taken as that, and is not where that is taken back.
function tickEntry(select) {
  const [was, is] = [lastSaid(select), select.value].map((value) => value.startsWith("is-"));
  said.set(select, select.value);
  if (was || is) select.closest("tr").querySelector("input[name=line]").checked = is;
}

const ticks = (form) => [...form.querySelectorAll("input[name=line]")];

function count(form) {
  const button = form.querySelector("[data-many]");
  if (!button) return;
  const all = ticks(form);
  const taken = all.filter((tick) => tick.checked).length;
  const unseen = Number(button.dataset.unseen ?? 0);
  const number = taken + unseen;
  button.textContent = number === 1 ? button.dataset.one : button.dataset.many.replace("%s", number.toLocaleString());
  button.disabled = number === 0;
  const every = form.querySelector("[data-all]");
  every.checked = taken > 0 && taken === all.length;
  every.indeterminate = taken > 0 && taken < all.length;
}

// The categories that ticked lines have in common stand in every select of their direction: the first shows them all.
function offer(form) {
  const bulk = form.querySelector("[data-bulk]");
  const select = bulk?.querySelector("select");
  if (!select) return;
  const groups = new Map();
  for (const group of form.querySelectorAll("td select optgroup:not([data-moves])")) {
    if (!groups.has(group.label)) groups.set(group.label, group.cloneNode(true));
  }
  for (const option of [...groups.values()].flatMap((group) => [...group.children])) option.removeAttribute("selected");
  select.replaceChildren(select.options[0], ...groups.values());
  bulk.hidden = groups.size === 0;
}

function spread(form, value) {
  for (const tick of ticks(form).filter((each) => each.checked)) {
    const select = tick.closest("tr").querySelector("select");
    if (select && !isMoved(select) && [...select.options].some((option) => option.value === value)) select.value = value;
  }
}

function begin() {
  const form = document.querySelector("[data-import]");
  if (!form || form.dataset.ready !== undefined) return;
  form.dataset.ready = "";
  const every = form.querySelector("[data-all]");
  const button = form.querySelector("[data-many]");
  if (!every || !button) return;
  every.hidden = false;
  const said = Number.parseInt(button.textContent.replace(/\D/g, ""), 10) || 0;
  button.dataset.unseen = said - ticks(form).filter((tick) => tick.checked).length;
  offer(form);
  count(form);
  form.addEventListener("change", ({ target }) => {
    if (target.matches("td select")) tickEntry(target);
    const bulk = target.closest("[data-bulk]") && target.value;
    if (target === every) for (const tick of ticks(form)) tick.checked = every.checked;
    if (bulk) spread(form, target.value);
    count(form);
    // As if each line had been changed: the form sends them, to be kept and counted.
    if (target === every || bulk) form.querySelector(".import-lines").dispatchEvent(new Event("change"));
  });
}

begin();
document.body.addEventListener("htmx:afterSettle", begin);
