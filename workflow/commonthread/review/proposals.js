// What a person comments and proposes, with what is begun, undo and redo. Each has an id under which
// the browser keeps it: {done: what is in the list, begun: what is being written}.
const openProposals = (book, store) => {
  "use strict";
  const kinds = [
    ...["comment", "wording", "example", "rename", "merge", "split", "move", "retire", "new"],
  ];
  const longest = { text: 20000, short: 500 };
  const blank = {
    kind: "comment",
    code_id: "",
    wording: {},
    others: [],
    parts: [],
    parent: null,
    why: "",
    segment_ids: [],
    author: "",
    role: "",
  };

  const isText = (value) => typeof value === "string";
  const isList = (value, holds) => Array.isArray(value) && value.length <= 500 && value.every(holds);
  const isPart = (value) => isText(value?.name) && isText(value.plain);
  const { cleaned } = writing;
  // A proposal from outside (the browser's store, a file) if it is one, or else nothing.
  const plain = (value) => {
    const right =
      value !== null &&
      typeof value === "object" &&
      kinds.includes(value.kind) &&
      (value.code_id === "" ? ["comment", "new"].includes(value.kind) : book.codes.has(value.code_id)) &&
      value.wording !== null &&
      typeof value.wording === "object" &&
      Object.entries(value.wording).every(([field, text]) => book.fields.includes(field) && isText(text)) &&
      isList(value.others, (id) => book.codes.has(id)) &&
      isList(value.parts, isPart) &&
      (value.parent === null || value.parent === "" || book.codes.has(value.parent)) &&
      isList(value.segment_ids, isText) &&
      ["why", "author", "role"].every((key) => isText(value[key]));
    if (!right) return null;
    return {
      kind: value.kind,
      code_id: value.code_id,
      wording: Object.fromEntries(
        book.fields
          .filter((field) => Object.hasOwn(value.wording, field))
          .map((field) => [field, cleaned(value.wording[field], longest.text)]),
      ),
      others: [...new Set(value.others)],
      parts: value.parts.map((part) => ({
        name: cleaned(part.name, longest.short),
        plain: cleaned(part.plain, longest.text),
      })),
      parent: value.parent,
      why: cleaned(value.why, longest.text),
      segment_ids: [...new Set(value.segment_ids.map((id) => cleaned(id, longest.short)))].filter(Boolean),
      author: cleaned(value.author, longest.short),
      role: cleaned(value.role, longest.short),
    };
  };
  const dated = (value) => {
    const made = plain(value);
    const right = made && isText(value.date) && !Number.isNaN(Date.parse(value.date));
    return right && !lacking(made) ? { ...made, date: value.date } : null;
  };

  // What is missing before a proposal can be added: the field and a sentence, or nothing.
  const lacking = ({ kind, wording, others, parts, parent, why, code_id: id }) => {
    const empty = (field) => !wording[field]?.trim();
    if (kind === "comment" && !why.trim()) return ["why", "Please write your comment."];
    if (kind === "wording") {
      const needed = ["plain", "definition"].find((field) => field in wording && empty(field));
      if (needed) return [`word-${needed}`, `\u201c${book.labels[needed]}\u201d cannot be empty. If the code should go, choose \u201cDo without it\u201d.`];
      if (!Object.keys(wording).length) return ["word-plain", "No text is changed yet. Change one, or write a comment in place of it."];
    }
    if (kind === "example" && empty("examples")) return ["example", "Please write an example."];
    if (kind === "rename" && (empty("name") || wording.name.trim() === book.name(id).trim())) {
      return ["new-name", "Please write another name than it has now."];
    }
    if (kind === "merge" && !others.length) return ["other-1", "Please choose the code to join it with."];
    if (kind === "split" && (parts.length < 2 || !parts.every((part) => part.name.trim() && part.plain.trim()))) {
      return ["parts", "Please give at least two parts, each with a name and what it means."];
    }
    if (kind === "new" && empty("name")) return ["code-name", "Please give the new code a name."];
    if (kind === "new" && empty("plain")) return ["code-plain", "Please say in plain words what it means."];
    if (["move", "new"].includes(kind) && parent === null) return ["parent", "Please choose where it should stand."];
    if (kind === "move" && parent === book.parent(id)) return ["parent", "It stands there already. Please choose another place."];
    return null;
  };

  const empty = { done: null, begun: null };
  const records = new Map();
  let past = [];
  let future = [];
  let whenChanged = () => {};
  const of = (id) => records.get(id) ?? empty;
  const put = (id, next) => {
    if (next.done || next.begun) records.set(id, next);
    else records.delete(id);
  };
  const set = (id, next) => {
    put(id, next);
    store.write(id, records.get(id));
    whenChanged(id);
  };
  const act = (said, changes) => {
    const before = new Map([...changes.keys()].map((id) => [id, of(id)]));
    past.push({ said, before, after: changes });
    future = [];
    for (const [id, next] of changes) set(id, next);
  };
  const step = (from, to, side) => {
    const action = from.pop();
    if (!action) return null;
    to.push(action);
    for (const [id, next] of action[side]) set(id, next);
    return action.said;
  };
  // Ids in the order in which they were made.
  const isId = (text) => isText(text) && /^p[0-9a-f]{20}$/.test(text);
  const newId = () => {
    const [chance] = crypto.getRandomValues(new Uint32Array(1));
    return `p${Date.now().toString(16).padStart(12, "0")}${chance.toString(16).padStart(8, "0")}`;
  };
  const ids = () => [...records.keys()].sort();
  const done = () => ids().filter((id) => of(id).done);

  // What the store or a file has of a proposal; "whole" says whether all of it could be read.
  const record = (value) => {
    const made = value?.done ? dated(value.done) : null;
    const begun = value?.begun ? plain(value.begun) : null;
    return {
      done: made,
      begun,
      whole: Boolean(value?.done) === Boolean(made) && Boolean(value?.begun) === Boolean(begun),
    };
  };
  let unreadable = 0;
  for (const [id, value] of store.readAll()) {
    const { whole, ...kept } = record(value);
    put(id, kept);
    unreadable += whole ? 0 : 1;
  }
  store.onOther((id, value) => {
    const { done: made, begun } = record(value);
    put(id, { done: made, begun });
    past = past.filter(({ after }) => !after.has(id));
    future = future.filter(({ after }) => !after.has(id));
    whenChanged(id);
  });

  return {
    unreadable,
    blank,
    isId,
    newId,
    of,
    ids,
    done,
    lacking,
    record,
    onChange: (react) => {
      whenChanged = react;
    },
    // Something that was begun, and not added yet, about a code.
    begunAbout: (code, fits) =>
      ids().find((id) => !of(id).done && of(id).begun.code_id === code && fits(of(id).begun.kind)),
    begin: (id, values) => {
      const begun = values && plain(values);
      if (JSON.stringify(begun) !== JSON.stringify(of(id).begun)) set(id, { ...of(id), begun });
    },
    add: (id, values, said) => {
      const made = plain(values);
      const trimmed = {
        ...made,
        why: made.why.trim(),
        wording: Object.fromEntries(Object.entries(made.wording).map(([field, text]) => [field, text.trim()])),
        parts: made.parts.map((part) => ({ name: part.name.trim(), plain: part.plain.trim() })),
      };
      act(said, new Map([[id, { done: { ...trimmed, date: writing.now() }, begun: null }]]));
    },
    remove: (id, said) => act(said, new Map([[id, empty]])),
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    undo: () => step(past, future, "before"),
    redo: () => step(future, past, "after"),
    // Takes in proposals of another copy; of two versions of one, the later one counts.
    join: (found) => {
      const changes = new Map();
      for (const [id, { done: theirs, begun }] of found) {
        const mine = of(id);
        const later = theirs && (!mine.done || Date.parse(theirs.date) > Date.parse(mine.done.date));
        const next = { done: later ? theirs : mine.done, begun: mine.begun ?? (later || !mine.done ? begun : null) };
        if (JSON.stringify(next) !== JSON.stringify(mine)) changes.set(id, next);
      }
      if (changes.size) act("the file was loaded", changes);
      return changes.size;
    },
    // Tells one state of the list from another.
    mark: () => done().map((id) => `${id} ${of(id).done.date}`).join(";"),
    forget: () => {
      records.clear();
      [past, future] = [[], []];
      store.forget();
      whenChanged("");
    },
  };
};
