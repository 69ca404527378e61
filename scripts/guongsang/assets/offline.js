// Offline reading: start the worker; on the page for readers without a network, say what is kept.
const root = new URL("../", import.meta.url);
const list = document.querySelector("[data-kept]");

async function start() {
  const isFirst = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register(new URL("sw.js", root), { scope: root.pathname });
  const { active } = await navigator.serviceWorker.ready;
  if (isFirst) active.postMessage({ read: location.href.split(/[?#]/)[0] });
}

async function showKept() {
  const cache = await caches.open(`guong-sang:${root.pathname}:stories`);
  for (const { url } of (await cache.keys()).reverse()) {
    const page = new DOMParser().parseFromString(await (await cache.match(url)).text(), "text/html");
    const link = document.createElement("a");
    link.href = url;
    link.textContent = url === root.href ? "Trang chủ" : page.querySelector("h1")?.textContent.trim();
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  list.parentElement.hidden = list.children.length === 0;
}

// The address that was asked for, if it is one of this site.
function findWanted() {
  const typed = new URLSearchParams(location.search).get("tu");
  return typed?.startsWith(root.href) ? typed : root.href;
}

if (list) {
  const again = document.querySelector("[data-again]");
  again.href = findWanted();
  addEventListener("online", () => location.replace(again.href));
  if ("caches" in window) showKept();
}
if ("serviceWorker" in navigator) {
  // Not while the page itself still loads. A browser that refuses reads on without.
  const begin = () => start().catch(() => {});
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
