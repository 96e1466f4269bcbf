// The file that a person saves and sends back, and takes in again at another computer.
// returned/page_file.py reads it.
const decisionFile = (() => {
  "use strict";
  const format = "commonthread codings";
  const version = 1;

  const row = (pack, number, judged) => {
    const { id, turn, before, after } = pack.segments[number];
    const { outcome, date, ...rest } = judged;
    return {
      segment_id: id,
      source_id: pack.source(number).id,
      words: pack.words(number),
      before,
      after,
      start_s: pack.turns[turn].seconds,
      ...rest,
      ...(pack.deciding ? { outcome } : {}),
      ...(date ? { date } : {}),
    };
  };
  // Gives the file as text. All that was decided of a segment is there, the latest last.
  const make = (pack, decisions, copy, tookPart) => {
    const numbers = decisions.numbers();
    const content = {
      format,
      format_version: version,
      purpose: pack.purpose,
      study: pack.study,
      pack_id: pack.pack_id,
      coder: pack.coder,
      role: pack.role,
      codebook_version: pack.codebook_version,
      codebook_sha256: pack.codebook_sha256,
      copy,
      took_part: tookPart,
      segments: pack.total,
      codings: numbers.flatMap((number) =>
        decisions.history(number).map((judged) => row(pack, number, judged)),
      ),
      begun: numbers
        .filter((number) => decisions.begun(number))
        .map((number) => row(pack, number, decisions.begun(number))),
    };
    return `${JSON.stringify(content, null, 1)}\n`;
  };

  // Reads a file that this page, or another copy of it, saved. Throws an error that says in a
  // sentence why it is not one of these.
  const read = (pack, decisions, text) => {
    let content;
    try {
      content = JSON.parse(text);
    } catch {
      throw new Error("This file is damaged, or it is not one that this page saved.");
    }
    if (content?.format !== format || !Array.isArray(content.codings)) {
      throw new Error("This is not a file that this page saved.");
    }
    if (content.format_version !== version) {
      throw new Error("This file was saved by a newer page. Please open it in that one.");
    }
    if (content.pack_id !== pack.pack_id) {
      throw new Error(
        "This file was saved by a page for other segments or another person, so nothing was taken from it.",
      );
    }
    const found = new Map();
    let left = 0;
    const place = (each) => {
      const number = pack.number(each?.segment_id);
      if (number !== undefined && !found.has(number)) found.set(number, { decided: [], begun: null });
      return found.get(number);
    };
    for (const each of content.codings) {
      const judged = decisions.decision(each);
      const at = place(each);
      if (judged && at) at.decided.push(judged);
      else left += 1;
    }
    for (const each of Array.isArray(content.begun) ? content.begun : []) {
      const judged = decisions.plain(each);
      const at = place(each);
      if (judged && at) at.begun = judged;
      else left += 1;
    }
    return {
      found,
      left,
      copy: typeof content.copy === "string" ? content.copy : "",
      tookPart: (Array.isArray(content.took_part) ? content.took_part : []).filter(
        (person) => typeof person?.name === "string" && typeof person.role === "string",
      ),
    };
  };
  return { make, read };
})();
