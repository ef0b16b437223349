// Suggestions under a search field: an ARIA combobox with a list. Without it, or while it waits, the form is a form.

const PAUSE = 150; // milliseconds without a key before the site is asked
const asked = new Map(); // what was typed, in small letters: what the site said

function suggestUnder(input, number) {
  const list = document.createElement("ul");
  list.id = `suggestions-${number}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", document.querySelector("[data-focus]").dataset.suggestions);
  list.hidden = true;
  input.parentElement.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off" })) {
    input.setAttribute(name, value);
  }
  let chosen = -1;
  let waiting = 0;
  let request = null;

  function choose(next) {
    const options = [...list.children];
    options[chosen]?.removeAttribute("aria-selected");
    chosen = options.length ? ((next + 1 + options.length + 1) % (options.length + 1)) - 1 : -1; // -1: the field itself
    if (chosen < 0) return input.removeAttribute("aria-activedescendant");
    options[chosen].setAttribute("aria-selected", "true");
    options[chosen].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[chosen].id);
  }

  function open(isOpen) {
    choose(-1);
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
  }

  function show(suggestions) {
    list.replaceChildren(
      ...suggestions.map(({ kind, text, url, lang }, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.dataset.url = url;
        option.setAttribute("role", "option");
        const words = document.createElement("span");
        words.textContent = text;
        if (lang) words.lang = lang;
        const label = document.createElement("span");
        label.className = "suggestion-kind";
        label.textContent = kind;
        option.append(words, " ", label);
        return option;
      }),
    );
    open(suggestions.length > 0 && document.activeElement === input);
  }

  async function ask() {
    const typed = input.value.trim().toLowerCase();
    request?.abort();
    if (typed.length < 2) return show([]);
    if (!asked.has(typed)) {
      request = new AbortController();
      try {
        const answer = await fetch(`/search/suggestions.json?q=${encodeURIComponent(typed)}`, { signal: request.signal });
        asked.set(typed, answer.ok ? (await answer.json()).suggestions : []);
      } catch {
        return; // something else was typed meanwhile, or there is no connection
      }
    }
    if (typed === input.value.trim().toLowerCase()) show(asked.get(typed));
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Escape") open(false);
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.url);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => open(false));
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-url]");
    if (option) location.assign(option.dataset.url);
  });
}

document.querySelectorAll('form[role="search"] input[type="search"]').forEach(suggestUnder);
// This came with the field's first focus: what was typed meanwhile is asked for now.
document.activeElement?.dispatchEvent(new Event("input"));
