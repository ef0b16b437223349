// The queue of comments: one key each for what a moderator does. It presses the buttons that are there for everybody.
"use strict";

addEventListener("DOMContentLoaded", () => {
  const table = document.getElementById("result_list");
  if (!table || !document.body.classList.contains("model-comment")) return;
  const rows = [...table.tBodies[0].rows];
  const KEPT = "desk-next-comment"; // the row to go on with, while the list is loaded again
  const pk = (row) => row?.querySelector(".action-select")?.value ?? "";

  const mark = (row) => {
    if (!row) return;
    for (const other of rows) other.tabIndex = other === row ? 0 : -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const marked = () => rows.find((row) => row.contains(document.activeElement));
  const step = (by) => mark(rows[Math.min(Math.max(rows.indexOf(marked()) + by, 0), rows.length - 1)]);

  const press = (row, key) => {
    if (key === "x") return row.querySelector(".action-select")?.click();
    const button = row.querySelector(`[data-key="${key}"]`);
    button?.click();
  };

  // However a comment is decided, by key, by click or by the page that asks why, the next one is marked afterwards.
  table.addEventListener("click", (event) => {
    const button = event.target.closest("[data-key]");
    if (!button) return;
    const place = rows.indexOf(button.closest("tr"));
    const next = button.dataset.key === "o" ? rows[place] : rows[place + 1] ?? rows[place - 1];
    sessionStorage.setItem(KEPT, pk(next));
  });

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && event.key !== "j" && event.key !== "k") return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    } else if ("arsepox".includes(event.key) && marked()) {
      press(marked(), event.key);
    } else {
      return;
    }
    event.preventDefault();
  });

  document.getElementById("desk-keys")?.removeAttribute("hidden");
  for (const row of rows) row.tabIndex = -1;
  if (rows[0]) rows[0].tabIndex = 0;
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  const next = kept && rows.find((row) => pk(row) === kept);
  if (next) mark(next);
});
