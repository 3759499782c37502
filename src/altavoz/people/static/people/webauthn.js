// Ties the passkey buttons of the account pages to allauth's script; without script they stay hidden.
(() => {
  "use strict";
  const show = (name) => document.querySelectorAll(`[data-webauthn-${name}]`).forEach((note) => { note.hidden = false; });
  if (!window.PublicKeyCredential) {
    show("missing");
    return;
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    show("failed");
  });
  const id = (form, part) => form.querySelector(`[data-webauthn-${part}]`)?.id;
  for (const form of document.querySelectorAll("form[data-webauthn]")) {
    const kind = form.dataset.webauthn; // login, authenticate or add
    window.allauth.webauthn.forms[`${kind}Form`]({
      ids: {
        [kind]: id(form, "button"),
        credential: form.querySelector("[name=credential]").id,
        passwordless: form.querySelector("[name=passwordless]")?.id,
        data: kind === "login" ? undefined : "webauthn-data",
      },
    });
    form.querySelectorAll("[data-webauthn-button]").forEach((button) => { button.hidden = false; });
  }
})();
