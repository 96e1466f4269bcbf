// The words on the page, some at a time: filtered, in groups, each with its marks to choose from.
// "moved" hears which words are the first that are shown.
const unlistedList = (list, marks, moved) => {
  "use strict";
  const { element, number: written, plural, quoted } = wording;
  const named = (id) => document.getElementById(id);
  const page = 25;
  const [place, title, found] = ["words", "list-title", "list-found"].map(named);
  const [looked, group, state] = ["sought", "group", "state"].map(named);
  const nameOf = new Map(list.kinds);
  const states = [
    ["", "All", () => true],
    ["open", "Not marked yet", (number) => !marks.of(number)],
    ["marked", "Marked", (number) => marks.of(number)],
    ...list.kinds.map(([kind, name]) => [kind, name, (number) => marks.of(number)?.kind === kind]),
  ];
  state.append(...states.map(([value, name]) => element("option", { value }, name)));
  group.append(
    ...list.groups.map((name, at) => {
      const size = list.entries.filter((entry) => entry.group === at).length;
      return element("option", { value: String(at) }, `${name} (${written(size)})`);
    }),
  );

  const often = ({ times, files }) =>
    `${written(times)} ${plural("time", times)}, in ${written(files)} ${plural("file", files)}`;
  const said = ([before, words, after]) =>
    element("li", { dir: "auto" }, before, element("mark", {}, words), after);
  const radio = (number, kind, name) =>
    element(
      "span",
      { class: "choice" },
      element("input", { type: "radio", name: `kind-${number}`, id: `kind-${number}-${kind}`, value: kind }),
      element("label", { for: `kind-${number}-${kind}` }, name),
    );
  const item = (number) => {
    const entry = list.entries[number];
    return element(
      "li",
      { class: "item", id: `entry-${number}`, "data-number": String(number) },
      element("h4", { id: `words-${number}`, tabindex: "-1" }, element("bdi", {}, entry.words)),
      element("p", { class: "often" }, often(entry)),
      element("ul", { class: "said" }, ...entry.said.map(said)),
      element(
        "fieldset",
        {},
        element("legend", {}, "What is ", element("bdi", {}, quoted(entry.words)), "?"),
        radio(number, "", "Not marked yet"),
        ...list.kinds.map(([kind, name]) => radio(number, kind, name)),
      ),
      element(
        "p",
        { class: "instead", id: `instead-line-${number}` },
        element(
          "label",
          { for: `instead-${number}` },
          "Replace with",
          element("span", { class: "unseen" }, " instead of ", element("bdi", {}, quoted(entry.words))),
        ),
        element("input", {
          type: "text",
          id: `instead-${number}`,
          list: "pseudonyms",
          maxlength: String(list.longest),
          dir: "auto",
          spellcheck: "false",
          "aria-describedby": `wrong-${number}`,
        }),
      ),
      element("p", { class: "wrong", id: `wrong-${number}`, role: "alert" }),
    );
  };
  const refresh = (number) => {
    const entry = named(`entry-${number}`);
    if (!entry) return;
    const { kind = "", replacement = "" } = marks.of(number) ?? {};
    named(`kind-${number}-${kind}`).checked = true;
    if (kind) entry.dataset.kind = kind;
    else delete entry.dataset.kind;
    const field = named(`instead-${number}`);
    const typed = field.value.replace(/\s+/g, " ").trim();
    if (field !== document.activeElement || typed !== replacement.trim()) field.value = replacement;
    named(`instead-line-${number}`).hidden = kind === marks.harmless;
    const wrong = list.stays(number, replacement)
      ? "The words themselves stand in it, so they would stay. Please write something else."
      : "";
    if (named(`wrong-${number}`).textContent !== wrong) named(`wrong-${number}`).textContent = wrong;
    field.setAttribute("aria-invalid", String(wrong !== ""));
  };

  let numbers = [];
  let first = 0;
  const shown = () => numbers.slice(first, first + page);
  const show = () => {
    const made = [];
    let of = null;
    for (const number of shown()) {
      const { group: at } = list.entries[number];
      if (at !== of) {
        of = at;
        made.push(element("h3", { class: "group" }, list.groups[at]), element("ul", { class: "items" }));
      }
      made.at(-1).append(item(number));
    }
    place.replaceChildren(...made);
    shown().forEach(refresh);
    const last = Math.min(first + page, numbers.length);
    title.textContent = numbers.length
      ? `Words ${written(first + 1)} to ${written(last)} of ${written(numbers.length)}`
      : "No words";
    named("earlier").hidden = first === 0;
    named("later").hidden = last >= numbers.length;
    named("rest").hidden = !shown().some((number) => !marks.of(number));
    if (numbers.length) moved(numbers[first]);
  };
  const choose = () => {
    const [, , wanted] = states.find(([value]) => value === state.value);
    const words = looked.value.trim();
    const of = group.value === "" ? null : Number(group.value);
    numbers = list.entries
      .map((_, number) => number)
      .filter(
        (number) =>
          (of === null || list.entries[number].group === of) &&
          wanted(number) &&
          (!words || list.hasWords(number, words)),
      );
    first = 0;
  };
  let timer;
  named("filters").addEventListener("input", ({ target }) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      choose();
      show();
      found.textContent = `${numbers.length ? written(numbers.length) : "No"} of ${written(list.total)} ${numbers.length === 1 ? "is" : "are"} shown.`;
    }, target === looked ? 200 : 0);
  });
  named("filters").addEventListener("submit", (event) => event.preventDefault());

  const turn = (by) => {
    first = Math.max(first + by * page, 0);
    show();
    title.scrollIntoView({ behavior: "instant" });
    title.focus({ preventScroll: true });
  };
  named("earlier").addEventListener("click", () => turn(-1));
  named("later").addEventListener("click", () => turn(1));

  const numberOf = (target) => {
    const entry = target.closest?.("[data-number]");
    return entry ? Number(entry.dataset.number) : null;
  };
  place.addEventListener("change", ({ target }) => {
    if (target.type !== "radio") return;
    marks.mark(numberOf(target), target.value);
  });
  place.addEventListener("input", ({ target }) => {
    if (target.type !== "text") return;
    const number = numberOf(target);
    // What is emptied before it was marked stays not marked.
    if (target.value.trim() || marks.of(number)) marks.replaceWith(number, target.value);
  });
  place.addEventListener("focusout", marks.pause);

  // Brings words into sight: where they are filtered out, all are shown again.
  const go = (number) => {
    if (!numbers.includes(number)) {
      [looked.value, group.value, state.value] = ["", "", ""];
      choose();
      found.textContent = "";
    }
    const at = numbers.indexOf(number);
    if (at < first || at >= first + page || !named(`entry-${number}`)) {
      first = Math.floor(at / page) * page;
      show();
    }
    const { kind = "" } = marks.of(number) ?? {};
    named(`entry-${number}`).scrollIntoView({ block: "center", behavior: "instant" });
    named(`kind-${number}-${kind}`).focus({ preventScroll: true });
  };
  choose();
  return {
    go,
    refresh: (changed) => {
      changed.forEach(refresh);
      named("rest").hidden = !shown().some((number) => !marks.of(number));
    },
    name: (kind) => nameOf.get(kind) ?? "Not marked yet",
    // The words with the focus, if any have it.
    focused: () => numberOf(document.activeElement),
    // The words after or before those with the focus, of those that the filters let through; and the
    // next that are not marked. From the first on the page on where none have the focus.
    after: (by) => {
      const number = numberOf(document.activeElement);
      return numbers[number === null ? first : numbers.indexOf(number) + by] ?? null;
    },
    nextOpen: () => {
      const number = numberOf(document.activeElement);
      const at = number === null ? first : numbers.indexOf(number) + 1;
      const ahead = [...numbers.slice(at), ...numbers.slice(0, at)];
      return ahead.find((each) => !marks.of(each)) ?? list.entries.findIndex((_, each) => !marks.of(each));
    },
    open: () => shown().filter((number) => !marks.of(number)),
    showFrom: (number) => {
      first = Math.floor(Math.max(numbers.indexOf(number), 0) / page) * page;
      show();
    },
    find: () => looked.focus(),
    focusReplacement: (number) => named(`instead-${number}`).focus(),
  };
};
