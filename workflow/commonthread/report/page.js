// What the other scripts of the page share with this one.
const report = (() => {
  "use strict";
  const status = document.getElementById("status");
  const say = (words) => {
    status.textContent = words;
  };

  // Folds: open in the file, so that everything can be read without scripts.
  const folds = [...document.querySelectorAll("details.folded")];
  for (const fold of folds) {
    fold.open = false;
    fold.classList.add("ready");
  }

  const save = (href, name) => {
    const link = document.createElement("a");
    link.href = href;
    link.download = name;
    link.click();
    say(`Saved ${name}`);
  };

  // Tables as CSV. Spreadsheets run what starts like a formula, so such a text gets a leading "'".
  const formula = /^\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\uff05]/u;
  const field = (cell) => {
    const value = cell.dataset.value;
    if (value !== undefined) return value;
    const text = cell.textContent.trim();
    return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  };
  const saveTable = (id) => {
    const rows = [...document.getElementById(id).rows];
    const lines = rows.map((row) => [...row.cells].map(field).join(","));
    // The mark at the start tells spreadsheets that the file is UTF-8.
    const file = new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv" });
    const address = URL.createObjectURL(file);
    save(address, `${id}.csv`);
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { csv } = button.dataset;
    if (csv) saveTable(csv);
  });

  // On paper everything is open.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = folds.filter((fold) => !fold.open);
    for (const fold of folded) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
    folded = [];
  });

  return { say, save };
})();
