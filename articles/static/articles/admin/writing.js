// The article's form: show the picture as soon as it is chosen, and ask before written text is left behind.
"use strict";

addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("article_form");
  if (!form) return;
  let written = form.querySelector(".errornote") !== null;

  const note = () => { written = true; };
  for (const kind of ["input", "change", "paste"]) form.addEventListener(kind, note);
  form.addEventListener("keydown", (event) => {
    if (event.target.closest(".ProseMirror") && !event.ctrlKey && !event.metaKey) note();
  });
  form.addEventListener("submit", (event) => {
    if (event.target === form) written = false; // the editor's own small forms are sent within this one
  });
  addEventListener("beforeunload", (event) => { if (written) event.preventDefault(); });

  const chosen = document.getElementById("id_lead_image");
  const picture = document.querySelector(".field-picture .desk-picture");
  if (!chosen || !picture) return;
  const show = () => {
    picture.hidden = !chosen.value;
    if (chosen.value) picture.src = `${picture.dataset.images}${encodeURIComponent(chosen.value)}/thumbnail/`;
  };
  django.jQuery(chosen).on("change", show); // the autocomplete field speaks through jQuery only
});
