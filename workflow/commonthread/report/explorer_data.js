// All segments, as columns of numbers: read when they are first needed, then searched.
// explorer.py says how they are written.
const openSegments = async () => {
  "use strict";
  const { fold, startsWord, sought } = wordSearch;
  const buffer = await report.unpack("segments-data");
  const plain = new TextDecoder("utf-8", { ignoreBOM: true });
  const head = new DataView(buffer).getUint32(0, true);
  const names = JSON.parse(plain.decode(new Uint8Array(buffer, 4, head)));
  const arrays = { 8: Uint8Array, 16: Uint16Array, 32: Uint32Array };
  const column = (name) => {
    const [bits, at, length] = names.columns[name];
    if (!bits) return plain.decode(new Uint8Array(buffer, 4 + head + at, length));
    return new arrays[bits](buffer, 4 + head + at, length);
  };
  // Where each one begins, from how long each one is, with the end of the last.
  const begins = (lengths, gap) => {
    const found = new Uint32Array(lengths.length + 1);
    for (let at = 0; at < lengths.length; at += 1) found[at + 1] = found[at] + lengths[at] + gap;
    return found;
  };

  const text = column("text");
  const turnPerson = column("turnPerson");
  const turnSeconds = column("turnSeconds");
  const turnFile = column("turnFile");
  const turnBegins = begins(column("turnLength"), 1);
  const turnSteps = column("turn");
  const total = turnSteps.length;
  const turnOf = new Uint32Array(total);
  const first = new Uint32Array(total);
  const last = new Uint32Array(total);
  const at = column("at");
  const behind = column("behind"); // how much of its turn follows a segment
  for (let segment = 0, turn = 0; segment < total; segment += 1) {
    turn += turnSteps[segment];
    turnOf[segment] = turn;
    first[segment] = turnBegins[turn] + at[segment];
    last[segment] = turnBegins[turn + 1] - 1 - behind[segment];
  }
  const ids = total ? column("ids").split("\n") : [];
  const workshop = column("workshop");
  const role = column("role");
  const person = column("person");
  const notes = column("notes");
  const basis = column("basis");
  const codingBegins = begins(column("codings"), 0);
  const code = column("code");
  const coder = column("coder");
  const sure = column("sure");
  const evidenceBegins = begins(column("evidence"), 0);
  const term = column("term");
  const evidenceAt = column("evidenceAt");
  const evidenceLength = column("evidenceLength");

  const numbered = (rows, key) => new Map(rows.map((row, number) => [key(row), number]));
  const numbers = {
    code: numbered(names.codes, ([id]) => id),
    workshop: numbered(names.workshops, ([id]) => id),
    role: numbered(names.roles, (name) => name),
    person: numbered(names.people, ([name]) => name),
    basis: numbered(names.bases, (name) => name),
    file: numbered(names.files, ([id]) => id),
  };
  const above = (number) => {
    const [id, , , parent] = names.codes[number];
    return parent === null ? [id] : [...above(numbers.code.get(parent)), id];
  };
  const ancestors = names.codes.map((_, number) => above(number));

  let folded = null;
  const prepare = () => {
    folded ??= fold(text);
  };
  // Those of the segments that have a word, in one walk through all the words there are.
  const withWord = (segments, word) => {
    prepare();
    const found = [];
    let next = 0;
    let from = 0;
    while (next < segments.length) {
      from = Math.max(from, first[segments[next]]);
      const place = folded.indexOf(word, from);
      if (place < 0) break;
      while (next < segments.length && last[segments[next]] < place + word.length) next += 1;
      if (next === segments.length) break;
      const segment = segments[next];
      if (place < first[segment]) continue;
      if (place === first[segment] || startsWord(folded, place, word)) {
        found.push(segment);
        from = last[segment];
        next += 1;
      } else {
        from = place + 1;
      }
    }
    return found;
  };

  // Which segments have a code (all, if it is nothing) or one under it, by one kind of coder or any.
  const withCode = (id, kind) => {
    const wanted = names.codes.map(([, , dimension], number) => {
      if (id === null) return true;
      return id === "" ? dimension !== "aspect" : ancestors[number].includes(id);
    });
    const by = names.coders.map(([each]) => kind === "" || each === kind);
    const found = new Uint8Array(total);
    for (let segment = 0; segment < total; segment += 1) {
      for (let one = codingBegins[segment]; one < codingBegins[segment + 1]; one += 1) {
        if (wanted[code[one]] && by[coder[one]]) {
          found[segment] = 1;
          break;
        }
      }
    }
    return found;
  };

  const count = (segments) => {
    const sets = { people: person, roles: role, workshops: workshop };
    const counts = { segments: segments.length };
    for (const [name, values] of Object.entries(sets)) {
      const seen = new Uint8Array(names[name].length + 1);
      let different = 0;
      // People and roles count from 1; 0 stands for nobody.
      if (name !== "workshops") seen[0] = 1;
      for (const segment of segments) {
        different += 1 - seen[values[segment]];
        seen[values[segment]] = 1;
      }
      counts[name] = different;
    }
    return counts;
  };

  // Segments with all of the filters, and the group that they are a share of.
  const select = (filters) => {
    const asked = (name) => filters.get(name) ?? "";
    const same = (values, value) => (segment) => values[segment] === value;
    const places = [];
    const group = (name, values, shift) => {
      if (asked(name)) places.push(same(values, numbers[name].get(asked(name)) + shift));
    };
    group("workshop", workshop, 0);
    group("role", role, 1);
    group("person", person, 1);
    group("basis", basis, 0);
    if (asked("kind")) places.push(same(notes, asked("kind") === "notes" ? 1 : 0));
    if (asked("file")) {
      const file = numbers.file.get(asked("file"));
      places.push((segment) => turnFile[turnOf[segment]] === file);
    }
    const all = [];
    for (let segment = 0; segment < total; segment += 1) {
      if (places.every((place) => place(segment))) all.push(segment);
    }
    const kind = asked("coder");
    const masks = [];
    const codes = ["theme", "code", "and", "aspect"].map(asked).filter((id) => id && id !== "none");
    for (const id of codes) masks.push(withCode(id, kind));
    if (kind && !codes.length) masks.push(withCode(null, kind));
    if (asked("theme") === "none") {
      masks.push(withCode("", "").map((has) => 1 - has));
    }
    let found = all.filter((segment) => masks.every((mask) => mask[segment]));
    if (asked("segment")) {
      const named = new Set(asked("segment").split(" "));
      found = found.filter((segment) => named.has(ids[segment]));
    }
    const words = sought(asked("words")).sort((one, other) => other.length - one.length);
    for (const word of words) found = withWord(found, word);
    return { found, counts: count(found), of: count(all) };
  };

  // Where in the words of a segment something stands, as [from, to] in UTF-16 units.
  const placesOfWords = (segment, words) => {
    const said = fold(text.slice(first[segment], last[segment]));
    const places = [];
    for (const word of sought(words)) {
      for (let place = said.indexOf(word); place >= 0; place = said.indexOf(word, place + 1)) {
        if (startsWord(said, place, word)) places.push([place, place + word.length]);
      }
    }
    return places;
  };
  const codings = (segment) => {
    const found = [];
    for (let one = codingBegins[segment]; one < codingBegins[segment + 1]; one += 1) {
      const evidence = [];
      for (let each = evidenceBegins[one]; each < evidenceBegins[one + 1]; each += 1) {
        const from = evidenceAt[each];
        const words = text.slice(first[segment] + from, first[segment] + from + evidenceLength[each]);
        evidence.push({
          words,
          term: term[each] ? names.terms[term[each] - 1] : null,
          place: [from, from + evidenceLength[each]],
        });
      }
      const [kind, who] = names.coders[coder[one]];
      found.push({
        path: ancestors[code[one]].map((id) => names.codes[numbers.code.get(id)]),
        kind,
        who,
        sure: sure[one] === 255 ? null : sure[one],
        evidence,
      });
    }
    return found;
  };
  const turn = (number, from = turnBegins[number], to = turnBegins[number + 1] - 1) => ({
    who: turnPerson[number] ? names.people[turnPerson[number] - 1] : null,
    seconds: turnSeconds[number] ? turnSeconds[number] - 1 : null,
    before: text.slice(turnBegins[number], from),
    text: text.slice(from, to),
    after: text.slice(to, turnBegins[number + 1] - 1),
  });
  const near = (number, step) => {
    const other = number + step;
    const there = other >= 0 && other < turnPerson.length && turnFile[other] === turnFile[number];
    return there ? turn(other) : null;
  };
  const segment = (number) => ({
    id: ids[number],
    ...turn(turnOf[number], first[number], last[number]),
    workshop: names.workshops[workshop[number]],
    notes: notes[number] === 1,
    file: names.files[turnFile[turnOf[number]]],
  });
  return {
    prepare,
    has: (id) => ids.includes(id),
    select,
    segment,
    codings,
    placesOfWords,
    previous: (number) => near(turnOf[number], -1),
    next: (number) => near(turnOf[number], 1),
  };
};
