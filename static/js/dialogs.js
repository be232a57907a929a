// Dialogs, the question before a dangerous step, and menus that close when one looks elsewhere.

const question = document.querySelector("[data-question]");
let answer = () => {};

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.opens)?.showModal();
  }
  const dialog = event.target.closest("dialog");
  // A click on the dialog element itself is a click on its backdrop or padding.
  if (dialog && event.target.closest("[data-closes]")) dialog.close();
  if (dialog && event.target === dialog && outside(dialog, event)) dialog.close();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

function outside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest("details.menu[open]") ?? document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// hx-confirm asks in our dialog; data-yes on the element names the button.
document.body.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question || !question) return;
  event.preventDefault();
  question.querySelector("p").textContent = event.detail.question;
  const yes = question.querySelector("[data-yes]");
  yes.dataset.default ??= yes.textContent;
  yes.textContent = event.detail.elt.dataset.yes ?? yes.dataset.default;
  answer = () => event.detail.issueRequest(true);
  question.showModal();
});

question?.querySelector("[data-yes]").addEventListener("click", () => {
  question.close();
  answer();
});
