// What makes a page nicer for those who run scripts. Every page works without it.

// Settings: words in a cookie that only this script reads, so that pages stay the same for everybody. What stands in
// attributes from then on is what other scripts go by.

const settings = /(?:^|; )reading=([^;]*)/.exec(document.cookie)?.[1] ?? "";
for (const word of settings.split(".")) {
  const [name, choice] = word.split("-");
  if (choice) document.documentElement.dataset[name] = choice;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LONGEST = 7 * DAY; // from then on the date says more than "9 days ago"

// Times: the page carries the absolute one, in the site's zone, which stays in the title. Where the reader's clock says
// another, that follows. Paper stays as it is, so what is printed tells the absolute time.

const { lang } = document.documentElement;
const HOURS = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const dates = (form) => new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { ...form, ...HOURS });
const clock = dates({});
const local = dates({ day: "numeric", month: "short", timeZoneName: "short" });

function inBothZones(text, at) {
  return Number.isNaN(at) || text.includes(clock.format(at)) ? text : `${text} · ${local.format(at)}`;
}

const words = new Intl.RelativeTimeFormat(lang, { numeric: "always" });
const now = new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(0, "second");

function ago(age) {
  if (age < MINUTE) return now;
  if (age < HOUR) return words.format(-Math.floor(age / MINUTE), "minute");
  if (age < DAY) return words.format(-Math.floor(age / HOUR), "hour");
  return words.format(-Math.floor(age / DAY), "day");
}

function tellTimes({ type } = {}) {
  if (document.hidden) return;
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const absolute = (time.dataset.absolute ??= time.textContent);
    const at = Date.parse(time.dateTime);
    const age = Date.now() - at;
    time.title ||= inBothZones(absolute, at);
    // A clock that runs a little slow must not say "in 2 minutes"; one that is far off must not say anything.
    const far = age < -HOUR || age >= LONGEST || Number.isNaN(age) || type === "beforeprint";
    const isBoth = time.dataset.ago === "both";
    const text = far ? (isBoth ? time.title : absolute) : isBoth ? `${ago(age)} (${time.title})` : ago(age);
    if (time.textContent !== text) time.textContent = text;
  }
}

tellTimes();
setInterval(tellTimes, MINUTE);
document.addEventListener("visibilitychange", tellTimes);
addEventListener("beforeprint", tellTimes);
addEventListener("afterprint", tellTimes);

// What is wanted only by those who come to it comes with them: suggestions for a search, the rest of a conversation.

function bring(address) {
  if (document.querySelector(`script[src="${address}"]`)) return;
  const script = document.createElement("script");
  script.src = address;
  document.head.append(script);
}

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.('form[role="search"] input')) bring(document.querySelector("[data-focus]").dataset.focus);
});
const near = new IntersectionObserver((places) => {
  for (const { target, isIntersecting } of places) if (isIntersecting) bring(target.dataset.near);
}, { rootMargin: "800px" });
document.querySelectorAll("[data-near]").forEach((place) => near.observe(place));

// The form for comments.

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // plain http has no randomUUID
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function keep(key, value) {
  try {
    if (value === undefined) return sessionStorage.getItem(key) || "";
    if (value) sessionStorage.setItem(key, value);
    else sessionStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing loses the draft, not the form.
  }
  return "";
}

// A draft is kept until a page proves that the words arrived: the comment they became, or the page that says they wait.
// Sending only marks the draft, with the place in the page it was sent from: the connection may break, the answer be 503.

const draftOf = (article) => `draft-${article}`;
const sentOf = (article) => `sent-${article}`;

function arrive(article, arrived) {
  const returned = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (keep(sentOf(article)) && arrived && !returned) keep(draftOf(article), "");
  keep(sentOf(article), "");
}

function isNewComment(sentFrom) {
  const { hash } = location;
  return /^#comment-\d+$/.test(hash) && hash !== sentFrom && document.querySelector(hash) !== null;
}

const held = document.querySelector("[data-held]");
if (held) arrive(held.dataset.held, true);

const form = document.querySelector("#comment-form");
if (form) {
  const { body, elapsed, nonce, parent } = form.elements;
  const buttons = form.querySelectorAll("button");
  const title = form.querySelector("h3");
  const plainTitle = title.textContent;
  const home = document.createComment("");
  const key = draftOf(form.dataset.draft);
  const sent = sentOf(form.dataset.draft);

  arrive(form.dataset.draft, isNewComment(keep(sent)));
  nonce.value ||= uuid();
  const draft = keep(key);
  if (/[?&]quote=/.test(location.search) && !body.value.includes(draft)) body.value += draft; // below the quotation
  body.value ||= draft;
  body.setSelectionRange(body.value.length, body.value.length); // one writes on below a quotation
  const opened = body.value ? 0 : performance.now(); // how long it took says nothing of words that were there before

  const count = document.createElement("p");
  count.className = "form-count";
  body.after(count);
  const measure = () => {
    const left = body.maxLength - body.value.length;
    count.textContent = left < 500 ? form.dataset.left.replace("{}", left) : "";
  };
  measure();

  body.addEventListener("input", () => {
    keep(key, body.value);
    measure();
  });
  form.addEventListener("submit", (event) => {
    if (buttons[0].disabled) event.preventDefault();
    for (const button of buttons) button.disabled = true;
    keep(key, body.value);
    elapsed.value = opened ? Math.round((performance.now() - opened) / 1000) : "";
    if (!event.submitter?.hasAttribute("formaction")) keep(sent, location.hash || "#"); // a preview sends nothing off
  });
  addEventListener("pageshow", (event) => {
    for (const button of buttons) button.disabled = false; // back from the next page
    if (event.persisted) keep(sent, "");
  });

  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "form-cancel";
  cancel.textContent = form.dataset.cancel;
  cancel.addEventListener("click", () => {
    home.replaceWith(form);
    cancel.remove();
    parent.value = "";
    title.textContent = plainTitle;
    body.focus();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-reply]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!home.isConnected) form.before(home);
    const comment = link.closest("article");
    parent.value = link.dataset.reply;
    title.textContent = form.dataset.answer.replace("{}", () => comment.querySelector("[data-comment-author]").textContent);
    buttons[buttons.length - 1].after(cancel);
    comment.after(form);
    body.focus();
  });
}

// Recommending: the count goes up where one stands. Whatever goes wrong, the form itself leads to a page that tells.

document.addEventListener("submit", async (event) => {
  const given = event.target;
  if (!given.matches?.("form.recommend") || event.defaultPrevented) return;
  event.preventDefault();
  const button = given.querySelector("button");
  button.disabled = true;
  const answer = await fetch(given.action, { method: "POST", redirect: "manual" }).catch(() => null);
  if (answer?.type !== "opaqueredirect") return given.submit();
  const count = button.querySelector(".count") ?? document.createElement("span");
  count.className = "count";
  count.textContent = Number(count.textContent) + 1;
  button.firstChild.after(" ", count);
  button.firstChild.textContent = given.closest("[data-recommended]").dataset.recommended;
  button.removeAttribute("aria-label");
});
