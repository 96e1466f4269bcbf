// How a person marked words: what they are, and what is to replace them; with undo and redo.
const openMarks = (list, store) => {
  "use strict";
  const kinds = list.kinds.map(([kind]) => kind);
  const harmless = "harmless";
  const marks = new Map();
  let past = [];
  let future = [];
  let whenChanged = () => {};

  // A mark from outside (the browser's store, a file) if it is one, or else nothing.
  const plain = (value) => {
    const right =
      value !== null &&
      typeof value === "object" &&
      kinds.includes(value.kind) &&
      typeof value.replacement === "string" &&
      typeof value.date === "string" &&
      !Number.isNaN(Date.parse(value.date));
    if (!right) return null;
    const replacement = writing.cleaned(value.replacement, list.longest).replace(/\s+/g, " ");
    return { kind: value.kind, replacement: value.kind === harmless ? "" : replacement, date: value.date };
  };
  const put = (number, mark) => {
    if (mark) marks.set(number, mark);
    else marks.delete(number);
  };
  const set = (changes) => {
    for (const [number, mark] of changes) {
      put(number, mark);
      store.write(String(number), mark);
    }
    whenChanged([...changes.keys()]);
  };
  // "typed" tells one change that goes on from another, so that both are undone together.
  const act = (said, changes, typed = null) => {
    const last = past.at(-1);
    if (typed && last?.typed === typed && !future.length) {
      last.after = changes;
    } else {
      const before = new Map([...changes.keys()].map((number) => [number, marks.get(number)]));
      past.push({ said, before, after: changes, typed });
    }
    future = [];
    set(changes);
  };
  const step = (from, to, side) => {
    const action = from.pop();
    if (!action) return null;
    to.push(action);
    action.typed = null;
    set(action[side]);
    return { said: action.said, number: [...action[side].keys()][0] };
  };

  let unreadable = 0;
  for (const [id, value] of store.readAll()) {
    const mark = plain(value);
    if (mark) put(Number(id), mark);
    else unreadable += 1;
  }
  store.onOther((id, value) => {
    const number = Number(id);
    put(number, plain(value));
    past = past.filter(({ after }) => !after.has(number));
    future = future.filter(({ after }) => !after.has(number));
    whenChanged([number]);
  });

  return {
    unreadable,
    plain,
    harmless,
    onChange: (react) => {
      whenChanged = react;
    },
    of: (number) => marks.get(number) ?? null,
    numbers: () => [...marks.keys()].sort((one, other) => one - other),
    count: () => marks.size,
    // Marks words as a kind; with no kind, as not marked yet.
    mark: (number, kind) => {
      const { replacement = "" } = marks.get(number) ?? {};
      const next = kind
        ? { kind, replacement: kind === harmless ? "" : replacement, date: writing.now() }
        : undefined;
      act("the mark of words", new Map([[number, next]]), `${number} kind`);
    },
    // What is replaced is something, if nobody says what.
    replaceWith: (number, text) => {
      const { kind = "other" } = marks.get(number) ?? {};
      const replacement = writing.cleaned(text, list.longest).replace(/\s+/g, " ");
      const next = { kind, replacement, date: writing.now() };
      act("what words are replaced with", new Map([[number, next]]), `${number} text`);
    },
    markAll: (numbers, kind, said) => {
      const mark = { kind, replacement: "", date: writing.now() };
      act(said, new Map(numbers.map((number) => [number, mark])));
    },
    // What is typed from now on is undone by itself.
    pause: () => {
      if (past.length) past.at(-1).typed = null;
    },
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    undo: () => step(past, future, "before"),
    redo: () => step(future, past, "after"),
    // Takes in marks of a file: of two of the same words, the later one counts.
    join: (found) => {
      const changes = new Map(
        [...found].filter(([number, { date }]) => {
          const mine = marks.get(number);
          return !mine || Date.parse(date) > Date.parse(mine.date);
        }),
      );
      if (changes.size) act("the file was loaded", changes);
      return changes.size;
    },
    forget: () => {
      const numbers = [...marks.keys()];
      marks.clear();
      [past, future] = [[], []];
      whenChanged(numbers);
    },
  };
};
