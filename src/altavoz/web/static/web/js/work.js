// The page of a work: its player, sharing, copying. Everything here has a plain way without script.
"use strict";

// A player loads when it is asked for, and not before.
const tags = { frame: "iframe", audio: "audio", video: "video" };
const play = (box) => {
  const player = document.createElement(tags[box.dataset.embedKind]);
  player.title = box.dataset.embedTitle;
  if (box.dataset.embedKind === "frame") {
    player.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
    player.sandbox = "allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox";
  } else {
    player.controls = player.autoplay = true;
    player.ariaLabel = player.title;
    player.preload = "auto";
  }
  player.tabIndex = 0;
  player.src = box.dataset.embed;
  const way = box.parentElement.querySelector("[data-embed-after] [hidden]");
  const tell = () => { if (way) way.hidden = false; };
  player.addEventListener("error", tell);
  if (box.dataset.embedKind === "frame") setTimeout(tell, 4000);
  if (box.dataset.embedKind === "audio") box.querySelector(".embed-play").replaceWith(player);
  else box.replaceChildren(player);
  player.focus();
};
document.querySelectorAll("[data-embed]").forEach((box) => {
  const link = box.querySelector("a");
  link.setAttribute("role", "button");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    play(box);
  });
  link.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    link.click();
  });
});

const said = document.getElementById("live");
const say = (words) => { if (said) { said.textContent = ""; said.textContent = words; } };

// What the browser shares with other programs.
document.querySelectorAll("[data-web-share]").forEach((button) => {
  if (!navigator.share) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.share({ url: button.dataset.webShare, title: button.dataset.title }).catch(() => {});
  });
});

// Copying; where that is not allowed, the text is marked, ready for the keys.
document.querySelectorAll("[data-take]").forEach((button) => {
  const place = document.getElementById(button.dataset.take);
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = place.value ?? place.textContent;
    try {
      await navigator.clipboard.writeText(text);
      say(button.dataset.copied);
    } catch {
      if (place.select) place.select(); else getSelection().selectAllChildren(place);
    }
  });
});

// Mastodon is many servers: whose it is, is remembered on this device only.
document.querySelectorAll("[data-server]").forEach((form) => {
  const field = form.querySelector("input");
  form.hidden = false;
  try { field.value = localStorage.getItem("mastodon") || ""; } catch { /* not kept then */ }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const host = field.value.trim().replace(/^https?:\/\//i, "").replace(/^@?[^@/]*@/, "").replace(/\/.*$/, "").toLowerCase();
    field.setCustomValidity(/^[^\s/?#@:]+\.[^\s/?#@:.]+(:\d+)?$/.test(host) ? "" : form.dataset.server);
    if (!field.reportValidity()) return;
    try { localStorage.setItem("mastodon", host); } catch { /* not kept then */ }
    window.open(`https://${host}/share?text=${encodeURIComponent(form.dataset.text)}`, "_blank", "noopener");
  });
  field.addEventListener("input", () => field.setCustomValidity(""));
});
