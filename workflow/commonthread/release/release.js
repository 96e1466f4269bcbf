// What the person who releases the folder ticks and writes, and the file that says so.
// release/record.py reads it.
(() => {
  "use strict";
  const record = JSON.parse(document.getElementById("record").textContent);
  const form = document.getElementById("release");
  const missing = document.getElementById("missing");
  const saved = document.getElementById("saved");
  const ticks = [...form.querySelectorAll("input[type=checkbox]")];
  const fields = ["released_by", "capacity", "where_to", "reason", "note"];
  const field = (name) => document.getElementById(name);
  const written = (name) => field(name)?.value.trim() ?? "";
  const labelOf = (control) => form.querySelector(`label[for="${control.id}"]`).textContent;

  // Reading takes more than one sitting. Only what is ticked is kept, and only for this folder.
  const key = `commonthread-release:${record.folder_sha256}`;
  try {
    const kept = JSON.parse(window.localStorage.getItem(key) ?? "[]");
    for (const tick of ticks) tick.checked = kept.includes(tick.name);
  } catch {
    // Then nothing was kept.
  }
  const ticked = () => ticks.filter((tick) => tick.checked).map((tick) => tick.name);
  form.addEventListener("change", () => {
    try {
      window.localStorage.setItem(key, JSON.stringify(ticked()));
    } catch {
      // The page works without it.
    }
  });

  const open = () => {
    const required = ["released_by", "reason"].map(field).filter((each) => each !== null);
    return [
      ...ticks.filter((tick) => !tick.checked),
      ...required.filter((each) => each.value.trim() === ""),
    ];
  };
  const say = (left) => {
    for (const control of [...ticks, ...form.querySelectorAll("input[type=text], textarea")]) {
      control.toggleAttribute("aria-invalid", false);
      if (left.includes(control)) control.setAttribute("aria-invalid", "true");
    }
    missing.hidden = left.length === 0;
    missing.replaceChildren();
    if (left.length === 0) return;
    const head = document.createElement("p");
    head.textContent = "This is still open. If you cannot see to it, please do not release the folder.";
    const list = document.createElement("ul");
    for (const control of left) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${control.id}`;
      link.textContent = labelOf(control);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        control.focus();
      });
      item.append(link);
      list.append(item);
    }
    missing.append(head, list);
    missing.focus();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const left = open();
    say(left);
    saved.hidden = true;
    if (left.length > 0) return;
    const date = new Date().toISOString();
    const own = Object.fromEntries(fields.map((name) => [name, written(name)]));
    const content = { ...record, ...own, date, looked_at: ticked() };
    const name = `release-${date.slice(0, 10)}-${record.folder_sha256.slice(0, 8)}.json`;
    const file = new Blob([`${JSON.stringify(content, null, 1)}\n`], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    saved.hidden = false;
    saved.textContent = `Saved as ${name}. Please put it into the folder releases of your study.`;
  });
})();
