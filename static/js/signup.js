// The device knows its time zone: the server guesses again with it, and only what nobody has chosen yet follows.

const form = document.querySelector("form[data-guess]");
const chosen = new Set();

function follow(guess) {
  for (const [name, value] of Object.entries(guess)) {
    const field = form.elements[name];
    if (!field || chosen.has(name)) continue;
    if ([...field.options].some((option) => option.value === value)) field.value = value;
  }
}

async function guess() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  const answer = await fetch(`${form.dataset.guess}?${new URLSearchParams({ time_zone: zone })}`);
  if (answer.ok) follow(await answer.json());
}

form?.addEventListener("change", (event) => chosen.add(event.target.name));
if (form) guess().catch(() => {}); // without an answer the first guesses stand
