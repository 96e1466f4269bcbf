// What a person decides about each segment, with its history, what is begun, undo and redo.
const openDecisions = (pack, store) => {
  "use strict";
  const longest = { comment: 5000, new_code: 200 };
  const outcomes = pack.deciding ? ["decided", "open", "codebook"] : [""];
  const blank = {
    codes: [],
    no_code: false,
    unsure: false,
    comment: "",
    new_code: "",
    outcome: outcomes[0],
  };
  const fields = Object.keys(blank);
  const order = new Map([...pack.codes.keys()].map((id, place) => [id, place]));
  const isAspect = (id) => pack.codes.get(id).dimension === "aspect";
  const sorted = (codes) => [...new Set(codes)].sort((one, other) => order.get(one) - order.get(other));
  const same = (one, other) =>
    fields.every((field) => JSON.stringify(one[field]) === JSON.stringify(other[field]));

  const cleaned = (text, field) => writing.cleaned(text, longest[field]);
  // A judgement from outside (the browser's store, a file) if it is one, or else nothing.
  const plain = (value) => {
    if (value === null || typeof value !== "object" || !Array.isArray(value.codes)) return null;
    const outcome = value.outcome ?? "";
    const right =
      value.codes.every((id) => order.has(id)) &&
      typeof value.no_code === "boolean" &&
      typeof value.unsure === "boolean" &&
      typeof value.comment === "string" &&
      typeof value.new_code === "string" &&
      outcomes.includes(outcome);
    if (!right) return null;
    return {
      codes: sorted(value.codes),
      no_code: value.no_code,
      unsure: value.unsure,
      comment: cleaned(value.comment, "comment"),
      new_code: cleaned(value.new_code, "new_code"),
      outcome,
    };
  };
  const decision = (value) => {
    const judged = plain(value);
    const dated = judged && typeof value.date === "string" && !Number.isNaN(Date.parse(value.date));
    return dated ? { ...judged, date: value.date } : null;
  };
  // What the store has of a segment; "whole" says whether all of it could be read.
  const record = (value) => {
    const list = Array.isArray(value?.decided) ? value.decided : [];
    const decided = list.map(decision);
    const begun = value?.begun ? plain(value.begun) : null;
    return {
      decided: decided.filter(Boolean),
      begun,
      whole: decided.every(Boolean) && list === value?.decided && Boolean(value.begun) === Boolean(begun),
    };
  };

  const empty = { decided: [], begun: null };
  const records = new Map();
  const done = { all: 0, bySource: new Map() };
  let decisions = 0;
  let past = [];
  let future = [];
  let whenChanged = () => {};

  const of = (number) => records.get(number) ?? empty;
  const put = (number, next) => {
    const before = of(number);
    decisions += next.decided.length - before.decided.length;
    const more = Number(next.decided.length > 0) - Number(before.decided.length > 0);
    if (more) {
      const source = pack.source(number);
      done.all += more;
      done.bySource.set(source, (done.bySource.get(source) ?? 0) + more);
    }
    if (next.decided.length || next.begun) records.set(number, next);
    else records.delete(number);
  };
  const keep = (number) => {
    store.write(pack.segments[number].id, records.get(number));
  };
  const set = (number, next) => {
    put(number, next);
    keep(number);
    whenChanged(number);
  };

  // What everybody chose, where there is more than one: it is ticked from the start.
  const agreed = (number) => {
    const { opinions } = pack.segments[number];
    if (!pack.deciding || opinions.length < 2) return blank;
    return {
      ...blank,
      codes: sorted(
        opinions[0].codes.filter(
          (id) => order.has(id) && opinions.every(({ codes }) => codes.includes(id)),
        ),
      ),
      no_code: opinions.every(({ no_code: none }) => none),
    };
  };
  const settled = (number) => of(number).decided.at(-1) ?? agreed(number);
  const current = (number) => of(number).begun ?? settled(number);

  const act = (said, changes, typed = null) => {
    const last = past.at(-1);
    const before = new Map([...changes.keys()].map((number) => [number, of(number)]));
    if (typed && last && last.typed === typed && !future.length) {
      last.after = changes;
    } else {
      past.push({ said, before, after: changes, typed });
    }
    future = [];
    for (const [number, next] of changes) set(number, next);
  };
  const change = (number, changes, said, field = "") => {
    const next = { ...current(number), ...changes };
    for (const name of Object.keys(longest)) next[name] = cleaned(next[name], name);
    next.codes = sorted(next.codes);
    // No code fits, or some do; what kind of thing it is can be said either way.
    if (changes.no_code) next.codes = next.codes.filter(isAspect);
    else if (next.codes.some((id) => !isAspect(id))) next.no_code = false;
    const { decided } = of(number);
    const begun = same(next, settled(number)) ? null : next;
    act(said, new Map([[number, { decided, begun }]]), field ? `${number} ${field}` : null);
  };

  // What is missing before the segment can count, if anything.
  const missing = (number) => {
    const { codes, no_code: none, unsure, outcome, comment } = current(number);
    if (outcome === "codebook" && !comment.trim()) return "comment";
    if (outcome === "open" || outcome === "codebook" || none || unsure) return "";
    if (codes.some((id) => !isAspect(id))) return "";
    return codes.length ? "about" : "all";
  };
  const decide = (number, said) => {
    const { decided, begun } = of(number);
    if (decided.length && !begun) return;
    const judged = current(number);
    const open = ["open", "codebook"].includes(judged.outcome);
    const next = {
      ...judged,
      ...(open ? { codes: [], no_code: false } : {}),
      comment: judged.comment.trim(),
      new_code: judged.new_code.trim(),
      date: writing.now(),
    };
    act(said, new Map([[number, { decided: [...decided, next], begun: null }]]));
  };
  const step = (from, to, side) => {
    const action = from.pop();
    if (!action) return null;
    to.push(action);
    action.typed = null;
    for (const [number, next] of action[side]) set(number, next);
    return { said: action.said, number: [...action[side].keys()][0] };
  };

  // Takes in decisions of another copy: of each segment all are kept, in the order of their dates.
  const join = (found) => {
    const changes = new Map();
    for (const [number, { decided, begun }] of found) {
      const mine = of(number);
      const have = new Set(mine.decided.map((each) => JSON.stringify(each)));
      const more = decided.filter((each) => !have.has(JSON.stringify(each)));
      const all = [...mine.decided, ...more].sort(
        (one, other) => Date.parse(one.date) - Date.parse(other.date),
      );
      // What was begun in the file goes on only from where the file left off.
      const last = JSON.stringify(all.at(-1));
      const goesOn = begun && last === JSON.stringify(decided.at(-1));
      const next = { decided: all, begun: mine.begun ?? (goesOn ? begun : null) };
      if (JSON.stringify(next) !== JSON.stringify(mine)) changes.set(number, next);
    }
    const before = decisions;
    if (changes.size) act("the file was loaded", changes);
    return { segments: changes.size, decisions: decisions - before };
  };

  let unreadable = 0;
  for (const [id, value] of store.readAll()) {
    const { whole, ...kept } = record(value);
    put(pack.number(id), kept);
    unreadable += whole ? 0 : 1;
  }
  store.onOther((id, value) => {
    const number = pack.number(id);
    const { decided, begun } = record(value);
    put(number, { decided, begun });
    past = past.filter(({ after }) => !after.has(number));
    future = future.filter(({ after }) => !after.has(number));
    whenChanged(number);
  });

  return {
    unreadable,
    onChange: (react) => {
      whenChanged = react;
    },
    state: (number) => {
      const { decided, begun } = of(number);
      if (begun) return decided.length ? "changed" : "begun";
      return decided.length ? "done" : "new";
    },
    current,
    agreed,
    history: (number) => of(number).decided,
    begun: (number) => of(number).begun,
    numbers: () => [...records.keys()].sort((one, other) => one - other),
    done,
    total: () => decisions,
    plain,
    decision,
    isAspect,
    change,
    pause: () => {
      if (past.length) past.at(-1).typed = null;
    },
    missing,
    decide,
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    undo: () => step(past, future, "before"),
    redo: () => step(future, past, "after"),
    // What stands in a file that was sent off can be changed, but no longer undone.
    settle: () => {
      past = [];
      future = [];
    },
    join,
    forget: () => {
      for (const number of [...records.keys()]) put(number, empty);
      past = [];
      future = [];
      store.forget();
    },
  };
};
