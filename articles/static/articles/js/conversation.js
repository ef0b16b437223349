// The conversation under an article, for those who run scripts: more of it in place, what is new, and one's own that
// wait. Every link works without it, and is followed where it fails.

const waitingOf = (comments) => `waiting-${comments}`; // the address of an article's comments

function remember(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(key);
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing shows one's own comments on their own page alone.
  }
  return null;
}

async function pageAt(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// On the page of one's own comments: note whether any waits, so that the article asks for them, and for others' never.

const ownPage = document.querySelector("[data-held]");
if (ownPage) {
  const waits = document.querySelector('.comment-own[data-state="held"]') !== null;
  remember(waitingOf(new URL("..", location).pathname), waits ? "1" : "");
}

const talk = document.querySelector("#comments[data-comments]");
if (talk) {
  const address = talk.dataset.comments;
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  talk.append(status);

  const isNew = (item) => item.id && !document.getElementById(item.id);
  const commentsIn = (part) => [...part.querySelectorAll(".comment[id], .stone[id]")];
  // The page has the words for each kind of number that its language knows, in this order: "{} reply|{} replies".
  const rules = new Intl.PluralRules(document.documentElement.lang);
  const spoken = rules.resolvedOptions().pluralCategories;
  const kinds = ["zero", "one", "two", "few", "many", "other"].filter((kind) => spoken.includes(kind));
  const told = (words, number) => words.split("|")[kinds.indexOf(rules.select(number))].replace("{}", number);

  function show(items, words) {
    tellTimes();
    status.textContent = words;
    items[0].tabIndex = -1;
    items[0].focus();
  }

  function answersOf(thread) {
    const found = thread.querySelector(".answers");
    if (found) return found;
    const made = document.createElement("div");
    made.className = "answers";
    thread.append(made);
    return made;
  }

  function addAnswers(thread, items) {
    const answers = answersOf(thread);
    const more = answers.querySelector(".answers-more");
    for (const item of items) answers.insertBefore(item, more);
  }

  // More of it: "12 more replies" and "Older comments".

  function moreAnswers(link, found) {
    const line = link.closest("p");
    const items = commentsIn(found.querySelector(".answers") ?? found.createElement("div")).filter(isNew);
    addAnswers(link.closest(".thread"), items);
    return { line, items, words: told(talk.dataset.replies, items.length) };
  }

  function moreThreads(link, found) {
    const line = link.closest("p");
    const threads = [...found.querySelectorAll(".thread")].filter((thread) => isNew(commentsIn(thread)[0]));
    line.before(...threads);
    const items = threads.flatMap(commentsIn);
    return { line, items, words: told(talk.dataset.shown, items.length) };
  }

  talk.addEventListener("click", async (event) => {
    const link = event.target.closest?.(".answers-more a, .comments-more a[href*='after=']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.getAttribute("aria-busy")) return;
    link.setAttribute("aria-busy", "true");
    try {
      const found = await pageAt(link.href);
      const added = link.closest(".answers-more") ? moreAnswers(link, found) : moreThreads(link, found);
      const next = found.querySelector(".comments-more a[href*='after=']");
      if (next) link.replaceWith(next);
      else added.line.remove();
      show(added.items, added.words);
    } catch {
      location.assign(link.href);
    }
  });

  // One's own that wait, where they will stand. Only a reader who has any asks for them.

  async function showWaiting() {
    const own = await pageAt(`${address}own/`);
    const waiting = [...own.querySelectorAll('.comment-own[data-state="held"]')];
    if (!waiting.length) remember(waitingOf(address), "");
    for (const item of waiting.filter(isNew)) {
      const answered = document.getElementById(`comment-${item.dataset.answers}`)?.closest(".thread");
      if (answered) addAnswers(answered, [item]);
      else talk.querySelector(".thread, .comments-empty")?.before(item);
    }
    tellTimes();
  }


  // What is new: told, and shown only when asked for, so that nothing moves under a reader's eyes.

  const SOON = 30_000;
  const LATE = 300_000;
  let known = Number(talk.dataset.count);
  let newest = null;
  let wait = SOON;
  let timer = 0;

  const line = document.createElement("p");
  line.className = "comments-new";
  const button = document.createElement("button");
  button.className = "button";
  line.append(button);

  function tell(answer) {
    const came = newest !== null && answer.newest > newest; // the count is the same where another went
    const number = Math.max(answer.count - known, came ? 1 : 0);
    if (number <= 0) {
      line.remove();
      known = answer.count;
      newest = answer.newest;
      return false;
    }
    const words = told(talk.dataset.new, number);
    if (words !== button.textContent || !line.isConnected) {
      button.textContent = status.textContent = words;
      talk.querySelector(".thread, .comments-empty").before(line);
    }
    return true;
  }

  async function look() {
    try {
      const answer = await fetch(`${address}count.json`);
      if (!answer.ok) throw new Error(`${answer.status}`);
      wait = tell(await answer.json()) ? SOON : Math.min(wait * 1.5, LATE);
    } catch {
      wait = Math.min(wait * 2, LATE);
    }
    plan();
  }

  function plan() {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(look, wait);
  }

  function addNew(found) {
    const first = talk.querySelector(".thread, .comments-empty");
    const added = [];
    for (const thread of found.querySelectorAll("#comments .thread")) {
      const here = document.getElementById(commentsIn(thread)[0].id)?.closest(".thread");
      if (here) {
        const answers = [...thread.querySelectorAll(".answers > [id]")].filter(isNew);
        const more = thread.querySelector(".answers-more");
        if (answers.length) addAnswers(here, answers);
        if (more) here.querySelector(".answers-more")?.remove();
        if (more) answersOf(here).append(more);
        added.push(...answers);
      } else {
        first.before(thread);
        added.push(...commentsIn(thread));
      }
    }
    for (const stone of found.querySelectorAll("#comments .stone[id]")) {
      const here = document.getElementById(stone.id);
      if (here?.matches(".comment")) here.replaceWith(stone);
    }
    if (added.length && first.matches(".comments-empty")) first.remove();
    return added;
  }

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const found = await pageAt(location.pathname);
      const count = found.querySelector("#comments").dataset.count;
      const added = addNew(found);
      known = Number(count);
      newest = null;
      const shown = talk.querySelector("#comments-title .count");
      if (shown) shown.textContent = count;
      line.remove();
      if (added.length) show(added, told(talk.dataset.newShown, added.length));
      else status.textContent = talk.dataset.elsewhere;
    } catch {
      location.reload();
    }
    button.disabled = false;
  });

  if (talk.dataset.count) {
    if (remember(waitingOf(address))) showWaiting().catch(() => {});
    plan();
    document.addEventListener("visibilitychange", plan);
  }
}
