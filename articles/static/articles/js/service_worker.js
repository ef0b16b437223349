// Keeps articles for reading without a network: those that the reader saved, and those read last; and the page that lists
// them. Pages come from the network whenever there is one, so nothing taken back is shown from here; a page that is gone
// is dropped.

const KEPT = "kept-pages"; // saved by the reader, until removed
const KEPT_PARTS = "parts-of-kept-pages"; // all that these need, and for each a list of it; goes with the last that needs it
const LATELY = "pages-read-lately";
const PARTS = "parts-of-pages"; // styles, scripts, fonts and pictures of all pages; names change with their content
const AT_HAND = "offline-page"; // the pages at hand and their parts, and a note where the reader wants no history
const MOST_LATELY = 40;
const MOST_PARTS = 300;
const OFFLINE = "/offline/";
const PAGES_AT_HAND = [OFFLINE, "/saved/"]; // the same for everybody; the list is filled on the device
const NO_HISTORY = "/no-history/";
const LIST = "/parts-of/";
const WHATEVER = { ignoreVary: true }; // a part is asked for in several ways, and is the same
const isArticle = (url) => /^\/articles\/\d+\/[^/]+\/$/.test(url.pathname);
const isPart = (url) => /^\/(static|media)\//.test(url.pathname);
const isLasting = (answer, url) => /immutable|\.webp$|\/media\//.test(`${answer.headers.get("Cache-Control")} ${url}`);
const partsIn = (text) => [...text.matchAll(/\b(?:href|src)="(\/(?:static|media)\/[^"]+)"/g)].map(([, part]) => part);

addEventListener("install", (event) => event.waitUntil(layIn().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (isPart(url)) event.respondWith(part(event));
  else if (request.mode === "navigate" && !url.pathname.startsWith("/admin/")) event.respondWith(page(event, url));
});

// One after the other: an article that is saved and at once removed is not kept.
let turn = Promise.resolve();
addEventListener("message", (event) => {
  turn = turn.then(() => heed(event.data)).catch(() => {});
  event.waitUntil(turn);
});

async function heed({ save, of, parts = [], remove, forget, history }) {
  if (save) await keep(save, parts);
  if (of) await keepParts(of, parts);
  if (remove) await discard(remove);
  if (forget || history === "off") await caches.delete(LATELY);
  if (history) {
    const cache = await caches.open(AT_HAND);
    if (history === "off") await cache.put(NO_HISTORY, new Response("The reader wants none."));
    else await cache.delete(NO_HISTORY);
  }
}

// A new worker fetches everything anew, and drops what the one before it laid in and nobody needs. One is new when a page
// at hand is: see views/reading.py.
async function layIn() {
  const cache = await caches.open(AT_HAND);
  const answers = await Promise.all(PAGES_AT_HAND.map((path) => fetch(path, { cache: "no-cache" })));
  const missing = answers.find(({ ok }) => !ok);
  if (missing) throw new Error(`A page for those without a network is not there: ${missing.url} ${missing.status}`);
  const texts = await Promise.all(answers.map((answer) => answer.clone().text()));
  const parts = new Set(texts.flatMap(partsIn));
  await cache.addAll(parts);
  await Promise.all(answers.map((answer, place) => cache.put(PAGES_AT_HAND[place], answer)));
  const wanted = new Set([...PAGES_AT_HAND, ...parts, NO_HISTORY].map((path) => new URL(path, location.origin).href));
  await Promise.all((await cache.keys()).filter(({ url }) => !wanted.has(url)).map((one) => cache.delete(one, WHATEVER)));
}

// Pages. Only what is the same for everybody is kept: a page that is one reader's own says "private".
const isPublic = (answer) => answer.ok && !answer.redirected && /\bpublic\b/.test(answer.headers.get("Cache-Control") ?? "");

async function page(event, url) {
  try {
    const answer = await fetch(event.request);
    if (isArticle(url)) await note(url, answer.clone());
    else if (PAGES_AT_HAND.includes(url.pathname)) event.waitUntil(layIn().catch(() => {})); // as it is now
    return answer;
  } catch (error) {
    return (await stored(url.pathname)) ?? (await atHand(url.pathname)) ?? Promise.reject(error);
  }
}

const stored = async (path) =>
  (await (await caches.open(KEPT)).match(path)) ?? (await (await caches.open(LATELY)).match(path));

const atHand = async (path) => (await caches.open(AT_HAND)).match(PAGES_AT_HAND.includes(path) ? path : OFFLINE);

async function note(url, answer) {
  const lately = await caches.open(LATELY);
  await lately.delete(url.pathname); // the newest stands last
  if (isPublic(answer)) {
    const saved = await caches.open(KEPT);
    if (await saved.match(url.pathname)) await saved.put(url.pathname, answer.clone());
    if (await (await caches.open(AT_HAND)).match(NO_HISTORY)) return;
    await lately.put(url.pathname, answer);
    await trim(lately, MOST_LATELY);
  } else if ([404, 410, 451].includes(answer.status)) {
    await discard(url.pathname);
  }
}

async function keep(path, parts) {
  const answer = await fetch(path);
  if (!isPublic(answer)) return;
  const text = await answer.clone().text();
  await (await caches.open(KEPT)).put(path, answer);
  await keepParts(path, [...partsIn(text), ...parts]);
}

async function discard(path) {
  await (await caches.open(KEPT)).delete(path);
  const cache = await caches.open(KEPT_PARTS);
  await cache.delete(LIST + path);
  await sweep(cache);
}

// Parts.

async function part(event) {
  const { request } = event;
  const cache = await caches.open(PARTS);
  const known = await cache.match(request, WHATEVER);
  if (known) {
    event.waitUntil(use(cache, request, known.clone()));
    return known;
  }
  const kept = await keptPart(request);
  if (kept && isLasting(kept, request.url)) return kept;
  try {
    const answer = await fetch(request);
    if (answer.status === 200 && isLasting(answer, request.url)) {
      await cache.put(request, answer.clone());
      await trim(cache, MOST_PARTS);
    }
    return answer;
  } catch (error) {
    return kept ?? (await otherWidth(request)) ?? Promise.reject(error);
  }
}

const keptPart = async (request) =>
  (await (await caches.open(KEPT_PARTS)).match(request, WHATEVER)) ?? (await (await caches.open(AT_HAND)).match(request, WHATEVER));

// A picture comes in several widths, and the screen may have been turned since one was kept.
const STEM = /\/media\/(?:renditions\/(.+)-\d+|images\/(.+))\.\w+$/;
const stemOf = (url) => STEM.exec(url)?.slice(1).find(Boolean);
async function otherWidth({ url }) {
  const cache = await caches.open(KEPT_PARTS);
  const stem = stemOf(url);
  const other = stem && (await cache.keys()).find((one) => stemOf(one.url) === stem);
  return other && cache.match(other, WHATEVER);
}

// The list stands before what is on it is there, so that none of it is swept away meanwhile.
async function keepParts(path, parts) {
  const cache = await caches.open(KEPT_PARTS);
  const wanted = [...new Set(parts.map((part) => new URL(part, location.origin).href))];
  await cache.put(LIST + path, new Response(JSON.stringify(wanted)));
  await Promise.allSettled(wanted.map(async (part) => {
    const known = await cache.match(part, WHATEVER);
    if (!known || !isLasting(known, part)) await cache.add(part);
  }));
  await sweep(cache);
}

async function sweep(cache) {
  const requests = await cache.keys();
  const isList = ({ url }) => new URL(url).pathname.startsWith(LIST);
  const lists = await Promise.all(requests.filter(isList).map(async (list) => (await cache.match(list)).json()));
  const wanted = new Set(lists.flat());
  await Promise.all(requests.filter((one) => !isList(one) && !wanted.has(one.url)).map((one) => cache.delete(one, WHATEVER)));
}

// What was used last stands last. What stands in the newer half is left where it is.
async function use(cache, request, answer) {
  const requests = await cache.keys();
  const place = requests.findIndex(({ url }) => url === request.url);
  if (place < requests.length - MOST_PARTS / 2) await cache.put(request, answer);
}

async function trim(cache, most) {
  const requests = await cache.keys();
  for (const request of requests.slice(0, Math.max(0, requests.length - most))) await cache.delete(request, WHATEVER);
}
