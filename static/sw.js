// Offline: pages come from the network first, files that are named after their content from the cache first. So pages
// and files of different builds never meet, and no page is older than it must be. The build writes the next line.
const FILES = [];
const SCOPE = self.registration.scope;
// Sites of one origin share its caches; each has its own by its folder.
const [PAGES, KEPT] = ["dixit-pages", "dixit-files"].map((name) => `${name} ${new URL(SCOPE).pathname}`);
const MOST_PAGES = 200;
const isFixed = (url) => /-[0-9a-f]{16}[./]/.test(url.pathname);

// A cache that is full or blocked is no fault: the page works without.
const keep = async (name, request, response) => {
  try {
    const cache = await caches.open(name);
    await cache.put(request, response);
    const keys = name === PAGES ? await cache.keys() : [];
    for (const old of keys.slice(0, Math.max(0, keys.length - MOST_PAGES))) await cache.delete(old);
  } catch (error) {
    console.warn(`not kept for offline: ${error.message}`);
  }
};
// A server that sends a page in the place of a script or a module is not believed.
const isWhole = (response) =>
  response.ok && response.type === "basic" && !/text\/html/.test(response.headers.get("content-type") ?? "text/html");

const fixed = async (request) => {
  const kept = await caches.match(request.url, { cacheName: KEPT }).catch(() => undefined);
  if (kept) return kept;
  const response = await fetch(request);
  if (isWhole(response)) keep(KEPT, request.url, response.clone());
  return response;
};
const OFFLINE = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Offline</title>
<h1>You are offline</h1><p>This page was not read in this browser before, so it is not kept here. Pages that you have read are.</p>`;
const changing = async (request) => {
  const key = request.mode === "navigate" ? request.url.split(/[?#]/)[0] : request.url;
  try {
    const response = await fetch(request);
    // What a redirect leads to belongs to another address.
    if (response.ok && response.type === "basic" && !response.redirected) keep(PAGES, key, response.clone());
    return response;
  } catch (error) {
    const kept = await caches.match(key, { cacheName: PAGES }).catch(() => undefined);
    if (kept) return kept;
    if (request.mode !== "navigate") throw error;
    return new Response(OFFLINE, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'" } });
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  // Uploads, other sites, and parts of files are none of ours.
  if (request.method !== "GET" || !url.href.startsWith(SCOPE) || request.headers.has("range")) return;
  event.respondWith(isFixed(url) ? fixed(request) : changing(request));
});
// A new worker waits until the last page of the old one is closed; then what only that one needed goes.
self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const cache = await caches.open(KEPT);
    const wanted = new Set(FILES.map((file) => new URL(file, SCOPE).href));
    for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  };
  event.waitUntil(tidy().catch(() => {}));
});
// A page of a second visit asks for what a reader may need without a network.
self.addEventListener("message", (event) => {
  if (event.data !== "fill") return;
  const fill = async () => {
    for (const file of FILES) await fixed(new Request(new URL(file, SCOPE)));
  };
  event.waitUntil(fill().catch(() => {})); // offline again: the next visit goes on
});
