// Keeps the site's shell and the last stories read, for readers without a network.
// The network is asked first: a story that was retracted is never shown to who is online.
const ROOT = new URL(self.registration.scope);
const NAME = `guong-sang:${ROOT.pathname}:`;
const SHELL = `${NAME}shell:${SETTINGS.version}`;
const STORIES = `${NAME}stories`;
const PICTURES = `${NAME}pictures`;
const MOST_STORIES = 30;
const MOST_PICTURES = 60;
const MOST_BYTES = 200_000; // of one picture
const LONGEST = 30 * 24 * 3600 * 1000; // what was read a month ago goes
const PATIENCE = 4000; // milliseconds that a kept story waits for the network

const STORY = /^\d{4}\/([^/]+)\/$/;
const NOT_TO_KEEP = /<meta name="robots" content="[^"]*noindex/;

const at = (path) => new URL(path, ROOT).href;
const pathOf = (address) => new URL(address).pathname.slice(ROOT.pathname.length);
const isSaving = () =>
  Boolean(navigator.connection?.saveData) || /[23]g/.test(navigator.connection?.effectiveType);

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(ROOT.href)) return;
  const path = pathOf(request.url);
  if (request.mode === "navigate") event.respondWith(openPage(event, path));
  else if (path.startsWith("tai-nguyen/")) event.respondWith(openLasting(event));
  else if (request.destination === "image" && path.startsWith("anh/"))
    event.respondWith(openPicture(event, path));
});
// A reader's first page was there before this worker.
addEventListener("message", (event) => {
  const address = event.data?.read;
  if (event.origin === ROOT.origin && typeof address === "string" && address.startsWith(ROOT.href))
    event.waitUntil(readAgain(at(pathOf(address))));
});

async function install() {
  const wanted = SETTINGS.shell.filter((path) => !(isSaving() && path.endsWith(".woff2")));
  const cache = await caches.open(SHELL);
  await cache.addAll(wanted.map((path) => new Request(at(path), { cache: "no-cache" })));
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys())
    if (name.startsWith(`${NAME}shell:`) && name !== SHELL) await caches.delete(name);
  for (const path of SETTINGS.gone) await forget(at(path));
  await trim(STORIES, MOST_STORIES);
  // What the browser loads ahead may come from its own store, see `askServer`.
  await self.registration.navigationPreload?.disable();
  await self.clients.claim();
}

async function openPage(event, path) {
  const key = at(path);
  if (path === SETTINGS.offline) return keptShell(key, event.request);
  const fresh = askNetwork(event, key);
  event.waitUntil(fresh.catch(() => {}));
  try {
    const late = (await kept(key)) ? wait(PATIENCE) : new Promise(() => {});
    const response = await Promise.race([fresh, late]);
    if (response.status < 500) return response;
    return (await kept(key)) ?? response;
  } catch {
    return (await kept(key)) ?? fresh.catch(() => offlinePage(event.request.url));
  }
}

async function askNetwork(event, key) {
  const response = await askServer(event.request);
  event.waitUntil(remember(key, response.clone()));
  return response;
}

// A host may let browsers show a page for a while without asking again: not one that is retracted.
// Told anything of its own, a request forgets who sent the reader; that it follows no redirects, but
// leaves them to the browser, it keeps.
function askServer(request) {
  const cache = request.cache === "reload" ? "reload" : "no-cache";
  const { referrer, referrerPolicy } = request;
  return fetch(request, { cache, referrer, referrerPolicy });
}

async function readAgain(key) {
  if (await kept(key)) return;
  await remember(key, await fetch(key, { cache: "no-cache" }));
}

// Keep what may be kept, and forget what is gone, moved or no longer to be found.
async function remember(key, response) {
  const path = pathOf(key);
  if (response.status === 404 || response.status === 410 || response.type === "opaqueredirect")
    return forget(key);
  if (!response.ok || (path !== "" && !STORY.test(path))) return;
  if (NOT_TO_KEEP.test(await response.clone().text())) return forget(key);
  const cache = await caches.open(STORIES);
  await cache.delete(key); // so that it becomes the newest
  await cache.put(key, response);
  await trim(STORIES, MOST_STORIES);
}

async function forget(key) {
  await (await caches.open(STORIES)).delete(key);
  const slug = STORY.exec(pathOf(key))?.[1];
  if (!slug) return;
  const pictures = await caches.open(PICTURES);
  for (const { url } of await pictures.keys())
    if (pathOf(url).startsWith(`anh/${slug}/`)) await pictures.delete(url);
}

async function trim(name, most) {
  const cache = await caches.open(name);
  const keys = await cache.keys();
  for (const [number, key] of keys.entries()) {
    const written = Date.parse((await cache.match(key))?.headers.get("date") ?? "");
    if (number >= keys.length - most && !(Date.now() - written > LONGEST)) continue;
    await (name === STORIES ? forget(key.url) : cache.delete(key));
  }
}

async function openLasting({ request }) {
  const found = await caches.match(request.url, { cacheName: SHELL });
  return found ?? fetch(request);
}

async function openPicture(event, path) {
  const found = await caches.match(event.request.url, { cacheName: PICTURES });
  if (found) return found;
  const response = await fetch(event.request);
  event.waitUntil(keepPicture(event, path, response.clone()));
  return response;
}

// Only the pictures of the story that is being read, not those of the cards around it.
async function keepPicture(event, path, response) {
  const reader = await self.clients.get(event.clientId);
  const slug = reader && STORY.exec(pathOf(reader.url))?.[1];
  if (!response.ok || isSaving() || !slug || !path.startsWith(`anh/${slug}/`)) return;
  const content = await response.clone().blob();
  if (content.size > MOST_BYTES) return;
  const cache = await caches.open(PICTURES);
  await cache.put(event.request.url, response);
  await trim(PICTURES, MOST_PICTURES);
}

const kept = (key) => caches.match(key, { cacheName: STORIES });
const wait = (time) => new Promise((_, fail) => setTimeout(fail, time));

async function keptShell(key, request) {
  return (await caches.match(key, { cacheName: SHELL })) ?? fetch(request);
}

// By another address, so that its links lead where they should.
function offlinePage(address) {
  return Response.redirect(`${at(SETTINGS.offline)}?tu=${encodeURIComponent(address)}`);
}
