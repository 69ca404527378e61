// The newsroom has turned offline reading off: take away what an earlier version keeps.
const NAME = `guong-sang:${new URL(self.registration.scope).pathname}:`;

addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  for (const name of await caches.keys()) if (name.startsWith(NAME)) await caches.delete(name);
  await self.registration.unregister();
}
