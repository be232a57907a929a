// Short messages in the corner: those the server rendered, and those an answer brings along.

const STAY = 6000;
const region = document.querySelector("#toasts");
const model = document.querySelector("[data-toast-template]");

function retire(toast) {
  // Errors stay until they are dismissed; nobody reads against the clock while pointing at a message.
  if (toast.dataset.level === "error" || toast.dataset.tone === "spending") return;
  const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, STAY) : toast.remove());
  setTimeout(leave, STAY);
}

export function showToast(message, tone = "") {
  if (!region || !model || !message) return;
  const toast = model.content.firstElementChild.cloneNode(true);
  toast.querySelector(".toast__text").textContent = message;
  if (tone) toast.dataset.tone = tone;
  region.append(toast);
  retire(toast);
}

region?.querySelectorAll("[data-toast]").forEach(retire);
region?.addEventListener("click", (event) => {
  if (event.target.closest("[data-dismiss]")) event.target.closest("[data-toast]").remove();
});
