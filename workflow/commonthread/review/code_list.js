// The choices for a segment: codes to tick, found by typing, used lately, suggested; and the rest.
const codeList = (pack, decisions, say) => {
  "use strict";
  const { element, number: written, plural } = wording;
  const named = (id) => document.getElementById(id);
  const [form, filter, found, list] = ["coding", "filter", "filter-found", "codes"].map(named);
  const most = 6; // codes used lately
  let current = 0;
  let lately = [];
  let whenUsed = () => {};

  const rows = [...list.querySelectorAll("[data-code]")].map((item) => {
    const id = item.dataset.code;
    const entry = document.querySelector(`[data-entry="${id}"]`);
    return {
      id,
      item,
      name: pack.codeName(id),
      box: named(`code-${id}`),
      by: named(`by-${id}`),
      more: item.querySelector(".more"),
      about: named(`about-${id}`),
      meaning: `${entry.querySelector(".lede").textContent} ${entry.querySelector("dd")?.textContent ?? ""}`,
    };
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const inSight = ({ item }) => item.getClientRects().length > 0;

  const tick = (id, on) => {
    const { codes } = decisions.current(current);
    const next = on ? [...codes, id] : codes.filter((each) => each !== id);
    decisions.change(
      current,
      { codes: next },
      `${pack.codeName(id)} ${on ? "ticked" : "taken off"}`,
    );
    if (!on) return;
    lately = [id, ...lately.filter((each) => each !== id)].slice(0, most);
    whenUsed(lately);
  };

  // Small buttons for codes. One that is pressed again goes, or is taken back.
  const chip = (id, chosen, takesOff) => {
    const button = element("button", { type: "button", "data-chip": id }, pack.codeName(id));
    if (takesOff) button.append(element("span", { class: "unseen" }, ", take off"));
    else button.setAttribute("aria-pressed", String(chosen.includes(id)));
    button.addEventListener("click", () => {
      const wasChosen = decisions.current(current).codes.includes(id);
      tick(id, !wasChosen);
    });
    return element("li", { dir: "auto" }, button);
  };
  // Anew, with the focus where it was.
  const fill = (place, ids, chosen, takesOff = false) => {
    const active = place.contains(document.activeElement) ? document.activeElement : null;
    const at = active ? [...place.querySelectorAll("button")].indexOf(active) : -1;
    place.replaceChildren(...ids.map((id) => chip(id, chosen, takesOff)));
    if (!active) return;
    const buttons = [...place.querySelectorAll("button")];
    const same = buttons.find((button) => button.dataset.chip === active.dataset.chip);
    (same ?? buttons[Math.min(at, buttons.length - 1)] ?? filter).focus();
  };

  const refresh = () => {
    const { codes, no_code: none, unsure, comment, new_code: suggestion } = decisions.current(current);
    for (const { id, box } of rows) box.checked = codes.includes(id);
    named("no-code").checked = none;
    if (named("unsure")) named("unsure").checked = unsure;
    const texts = [[named("comment"), comment], [named("new-code"), suggestion]];
    for (const [field, text] of texts) {
      if (field !== document.activeElement || field.value !== text) field.value = text;
    }
    fill(named("chosen"), codes, codes, true);
    named("chosen-none").hidden = codes.length > 0;
    fill(named("recent-codes"), lately, codes);
    named("recent").hidden = lately.length === 0;
    const suggested = pack.segments[current].found.filter((id) => pack.codes.has(id));
    if (named("suggested")) {
      fill(named("suggested-codes"), suggested, codes);
      named("suggested").hidden = suggested.length === 0;
    }
  };
  // Beside a code stands who brings it up: the computer, or those who coded.
  const annotate = () => {
    const { found: suggested, opinions } = pack.segments[current];
    for (const { id, by } of rows) {
      const people = opinions.filter(({ codes }) => codes.includes(id)).map(({ coder }) => coder);
      by.textContent = wording.visible(
        people.length ? people.join(", ") : suggested.includes(id) ? "suggested" : "",
      );
    }
  };

  // What is found: by name first, then by meaning.
  let first = null;
  const search = () => {
    const words = filter.value.trim();
    const names = rows.filter(({ id, name }) => pack.hasWords(`name ${id}`, name, words));
    const meanings = rows.filter(({ id, meaning }) => pack.hasWords(`code ${id}`, meaning, words));
    const hits = new Set([...names, ...meanings]);
    for (const row of rows) {
      row.item.hidden = !(hits.has(row) || [...hits].some(({ item }) => row.item.contains(item)));
      row.item.classList.toggle("hit", words !== "" && hits.has(row));
    }
    for (const group of list.querySelectorAll("fieldset")) {
      group.hidden = !rows.some(({ item }) => group.contains(item) && !item.hidden);
    }
    first = words ? ([...hits][0] ?? null) : null;
    if (!words) found.textContent = "";
    else if (!first) found.textContent = "No code is found.";
    else {
      found.textContent = wording.visible(
        `${written(hits.size)} ${plural("code", hits.size)} found. Enter ticks ${first.name}.`,
      );
    }
  };
  filter.addEventListener("input", search);
  filter.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      rows.find(inSight)?.box.focus();
    }
    if (event.key === "Escape" && filter.value) {
      event.preventDefault();
      filter.value = "";
      search();
    }
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (!first) return;
    const on = !first.box.checked;
    const { id, name } = first;
    tick(id, on);
    filter.value = "";
    search();
    say(`${on ? "Ticked" : "Taken off"}: ${name}.`);
  });

  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.type !== "checkbox") return;
    event.preventDefault();
    const there = rows.filter(inSight);
    const next = there[there.findIndex(({ box }) => box === event.target) + step];
    (next?.box ?? (step < 0 ? filter : event.target)).focus();
  });
  list.addEventListener("change", ({ target }) => {
    if (byId.has(target.value)) tick(target.value, target.checked);
  });
  list.addEventListener("click", ({ target }) => {
    const row = rows.find(({ more }) => more.contains(target));
    if (!row) return;
    const open = row.about.hidden;
    if (open && !row.about.hasChildNodes()) {
      const entry = document.querySelector(`[data-entry="${row.id}"] .meaning`);
      row.about.append(entry.cloneNode(true));
    }
    row.about.hidden = !open;
    row.more.setAttribute("aria-expanded", String(open));
  });
  named("no-code").addEventListener("change", ({ target }) => {
    decisions.change(
      current,
      { no_code: target.checked },
      `\u201cNo code fits\u201d ${target.checked ? "ticked" : "taken off"}`,
    );
  });
  named("unsure")?.addEventListener("change", ({ target }) => {
    decisions.change(
      current,
      { unsure: target.checked },
      `\u201cI am not sure\u201d ${target.checked ? "ticked" : "taken off"}`,
    );
  });
  for (const [id, field, said] of [
    ["comment", "comment", "what you wrote in the comment"],
    ["new-code", "new_code", "what you suggested as a code"],
  ]) {
    named(id).addEventListener("input", ({ target }) => {
      decisions.change(current, { [field]: target.value }, said, field);
    });
    named(id).addEventListener("blur", decisions.pause);
  }
  form.addEventListener("submit", (event) => event.preventDefault());

  return {
    refresh,
    show: (number) => {
      current = number;
      if (filter.value) {
        filter.value = "";
        search();
      }
      annotate();
      refresh();
    },
    useLately: (ids) => {
      lately = ids.filter((id) => pack.codes.has(id)).slice(0, most);
    },
    onUse: (act) => {
      whenUsed = act;
    },
    focusFilter: () => filter.focus(),
  };
};
