// What a page to work on says to whoever works on it.
const telling = (() => {
  "use strict";
  const named = (id) => document.getElementById(id);
  let said;
  return {
    named,
    // For what everybody should see, at the top of the page.
    notify: (words) => {
      named("notice").textContent = words;
      named("notice").hidden = false;
    },
    // Said once the focus has moved, so that a screen reader says both.
    say: (words) => {
      clearTimeout(said);
      named("status").textContent = "";
      said = setTimeout(() => {
        named("status").textContent = wording.visible(words);
      }, 80);
    },
  };
})();
