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
    const button = event.target.closest("button[data-csv]");
    if (button) saveTable(button.dataset.csv);
  });

  // Packed bytes stand at the end of the page, each as the character of that number in
  // windows-1252, and five of them as "=" and the number + 64.
  const whole = new Promise((resolve) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve);
    else resolve();
  });
  const unescape = (letters) => {
    if (document.characterSet !== "windows-1252") throw new Error("The page was encoded anew.");
    const every = Uint8Array.from({ length: 256 }, (_, value) => value);
    const value = new Map();
    new TextDecoder("windows-1252").decode(every).split("").forEach((letter, at) => {
      value.set(letter.charCodeAt(0), at);
    });
    const bytes = new Uint8Array(0x10000);
    for (const [code, at] of value) bytes[code] = at;
    const found = new Uint8Array(letters.length);
    let length = 0;
    for (let at = 0; at < letters.length; at += 1) {
      let byte = bytes[letters.charCodeAt(at)];
      if (byte === 0x3d) {
        at += 1;
        byte = letters.charCodeAt(at) - 64;
      }
      found[length] = byte;
      length += 1;
    }
    return found.subarray(0, length);
  };
  // The bytes that an element holds, unpacked. The element stays, so that the page can be saved.
  const unpack = async (id) => {
    await whole;
    const packed = new Blob([unescape(document.getElementById(id).textContent)]);
    const plain = packed.stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(plain).arrayBuffer();
  };

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

  return { say, save, unpack };
})();
