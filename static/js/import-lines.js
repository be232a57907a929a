// The lines of a long file: what is changed of one goes to the server at once, and goes alone.

const kept = new WeakMap();

const state = (field) => (field.type === "checkbox" ? field.checked : field.value);

// As the server printed it.
function printed(field) {
  if (field.type === "checkbox") return field.defaultChecked;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0]).value;
}

// The server takes a line that is said to be an entry which is here, and does not where that is taken back.
function keep(field, sent) {
  const before = kept.get(field) ?? printed(field);
  kept.set(field, sent);
  const tick = field.closest("tr").querySelector("input[type=checkbox]");
  if (!field.matches("select") || !tick) return;
  const [was, is] = [before, sent].map((value) => value.startsWith("is-"));
  if (!was && !is) return;
  tick.checked = is;
  kept.set(tick, is);
}

function changedIn(event) {
  const { requestConfig = event.detail } = event.detail;
  const field = requestConfig.triggeringEvent?.target;
  return event.target.matches("form[data-lines]") && field?.closest("tbody") ? field : null;
}

document.body.addEventListener("htmx:configRequest", (event) => {
  const field = changedIn(event);
  if (!field) return;
  const { show, after, until } = event.detail.parameters;
  const value = field.type === "checkbox" && !field.checked ? "" : field.value;
  event.detail.parameters = { show, after, until, [field.name]: value };
  event.detail.sent = state(field);
});

// What was not kept does not look as if it were.
document.body.addEventListener("htmx:afterRequest", (event) => {
  const field = changedIn(event);
  if (!field) return;
  if (event.detail.successful) keep(field, event.detail.requestConfig.sent);
  else if (field.type === "checkbox") field.checked = kept.get(field) ?? printed(field);
  else field.value = kept.get(field) ?? printed(field);
});
