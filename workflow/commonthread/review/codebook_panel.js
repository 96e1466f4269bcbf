// The codebook beside the work, to read and to search.
const codebookPanel = (pack) => {
  "use strict";
  const { number: written, plural } = wording;
  const [panel, field, found] = ["codebook", "codebook-words", "codebook-found"].map((id) =>
    document.getElementById(id),
  );
  const sections = [...panel.querySelectorAll("section")];
  const entries = [...panel.querySelectorAll("[data-entry]")].map((item) => ({
    item,
    // A theme's own entry stands under the heading of its section.
    text: `${pack.codeName(item.dataset.entry)} ${item.textContent}`,
  }));
  field.addEventListener("input", () => {
    const words = field.value.trim();
    let hits = 0;
    for (const { item, text } of entries) {
      item.hidden = !pack.hasWords(`entry ${item.dataset.entry}`, text, words);
      hits += item.hidden ? 0 : 1;
    }
    for (const section of sections) {
      section.hidden = !section.querySelector("[data-entry]:not([hidden])");
    }
    found.textContent = words
      ? `${hits ? written(hits) : "None"} of ${written(entries.length)} ${plural("code", entries.length)} found.`
      : "";
  });
  return { open: () => panel.showModal() };
};
