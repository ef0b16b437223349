// Keeps articles for reading without a network: those that the reader saved, and those read last. Pages come from the
// network whenever there is one, so nothing taken back is shown from here; a page that is gone is dropped.

const KEPT = "kept-pages"; // saved by the reader, until removed
const LATELY = "pages-read-lately";
const PARTS = "parts-of-pages"; // styles, scripts, fonts and pictures; names change with their content
const MOST_LATELY = 40;
const MOST_PARTS = 300;
const OFFLINE = "/offline/";
const isArticle = (url) => /^\/articles\/\d+\/[^/]+\/$/.test(url.pathname);
const isPart = (url) => /^\/(static|media)\//.test(url.pathname);

addEventListener("install", (event) => {
  event.waitUntil(caches.open(PARTS).then((cache) => cache.add(OFFLINE)).then(() => skipWaiting()));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (isPart(url)) event.respondWith(part(request));
  else if (request.mode === "navigate" && !url.pathname.startsWith("/admin/")) event.respondWith(page(request, url));
});

addEventListener("message", (event) => {
  const { save, remove, forget } = event.data;
  if (save) event.waitUntil(keep(KEPT, save));
  if (remove) event.waitUntil(caches.open(KEPT).then((cache) => cache.delete(remove)));
  if (forget) event.waitUntil(caches.delete(LATELY));
});

// Only what is the same for everybody is kept: a page that is one reader's own says "private".
const isPublic = (answer) => answer.ok && !answer.redirected && /\bpublic\b/.test(answer.headers.get("Cache-Control") ?? "");

async function page(request, url) {
  try {
    const answer = await fetch(request);
    if (isArticle(url)) await note(url, answer.clone());
    return answer;
  } catch (error) {
    return (await stored(url.pathname)) ?? (await caches.match(OFFLINE)) ?? Promise.reject(error);
  }
}

const stored = async (path) =>
  (await (await caches.open(KEPT)).match(path)) ?? (await (await caches.open(LATELY)).match(path));

async function note(url, answer) {
  const lately = await caches.open(LATELY);
  await lately.delete(url.pathname); // the newest stands last
  if (isPublic(answer)) {
    const saved = await caches.open(KEPT);
    if (await saved.match(url.pathname)) await saved.put(url.pathname, answer.clone());
    await lately.put(url.pathname, answer);
    await trim(lately, MOST_LATELY);
  } else if ([404, 410, 451].includes(answer.status)) {
    await (await caches.open(KEPT)).delete(url.pathname);
  }
}

async function keep(name, path) {
  const answer = await fetch(path);
  if (isPublic(answer)) await (await caches.open(name)).put(path, answer);
}

async function part(request) {
  const cache = await caches.open(PARTS);
  const known = await cache.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok && answer.status === 200 && /immutable|\.webp$|\/media\//.test(`${answer.headers.get("Cache-Control")} ${request.url}`)) {
    await cache.put(request, answer.clone());
    await trim(cache, MOST_PARTS);
  }
  return answer;
}

async function trim(cache, most) {
  const requests = await cache.keys();
  for (const request of requests.slice(0, Math.max(0, requests.length - most))) {
    if (new URL(request.url).pathname !== OFFLINE) await cache.delete(request);
  }
}
