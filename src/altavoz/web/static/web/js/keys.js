// One key for a button, by its place on the keyboard, so that it works in every script; "?" opens the help.
"use strict";

document.querySelectorAll("[data-help]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => document.getElementById(button.dataset.help).showModal());
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.matches("textarea, select, input:not([type='checkbox'])")) return;
  if (document.querySelector("dialog[open]")) return;
  const code = event.key === "?" ? "Help" : event.code;
  const target = document.querySelector(`[data-code="${CSS.escape(code)}"]`);
  if (!target) return;
  event.preventDefault();
  target.click();
});
