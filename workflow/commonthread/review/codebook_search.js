// Finds codes by words of their names, meanings, examples and terms.
const codebookSearch = (book) => {
  "use strict";
  const { fold, startsWord, sought } = wordSearch;
  const { number: written, plural } = wording;
  const named = (id) => document.getElementById(id);
  const [field, found] = ["words", "words-found"].map(named);
  const nodes = [...document.querySelectorAll("[data-code]")].map((node) => ({
    node,
    text: fold(book.fields.map((each) => book.text(node.dataset.code, each)).join("\n").normalize("NFC")),
  }));
  const has = (text, word) => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (startsWord(text, at, word)) return true;
    }
    return false;
  };
  const search = () => {
    const words = sought(field.value);
    let hits = 0;
    for (const { node, text } of nodes) {
      const hit = words.every((word) => has(text, word));
      hits += hit ? 1 : 0;
      node.classList.toggle("passed-over", !hit);
    }
    // A code that is not found stays as a heading over those that are.
    for (const { node } of nodes) {
      node.hidden = node.matches(".passed-over") && !node.querySelector(".node:not(.passed-over)");
    }
    found.textContent = words.length
      ? `${hits ? written(hits) : "None"} of ${written(nodes.length)} ${plural("code", nodes.length)} found.`
      : "";
  };
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 150);
  });
  return {
    // Shows all codes again, for a link that leads to one of them.
    clear: () => {
      field.value = "";
      search();
    },
  };
};
