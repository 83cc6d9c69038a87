// What a service worker keeps without the page.
self.addEventListener("install", (event) => {
  const word = "{worker}";
  event.waitUntil((async () => {
    const cache = await caches.open("ouvrier");
    await cache.put("/ouvrier", new Response(word));
    await self.skipWaiting();
  })());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", () => {});
