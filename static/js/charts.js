// Charts are links drawn by the server. This adds what a drawing cannot have: a tooltip, and arrow keys between marks.

const MARK = ".chart__mark";
// What a tooltip stands above: bars, the dots of lines, a slice.
const SHAPE = "rect:not(.chart__area), circle, path";
let tip = null;
let shown = null;

// A title would show the browser's own tooltip beside ours: its words become the mark's name.
// One Tab stop for a whole chart; the arrows go on from there.
function prepare(root) {
  for (const chart of root.querySelectorAll("[data-chart]")) {
    chart.querySelectorAll(MARK).forEach((mark, number) => {
      const title = mark.querySelector("title");
      if (title) {
        mark.setAttribute("aria-label", title.textContent.replaceAll("\n", ", "));
        mark.dataset.tip = title.textContent;
        title.remove();
      }
      mark.setAttribute("tabindex", number === 0 ? "0" : "-1");
    });
  }
}

function show(mark) {
  const chart = mark.closest("[data-chart]");
  if (!tip) {
    tip = document.createElement("div");
    tip.className = "chart-tip";
    tip.setAttribute("aria-hidden", "true");
  }
  if (tip.parentElement !== chart) chart.append(tip);
  tip.textContent = mark.dataset.tip;
  tip.hidden = false;
  shown = mark;

  const frame = chart.getBoundingClientRect();
  const place = mark.getBoundingClientRect();
  const shapes = [...mark.querySelectorAll(SHAPE)].map((shape) => shape.getBoundingClientRect());
  const top = Math.min(...shapes.map((shape) => shape.top), place.bottom) - frame.top;
  const wide = mark.querySelector("path") ? shapes[0] : place;
  const middle = wide.left + wide.width / 2 - frame.left;
  if (mark.querySelector("line")) {
    // Beside its hair-line, where it hides no dot.
    const beyond = middle + 12 + tip.offsetWidth > frame.width;
    placeAt(beyond ? middle - 12 - tip.offsetWidth : middle + 12, place.top - frame.top);
    return;
  }
  const left = Math.min(middle - tip.offsetWidth / 2, frame.width - tip.offsetWidth);
  placeAt(left, top - tip.offsetHeight - 8);
}

function placeAt(left, top) {
  tip.style.insetInlineStart = `${Math.max(0, left)}px`;
  tip.style.insetBlockStart = `${top}px`;
}

function hide() {
  if (tip) tip.hidden = true;
  shown = null;
}

function markOf(event) {
  return event.target instanceof Element ? event.target.closest(`[data-chart] ${MARK}`) : null;
}

function step(mark, key) {
  const marks = [...mark.closest("[data-chart]").querySelectorAll(MARK)];
  const here = marks.indexOf(mark);
  const last = marks.length - 1;
  const next = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: last }[key];
  return next === undefined ? null : marks[Math.min(Math.max(next, 0), last)];
}

document.addEventListener("pointerover", (event) => {
  const mark = markOf(event);
  if (mark && event.pointerType !== "touch") show(mark);
  else if (!mark && shown && shown !== document.activeElement) hide();
});

document.addEventListener("focusin", (event) => {
  const mark = markOf(event);
  if (mark?.matches(":focus-visible")) show(mark);
  else if (!mark) hide();
});

// The first tap shows the value, the second follows the link.
document.addEventListener("click", (event) => {
  const mark = markOf(event);
  if (!mark || event.pointerType !== "touch" || mark === shown) return;
  event.preventDefault();
  show(mark);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
  const mark = markOf(event);
  const next = mark && step(mark, event.key);
  if (!next) return;
  event.preventDefault();
  mark.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
});

document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
prepare(document);
