// Lists the pages that are kept on this device, the newest first.
"use strict";
(async () => {
  const list = document.getElementById("kept");
  if (!list || !("caches" in window)) return;
  const names = (await caches.keys()).filter((name) => name.startsWith("pages-"));
  for (const name of names) {
    const pages = await caches.open(name);
    for (const request of (await pages.keys()).reverse()) {
      const html = await (await pages.match(request, { ignoreVary: true })).text();
      const found = new DOMParser().parseFromString(html, "text/html");
      const link = document.createElement("a");
      link.href = request.url;
      link.textContent = found.title.replace(/ · Altavoz$/, "");
      link.lang = found.documentElement.lang;
      link.dir = "auto";
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
  }
  list.hidden = !list.children.length;
  document.getElementById("kept_none").hidden = Boolean(list.children.length);
})();
