// Keeps public pages that were seen, so that they can be read without a connection. Never a page of somebody signed in.
"use strict";
const VERSION = {{ version }};
const ASSETS = {{ assets }};
const LANGUAGES = {{ languages }};
const PAGES = `pages-${VERSION}`, FILES = `files-${VERSION}`;
const MOST_PAGES = 40, MOST_FILES = 150;
const ANY = { ignoreVary: true };

const saves = () => Boolean(navigator.connection?.saveData);
const keyOf = (address) => { const url = new URL(address); url.hash = ""; return url.href; };

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((files) => files.addAll(ASSETS)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => { event.waitUntil(begin()); });

async function begin() {
  const old = (await caches.keys()).filter((name) => /^(pages|files)-/.test(name) && name !== PAGES && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
  for (const open of await self.clients.matchAll({ type: "window" })) {
    // As the browser has it already: asking the site again would spend what works once, such as a sign-in's challenge.
    await fetch(open.url, { cache: "only-if-cached", mode: "same-origin" })
      .then((answer) => seen(open.url, answer)).catch(() => {});
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(event, /\.[0-9a-f]{12}\./.test(url.pathname)));
  else if (request.destination === "image" && url.pathname.startsWith("/media/")) {
    event.respondWith(saves() ? new Response(null, { status: 204 }) : file(event, true));
  }
});

// A page comes from the site; what is kept is for when the site cannot be reached.
async function page(event) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(seen(event.request.url, answer.clone()));
    return answer;
  } catch {
    return (await copy(event.request.url)) ?? (await offline(event.request.url)) ?? Response.error();
  }
}

const isPublic = (answer) => answer.status === 200 && answer.type === "basic" && !answer.redirected
  && /\bpublic\b/.test(answer.headers.get("Cache-Control") ?? "")
  && (answer.headers.get("Content-Type") ?? "").startsWith("text/html");

async function seen(address, answer) {
  const pages = await caches.open(PAGES), key = keyOf(address);
  if (answer.status === 404 || answer.status === 410) return void await pages.delete(key, ANY); // withdrawn: gone here, too
  if (answer.status === 200) await keepOfflinePage(address);
  if (!isPublic(answer)) return;
  const headers = new Headers(answer.headers);
  headers.delete("Vary");
  headers.set("X-Kept-At", String(Date.now()));
  const kept = new Response(await answer.blob(), { headers });
  await pages.delete(key, ANY); // so that the newest stands last
  await pages.put(key, kept);
  await trim(pages, MOST_PAGES);
}

async function trim(cache, most) {
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(key, ANY);
}

async function file(event, lasting) {
  const files = await caches.open(FILES);
  const kept = await files.match(event.request, ANY);
  if (kept && lasting) return kept;
  try {
    const answer = await fetch(event.request);
    if (answer.status === 200) event.waitUntil(files.put(event.request, answer.clone()).then(() => trim(files, MOST_FILES)));
    return answer;
  } catch (problem) {
    if (kept) return kept;
    throw problem;
  }
}

// The copy says that it is one, and from when.
async function copy(address) {
  const kept = await (await caches.open(PAGES)).match(keyOf(address), ANY);
  if (!kept) return undefined;
  const html = await kept.text();
  const language = html.match(/<html lang="([^"]+)"/)?.[1] ?? "es";
  const when = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" })
    .format(new Date(Number(kept.headers.get("X-Kept-At"))));
  const marked = html.replace('<p class="offline-copy" hidden>', '<p class="offline-copy" role="status">')
    .replace("{when}", () => when);
  return new Response(marked, { headers: kept.headers });
}

const offlinePage = (language) => `/${language}/offline/`;

function languageOf(address) {
  const first = new URL(address).pathname.split("/")[1];
  if (LANGUAGES.includes(first)) return first;
  const wished = navigator.languages.map((tag) => tag.toLowerCase());
  return wished.flatMap((tag) => [tag, tag.split("-")[0]]).find((tag) => LANGUAGES.includes(tag)) ?? LANGUAGES[0];
}

async function keepOfflinePage(address) {
  const files = await caches.open(FILES), place = offlinePage(languageOf(address));
  if (await files.match(place, ANY)) return;
  const answer = await fetch(place, { credentials: "omit" }).catch(() => undefined);
  if (answer?.status === 200) await files.put(place, answer);
}

async function offline(address) {
  const files = await caches.open(FILES);
  const wished = await files.match(offlinePage(languageOf(address)), ANY);
  if (wished) return wished;
  for (const language of LANGUAGES) {
    const other = await files.match(offlinePage(language), ANY);
    if (other) return other;
  }
  return undefined;
}
