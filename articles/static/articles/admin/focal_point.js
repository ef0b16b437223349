// A click on the picture sets its focal point.
"use strict";

addEventListener("DOMContentLoaded", () => {
  const frame = document.querySelector(".desk-focus");
  const across = document.getElementById("id_focal_x");
  const down = document.getElementById("id_focal_y");
  if (!frame || !across || !down) return;
  const mark = document.createElement("span");
  mark.className = "desk-focus-mark";
  frame.append(mark);
  const place = () => {
    mark.style.left = `${100 * across.value}%`;
    mark.style.top = `${100 * down.value}%`;
  };
  frame.addEventListener("click", (event) => {
    const box = frame.getBoundingClientRect();
    across.value = ((event.clientX - box.left) / box.width).toFixed(2);
    down.value = ((event.clientY - box.top) / box.height).toFixed(2);
    place();
  });
  for (const field of [across, down]) field.addEventListener("input", place);
  place();
});
