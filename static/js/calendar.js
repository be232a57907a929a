// The calendar: one day of the month is reached with Tab, the others with the arrows; Page Up and Down turn months.

const body = document.body;
let wanted = ""; // the day to be at once its month is there

const days = () => [...document.querySelectorAll(".month [data-date]")];
const link = (iso) => document.getElementById(`day-${iso}`);

// Only one day is a stop of the Tab key: the open one, else today, else the first of the month.
function settle(stop) {
  const all = days();
  const one = stop ?? all.find((day) => day.ariaExpanded) ?? all.find((day) => day.ariaCurrent) ?? firstOfMonth(all);
  for (const day of all) day.tabIndex = day === one ? 0 : -1;
}

function firstOfMonth(all) {
  return all.find((day) => !day.closest("[data-outside]"));
}

// Page Up and Down turn the month even where the day can be seen in a corner of this one.
function go(iso, turns = false) {
  const day = link(iso);
  if (day && !(turns && day.closest("[data-outside]"))) {
    settle(day);
    day.focus();
    return;
  }
  const shown = firstOfMonth(days()).dataset.date;
  const step = document.querySelector(iso < shown ? ".calendar [rel=prev]" : ".calendar [rel=next]");
  if (!step) return;
  wanted = iso;
  step.click();
}

function moved(iso, count) {
  const day = new Date(`${iso}T00:00Z`);
  day.setUTCDate(day.getUTCDate() + count);
  return day.toISOString().slice(0, 10);
}

// The same day of the month beside, or its last one.
function turned(iso, count) {
  const [year, month, day] = iso.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(day, last))).toISOString().slice(0, 10);
}

function edge(day, end) {
  const row = [...day.closest("tr").querySelectorAll("[data-date]")];
  return row.at(end).dataset.date;
}

const keys = {
  ArrowLeft: (iso) => moved(iso, -1),
  ArrowRight: (iso) => moved(iso, 1),
  ArrowUp: (iso) => moved(iso, -7),
  ArrowDown: (iso) => moved(iso, 7),
  Home: (iso, day) => edge(day, 0),
  End: (iso, day) => edge(day, -1),
  PageUp: (iso) => turned(iso, -1),
  PageDown: (iso) => turned(iso, 1),
};

document.addEventListener("keydown", (event) => {
  const day = event.target.closest(".month [data-date]");
  if (!day || !keys[event.key] || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.preventDefault();
  go(keys[event.key](day.dataset.date, day), event.key.startsWith("Page"));
});

// Refused, because a form is open: stay.
body.addEventListener("htmx:beforeRequest", (event) => event.defaultPrevented && (wanted = ""));

// A day that was opened is seen, wherever the page stood.
body.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "reports-month") return;
  settle();
  if (wanted) {
    const iso = wanted;
    wanted = "";
    if (link(iso)) go(iso);
  } else if (event.detail.requestConfig.elt.closest("[data-date], .calendar__listed")) {
    document.getElementById("reports-day")?.scrollIntoView({ block: "nearest" });
  }
});

settle();
