// Small comforts; every page works without them.
"use strict";

// "/" goes to the search box, as readers of code and news sites know it.
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea");
  const box = document.querySelector("input[type=search]");
  if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && box) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

// What was left empty is not asked for: addresses stay short enough to read and to send on.
for (const form of document.querySelectorAll("form[role=search]")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) {
      if (field.name && field.value === "") field.disabled = true;
    }
  });
}
// Going back in history shows the form as it was left: its empty fields must take input again.
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form[role=search] :disabled")) field.disabled = false;
});

// A printed article is whole: what is folded on the screen is unfolded on paper.
window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("main details")) fold.open = true;
});
