// The file that a person saves and sends back, and takes in again at another computer.
// proposals/page_file.py reads it.
const proposalFile = (() => {
  "use strict";
  const format = "commonthread proposals";
  const version = 1;

  // With the texts that the person saw, so that a codebook that has moved on is noticed.
  const row = (book, id, { parent, ...made }) => ({
    id,
    ...made,
    parent: parent ?? "",
    was: made.code_id
      ? Object.fromEntries(Object.keys(made.wording).map((field) => [field, book.text(made.code_id, field)]))
      : {},
  });
  const make = (book, proposals, who, copy) => {
    const all = (which) =>
      proposals
        .ids()
        .filter((id) => proposals.of(id)[which])
        .map((id) => row(book, id, proposals.of(id)[which]));
    const content = {
      format,
      format_version: version,
      study: book.study,
      page_id: book.page_id,
      author: who.name,
      role: who.role,
      codebook_version: book.codebook_version,
      codebook_sha256: book.codebook_sha256,
      copy,
      proposals: all("done"),
      begun: all("begun"),
    };
    return `${JSON.stringify(content, null, 1)}\n`;
  };
  const name = (book, who) => {
    const short = who.name
      .normalize("NFKD")
      .replace(/[^A-Za-z0-9]+/g, "-")
      .slice(0, 40)
      .replace(/^-+|-+$/g, "")
      .toLowerCase();
    return `${book.file}${short ? `-${short}` : ""}.json`;
  };

  // Reads a file that this page, or another copy of it, saved. Throws an error that says in a
  // sentence why it is not one of these.
  const read = (book, proposals, text) => {
    let content;
    try {
      content = JSON.parse(text);
    } catch {
      throw new Error("This file is damaged, or it is not one that this page saved.");
    }
    if (content?.format !== format || !Array.isArray(content.proposals)) {
      throw new Error("This is not a file that this page saved.");
    }
    if (content.format_version !== version) {
      throw new Error("This file was saved by a newer page. Please open it in that one.");
    }
    if (content.page_id !== book.page_id) {
      throw new Error(
        "This file was saved by a page of another codebook, or of another version of it, so nothing was taken from it.",
      );
    }
    const found = new Map();
    let left = 0;
    const take = (which, rows) => {
      for (const each of Array.isArray(rows) ? rows : []) {
        const placed = ["move", "new"].includes(each?.kind);
        const value = { ...each, parent: placed ? each.parent : null };
        const made = proposals.record({ [which]: value })[which];
        if (made && proposals.isId(each.id)) {
          found.set(each.id, { done: null, begun: null, ...found.get(each.id), [which]: made });
        } else left += 1;
      }
    };
    take("done", content.proposals);
    take("begun", content.begun);
    const textOf = (value) => (typeof value === "string" ? value : "");
    return {
      found,
      left,
      copy: textOf(content.copy),
      who: { name: textOf(content.author), role: textOf(content.role) },
    };
  };
  return { make, name, read };
})();
