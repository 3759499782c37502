// Small comforts. Every page works without this file.
"use strict";

// Light or dark: remembered on this device only.
const root = document.documentElement;
const theme = document.querySelector("[data-theme-choice]");
if (theme) {
  theme.hidden = false;
  const current = theme.querySelector(`[value="${root.dataset.theme || ""}"]`);
  if (current) current.checked = true;
  theme.addEventListener("change", (event) => {
    root.dataset.theme = event.target.value;
    if (!event.target.value) delete root.dataset.theme;
    try { localStorage.setItem("theme", event.target.value); } catch { /* not kept then */ }
  });
}

// Menus close when somebody presses Escape or elsewhere.
const open = () => document.querySelectorAll("details.menu[open]");
document.addEventListener("click", (event) => {
  open().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  open().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
});

// A language chosen in the switcher is remembered for the root address.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-language]");
  if (!link) return;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `django_language=${link.dataset.language}; path=/; max-age=31536000; samesite=lax${secure}`;
});

// The summary of errors takes the focus; so does what a swap brought, unless somebody is busy elsewhere.
document.querySelector("[data-focus]")?.focus();
document.addEventListener("htmx:afterSwap", (event) => {
  const idle = !document.activeElement || document.activeElement === document.body;
  if (idle) event.target.querySelector("[data-focus], [data-arrived]")?.focus();
});

// One key for a button, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) { event.preventDefault(); button.click(); }
});

// A list that was swapped keeps its folds as they were, and the focus where it was.
let folds = new Map();
let focused = "";
const place = (element) => `${element?.closest("[data-keep]")?.dataset.keep || ""}|${element?.firstElementChild?.textContent || element?.textContent || ""}`;
document.addEventListener("htmx:beforeSwap", (event) => {
  folds = new Map([...document.querySelectorAll("[data-keep]")].map((fold) => [fold.dataset.keep, fold.open]));
  focused = event.target.contains(document.activeElement) && !document.activeElement.id ? place(document.activeElement) : "";
});
document.addEventListener("htmx:afterSwap", () => {
  document.querySelectorAll("[data-keep]").forEach((fold) => {
    if (folds.get(fold.dataset.keep)) fold.open = true;
  });
  if (focused) [...document.querySelectorAll("#explore a")].find((link) => place(link) === focused)?.focus({ preventScroll: true });
});

// Where no answer came, say so and leave what is there.
const broken = (shown) => document.querySelectorAll("[data-broken]").forEach((words) => { words.hidden = !shown; });
["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) => document.addEventListener(name, () => broken(true)));
document.addEventListener("htmx:beforeRequest", () => broken(false));

// Pages that were seen can be read again without a connection.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => { /* not here, then */ }));
}
