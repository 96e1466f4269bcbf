// The codebook as the page's scripts use it. codebook_packed.py writes what is read here.
const openCodebook = async () => {
  "use strict";
  const raw = JSON.parse(new TextDecoder().decode(await report.unpack("codebook-data")));
  const codes = new Map(raw.codes.map((code) => [code.id, code]));
  const above = (id) => {
    const { parent } = codes.get(id);
    return parent ? [parent, ...above(parent)] : [];
  };
  const isAspect = (id) => codes.get(id).dimension === "aspect";
  const ids = [...codes.keys()];
  return {
    ...raw,
    codes,
    fields: Object.keys(raw.labels),
    text: (id, field) => codes.get(id).texts[field],
    name: (id) => codes.get(id).texts.name,
    // As in a list of codes: the name first, so that typing finds it there.
    listed: (id) => {
      const [over] = above(id);
      return `${codes.get(id).texts.name}${over ? ` (under ${codes.get(over).texts.name})` : ""}`;
    },
    parent: (id) => codes.get(id).parent,
    hasBelow: (id) => ids.some((other) => codes.get(other).parent === id),
    isAspect,
    // What a code can be joined with, and what it can stand under (a new one, if it has no id).
    joinable: (id) =>
      ids.filter(
        (other) => other !== id && isAspect(other) === isAspect(id) && !above(id).includes(other),
      ),
    parents: (id) =>
      ids.filter(
        (other) => !isAspect(other) && other !== id && !above(other).includes(id),
      ),
  };
};
