// The file that a person saves into the study, and may take in again. unlisted/page_file.py reads it.
const markFile = (() => {
  "use strict";
  const format = "commonthread unlisted words";
  const version = 1;

  const make = (list, marks, copy) => {
    const content = {
      format,
      format_version: version,
      study: list.study,
      page_id: list.page_id,
      copy,
      marked: marks.numbers().map((number) => {
        const { kind, replacement, date } = marks.of(number);
        return { words: list.entries[number].words, kind, replacement: replacement.trim(), date };
      }),
    };
    return `${JSON.stringify(content, null, 1)}\n`;
  };

  // Reads a file that this page, or an earlier one of the study, saved: marks by the number of their
  // words, and how many are of words that are not on this list. Throws an error that says in a
  // sentence why it is not one of these.
  const read = (list, marks, text) => {
    let content;
    try {
      content = JSON.parse(text);
    } catch {
      throw new Error("This file is damaged, or it is not one that this page saved.");
    }
    if (content?.format !== format || !Array.isArray(content.marked)) {
      throw new Error("This is not a file that this page saved.");
    }
    if (content.format_version !== version) {
      throw new Error("This file was saved by a newer page. Please open it in that one.");
    }
    const found = new Map();
    let left = 0;
    for (const each of content.marked) {
      const number = list.number(each?.words);
      const mark = marks.plain(each);
      if (mark && number !== undefined) found.set(number, mark);
      else left += 1;
    }
    return { found, left };
  };
  return { make, read };
})();
