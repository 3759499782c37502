// Tells us that this page was seen, read or left for its original. No identifier, no cookie, nothing stored on the
// device; nothing at all is told where the browser asks for privacy. What is done with it: /privacy/.
"use strict";

{
  const script = document.currentScript;
  const { door, subject, language, original } = script.dataset;
  const told = new Set();
  const quiet = !navigator.sendBeacon || navigator.globalPrivacyControl || navigator.doNotTrack === "1" || navigator.webdriver;
  const host = (address) => { try { return new URL(address).host; } catch { return ""; } };
  const tell = (what) => {
    if (quiet || told.has(what) || !script.isConnected) return;
    told.add(what);
    navigator.sendBeacon(door, new URLSearchParams({ what, subject, language, host: host(document.referrer) }));
  };

  // Seen: it is in front of somebody, not in a tab behind or drawn ahead of time.
  // Read: it stayed there for twenty seconds, and somebody moved in it.
  let seconds = 0, moved = false;
  const look = () => { if (document.visibilityState === "visible") tell("view"); };
  const weigh = () => { if (moved && seconds >= 20) { tell("read"); clearInterval(clock); } };
  document.addEventListener("visibilitychange", look);
  look();
  const clock = setInterval(() => { if (document.visibilityState === "visible") { seconds += 1; weigh(); } }, 1000);
  ["scroll", "pointerdown", "keydown"].forEach((sign) => {
    addEventListener(sign, () => { moved = true; weigh(); }, { passive: true, capture: true });
  });

  // Left for the original; a player that starts on the page is a read instead.
  const follow = (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.button > 1) return;
    const plays = link.closest("[data-embed]") && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.button;
    if (plays) tell("read");
    else if (original && link.href === new URL(original, location.href).href) tell("click");
  };
  addEventListener("click", follow, { capture: true });
  addEventListener("auxclick", follow, { capture: true });
}
