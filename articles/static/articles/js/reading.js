// What a reader keeps on this device: settings, saved articles, what was read, what is followed. Nothing is sent.

function kept(key, value) {
  try {
    if (value === undefined) return JSON.parse(localStorage.getItem(key)) ?? [];
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing has empty lists.
  }
  return [];
}

const html = document.documentElement;
const MOST = { saved: 500, read: 60, follows: 60 };
const add = (key, item) => kept(key, [item, ...kept(key).filter(({ url }) => url !== item.url)].slice(0, MOST[key]));
const drop = (key, url) => kept(key, kept(key).filter((item) => item.url !== url));
const has = (key, url) => kept(key).some((item) => item.url === url);
const one = (selector, of = document) => of.querySelector(selector);
const say = (text) => { const place = one("[data-said]"); if (place) place.textContent = text; };

let worker = Promise.resolve(null);
if ("serviceWorker" in navigator) {
  worker = navigator.serviceWorker.register("/service-worker.js").then(() => navigator.serviceWorker.ready).catch(() => null);
}
const tell = async (message) => (await worker)?.active?.postMessage(message);

// newsroom.js, which runs before, has read the settings. The worker cannot see them, so it is told.
function mindHistory() {
  if (html.dataset.history === "off" && kept("read").length) kept("read", []);
  tell({ history: html.dataset.history ?? "on" });
}
mindHistory();

function button(text, pressed, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "tool";
  made.textContent = text;
  if (pressed !== undefined) made.setAttribute("aria-pressed", pressed);
  made.addEventListener("click", () => press(made));
  return made;
}

function toggle(names, isOn, change) {
  return button(names[isOn() ? 1 : 0], isOn(), (made) => {
    change(!isOn());
    made.textContent = names[isOn() ? 1 : 0];
    made.setAttribute("aria-pressed", isOn());
  });
}

// Under the headline: save, copy the link, the system's own way to share.

// The files that this page needs to look without a network as it does now.
function parts() {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const linked = [...document.querySelectorAll("head link, script[src]")].map(({ href, src }) => href ?? src);
  const pictures = [...document.images].map(({ currentSrc, src }) => currentSrc || src);
  return [...new Set([...loaded, ...linked, ...pictures])].filter((part) => part.startsWith(location.origin) && /^\/(static|media)\//.test(new URL(part).pathname));
}

const tools = one("[data-tools]");
if (tools) {
  const url = location.pathname;
  const item = () => {
    const { textContent: headline, lang, dir } = one("h1");
    const { outlet, kind, label } = tools.dataset;
    return { url, headline, outlet, at: Date.now(), language: lang || html.lang, direction: dir || html.dir || "ltr", kind, label };
  };
  if (html.dataset.history !== "off") add("read", item());
  tools.append(
    toggle([tools.dataset.save, tools.dataset.saved], () => has("saved", url), (on) => {
      if (on) add("saved", item());
      else drop("saved", url);
      tell(on ? { save: url, parts: parts() } : { remove: url });
    }),
  );
  const renew = () => { if (has("saved", url)) tell({ of: url, parts: parts() }); };
  if (document.readyState === "complete") renew();
  else addEventListener("load", renew, { once: true });
  const address = one("link[rel=canonical]")?.href ?? location.href;
  if (navigator.clipboard) {
    tools.append(button(tools.dataset.copy, undefined, async (made) => {
      await navigator.clipboard.writeText(address);
      made.textContent = tools.dataset.copied;
    }));
  }
  if (navigator.share) {
    tools.append(button(tools.dataset.share, undefined, () => navigator.share({ title: tools.dataset.title, url: address }).catch(() => {})));
  }
}

// Listen, where the browser has a voice for the article's language; the script that speaks comes when it is wanted.

const listen = one("[data-listen]");
if (listen && window.speechSynthesis) {
  const spoken = listen.dataset.language.toLowerCase();
  const show = () => { listen.hidden = !speechSynthesis.getVoices().some(({ lang }) => lang.toLowerCase().startsWith(spoken)); };
  show();
  speechSynthesis.addEventListener?.("voiceschanged", show);
  one("button", listen).addEventListener("click", () => import(listen.dataset.listen), { once: true });
}

// In the head of a list: follow it. The button has its room before it works.

const list = one("[data-follow]");
if (list) {
  const { follow: url, name, on: following, off } = list.dataset;
  one("button", list).replaceWith(toggle([off, following], () => has("follows", url), (on) => {
    if (on) add("follows", { url, name });
    else drop("follows", url);
  }));
}

// Pages of what is kept.

const here = (address) => new URL(address, location.origin);
const written = dates({ day: "numeric", month: "short", year: "numeric" });

function timeOf(at) {
  const time = document.createElement("time");
  time.dateTime = new Date(at).toISOString();
  time.dataset.ago = "";
  time.textContent = written.format(new Date(at));
  return time;
}

function row({ url, outlet, headline, summary, at, language, direction, kind, label }, { when = "{}", remove }) {
  const made = one("#kept-item").content.cloneNode(true).firstElementChild;
  const [before, after] = when.split("{}");
  one(".kept-source", made).append(outlet ? `${outlet}, ` : "", before, timeOf(at), after);
  const link = one("a", made);
  link.href = here(url).pathname; // never elsewhere, whatever the device holds
  link.textContent = headline;
  one(".kept-summary", made).textContent = summary ?? "";
  for (const text of made.querySelectorAll(".kept-headline, .kept-summary")) {
    if (language) text.lang = language;
    text.dir = direction ?? "auto";
  }
  if (label) one(".kind", made).textContent = label;
  else one(".kind", made).remove();
  if (label && /^\w+$/.test(kind)) one(".kind", made).classList.add(`kind-${kind}`);
  if (remove) one("button", made).addEventListener("click", remove);
  else one("button", made).remove();
  return made;
}

function showKept(section) {
  const key = section.dataset.kept;
  const items = kept(key);
  const remove = (item) => () => {
    drop(key, item.url);
    if (key === "saved") tell({ remove: item.url });
    say(section.dataset.removed.replace("{}", () => item.headline));
    showKept(section);
  };
  one("ol", section).replaceChildren(...items.map((item) => row(item, { when: section.dataset.when, remove: remove(item) })));
  tellTimes();
  one("[data-none]", section).hidden = items.length > 0;
  const some = one("[data-some]", section);
  if (some) some.hidden = items.length === 0;
  if (key === "saved") one("[data-export]").hidden = items.length === 0;
}

document.querySelectorAll("[data-kept]").forEach(showKept);
one("[data-forget]")?.addEventListener("click", ({ currentTarget }) => {
  kept("read", []);
  tell({ forget: true });
  showKept(one('[data-kept="read"]'));
  say(currentTarget.dataset.forgotten);
});
one("[data-download]")?.addEventListener("click", () => {
  const link = document.createElement("a");
  const told = kept("saved").map((item) => ({ ...item, url: new URL(item.url, location.origin).href }));
  link.href = URL.createObjectURL(new Blob([JSON.stringify(told, null, 1)], { type: "application/json" }));
  link.download = "saved-articles.json";
  link.click();
});

const followed = one("[data-followed]");
if (followed) showFollowed();

// Ask for a list in brief: its texts are not shown here.
async function news({ url }) {
  const { pathname, search } = here(url);
  const answer = await fetch(`${pathname}feed.json${search ? `${search}&` : "?"}brief=1`).catch(() => null);
  return answer?.ok ? answer.json() : { isMissing: true };
}

async function showFollowed() {
  const follows = kept("follows");
  one("[data-none]", followed).hidden = follows.length > 0;
  one("[data-follows]").replaceChildren(...follows.map(({ url, name }) => {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = here(url).pathname + here(url).search;
    link.textContent = name;
    entry.append(link, " ", button(followed.dataset.stop, undefined, () => { drop("follows", url); showFollowed(); }));
    one("button", entry).setAttribute("aria-label", followed.dataset.stopOne.replace("{}", () => name));
    return entry;
  }));
  if (!follows.length) return one("ol", followed).replaceChildren();
  say(followed.dataset.looking);
  const feeds = await Promise.all(follows.map(news));
  const items = new Map(feeds.flatMap(({ items = [] }) => items).map((item) => [item.id, item]));
  const newest = [...items.values()].sort((a, b) => b.date_published.localeCompare(a.date_published)).slice(0, 60);
  one("ol", followed).replaceChildren(...newest.map((item) => row({
    url: item.url,
    headline: item.title,
    outlet: item._outlet?.name,
    summary: item.summary,
    at: item.date_published,
    language: item.language,
    kind: item._kind?.kind,
    label: item._kind?.label,
  }, {})));
  tellTimes();
  const missing = feeds.filter(({ isMissing }) => isMissing).length;
  say(missing ? followed.dataset.missing.replace("{}", missing).replace("{}", feeds.length) : "");
}

// Settings: the form shows what is kept, and takes effect at once.

const settings = one("[data-settings]");
if (settings) {
  for (const name of ["theme", "text", "ai", "history"]) {
    const input = one(`input[name="${name}"][value="${html.dataset[name] ?? ""}"]`, settings);
    if (input) input.checked = true;
  }
  settings.addEventListener("change", () => {
    const chosen = Object.fromEntries(new FormData(settings));
    const value = Object.entries(chosen).filter(([, choice]) => choice).map((pair) => pair.join("-")).join(".");
    document.cookie = `reading=${value}; path=/; max-age=${400 * 24 * 3600}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
    for (const [name, choice] of Object.entries(chosen)) {
      if (choice) html.dataset[name] = choice;
      else delete html.dataset[name];
    }
    mindHistory();
    say(settings.dataset.stored);
  });
}

// Lists: more without leaving the page. The links to the pages stay.

// Add the items of a page that was loaded; those of a day that goes on stand under the heading that is there.
function grow(loaded) {
  const items = [...loaded.querySelectorAll(".river > li, .sheet > *")];
  const days = [...loaded.querySelectorAll(".day")];
  if (!days.length) grown.append(...items);
  for (const day of days) {
    const last = [...document.querySelectorAll(".day")].at(-1);
    if (one(".day-name", day).textContent === one(".day-name", last).textContent) {
      one(".river", last).append(...one(".river", day).children);
    } else {
      day.removeAttribute("aria-labelledby");
      one(".day-name", day).removeAttribute("id");
      last.after(day);
    }
  }
  return items;
}

const pages = one(".pagination[data-more]"); // not the one that leads from day to day
const grown = pages && one(".river, .sheet");
if (grown && one("a[rel=next]", pages)) {
  const shown = document.createElement("p"); // for those who do not see the list grow; there before it says anything
  shown.className = "unseen";
  shown.setAttribute("role", "status");
  pages.before(shown);
  const more = button(pages.dataset.more, undefined, async () => {
    const next = one("a[rel=next]", document.querySelector(".pagination"));
    more.disabled = true;
    shown.textContent = "";
    try {
      const answer = await fetch(next.href);
      if (!answer.ok) throw new Error(String(answer.status));
      const loaded = new DOMParser().parseFromString(await answer.text(), "text/html");
      const items = grow(loaded);
      document.querySelector(".pagination").replaceWith(loaded.querySelector(".pagination"));
      place();
      one("a", items[0])?.focus();
      shown.textContent = pages.dataset.shown.replace("{}", items.length);
    } catch {
      location.href = next.href;
    }
  });
  more.classList.add("more");
  const place = () => {
    const here = document.querySelector(".pagination");
    if (one("a[rel=next]", here)) here.before(more);
    else more.remove();
    more.disabled = false;
  };
  place();
}
