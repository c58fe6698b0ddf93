// The service worker: answers from the files of this version, which it fetches once. `vite.config.ts` puts the names in front.

const CACHE = `transom ${VERSION}`;

self.addEventListener("install", (event) => {
  const fetched = caches.open(CACHE).then((cache) => cache.addAll(FILES.map((name) => new Request(name, { cache: "reload" }))));
  event.waitUntil(fetched.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const forgotten = caches.keys().then((names) => {
    const old = names.filter((name) => name.startsWith("transom ") && name !== CACHE);
    return Promise.all(old.map((name) => caches.delete(name)));
  });
  event.waitUntil(forgotten.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const answer = caches.open(CACHE).then(async (cache) => {
    const known = await cache.match(event.request, { ignoreSearch: true, ignoreVary: true });
    return known ?? fetch(event.request);
  });
  event.respondWith(answer);
});
