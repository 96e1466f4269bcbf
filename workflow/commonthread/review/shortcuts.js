// Keys that do something wherever one is on the page. Single letters only for who wants them, and
// never while somebody writes.
// "wanted" are letter, what it does in words, and what to do; "acts" are what Control and a key do:
// enter, undo and redo.
const shortcuts = (wanted, acts) => {
  "use strict";
  const { element } = wording;
  const letters = new Map(wanted.map(([letter, name, act]) => [letter, [name, act]]));
  document.getElementById("letter-keys").append(
    ...[...letters].map(([letter, [name]]) =>
      element(
        "div",
        {},
        element("dt", {}, element("kbd", {}, letter.toUpperCase())),
        element("dd", {}, name),
      ),
    ),
  );
  let on = false;
  const writes = (target) =>
    target.isContentEditable ||
    ["TEXTAREA", "SELECT"].includes(target.tagName) ||
    (target.tagName === "INPUT" && !["checkbox", "radio"].includes(target.type));

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const { key, altKey, shiftKey } = event;
    const control = event.ctrlKey || event.metaKey;
    const does = (act) => {
      event.preventDefault();
      act();
    };
    if (control && !altKey && key === "Enter") does(acts.enter);
    else if (writes(event.target)) return;
    else if (control && !altKey && key.toLowerCase() === "z") does(shiftKey ? acts.redo : acts.undo);
    else if (control && !altKey && key.toLowerCase() === "y") does(acts.redo);
    else if (on && !control && !altKey && !shiftKey && letters.has(key)) does(letters.get(key)[1]);
  });
  return {
    set: (use) => {
      on = use;
    },
  };
};
