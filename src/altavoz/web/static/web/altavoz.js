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

// Players load on request.
const players = { frame: "iframe", audio: "audio" };
document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-embed]");
  if (!box || event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest("a")) return;
  event.preventDefault();
  const player = document.createElement(players[box.dataset.embedKind]);
  player.src = box.dataset.embed;
  player.title = box.dataset.embedTitle;
  player.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
  player.controls = true;
  box.replaceChildren(player);
  player.focus();
});

// The summary of errors takes the focus; so does what a swap brought, unless somebody is busy elsewhere.
document.querySelector("[data-focus]")?.focus();
document.addEventListener("htmx:afterSwap", (event) => {
  const idle = !document.activeElement || document.activeElement === document.body;
  if (idle) event.target.querySelector("[data-focus]")?.focus();
});

// Share and copy, where the browser can.
document.querySelectorAll("[data-share]").forEach((button) => {
  const address = button.dataset.share;
  if (!navigator.share && !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (navigator.share) return navigator.share({ url: address, title: document.title }).catch(() => {});
    await navigator.clipboard.writeText(address);
    const said = document.getElementById("live");
    if (said) said.textContent = button.dataset.copied;
  });
});

// One key for a button, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) { event.preventDefault(); button.click(); }
});

// A list that was swapped keeps its folds as they were.
let folds = new Map();
document.addEventListener("htmx:beforeSwap", () => {
  folds = new Map([...document.querySelectorAll("[data-keep]")].map((fold) => [fold.dataset.keep, fold.open]));
});
document.addEventListener("htmx:afterSwap", () => {
  document.querySelectorAll("[data-keep]").forEach((fold) => {
    if (folds.get(fold.dataset.keep)) fold.open = true;
  });
});
