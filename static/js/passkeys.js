// Passkeys: the browser's ceremony between what the server asks and the form that carries the answer back.

import { csrfToken } from "./token.js";

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

const known = (credentials) => credentials?.map((one) => ({ ...one, id: bytes(one.id) }));

async function asked(form) {
  const written = form.querySelector("#passkey-options");
  if (written) return JSON.parse(written.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return answer.json();
}

const ceremonies = {
  async get(form) {
    const { publicKey } = (await asked(form)).request_options;
    const allowCredentials = known(publicKey.allowCredentials);
    return navigator.credentials.get({
      publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials },
    });
  },

  async create(form) {
    const { publicKey } = (await asked(form)).creation_options;
    // A passkey that signs in alone has to be found without a name, and to know its owner.
    const isAlone = form.querySelector("[name=passwordless]")?.checked;
    const selection = isAlone
      ? { residentKey: "required", requireResidentKey: true, userVerification: "required" }
      : { residentKey: "discouraged", requireResidentKey: false };
    return navigator.credentials.create({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        user: { ...publicKey.user, id: bytes(publicKey.user.id) },
        excludeCredentials: known(publicKey.excludeCredentials),
        authenticatorSelection: { ...publicKey.authenticatorSelection, ...selection },
      },
    });
  },
};

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function start(form) {
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    form.elements.credential.value = written(await ceremonies[form.dataset.passkey](form));
    if (csrfToken()) form.elements.csrfmiddlewaretoken.value = csrfToken();
    form.requestSubmit();
  } catch {
    failed.hidden = false; // closed by hand, timed out, or no passkey for this site
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-passkey-start]");
  if (button) start(button.form);
});
