// The worklist as the page's scripts use it: words by number. unlisted_packed.py writes what is read
// here.
const openWorklist = async () => {
  "use strict";
  const { fold, startsWord, sought } = wordSearch;
  const raw = JSON.parse(new TextDecoder().decode(await report.unpack("unlisted-data")));
  const entries = raw.entries.map(([words, group, times, files, said]) => ({
    words,
    group,
    times,
    files,
    said,
  }));
  const numbers = new Map(entries.map(({ words }, number) => [words, number]));
  const folded = new Map();
  const text = (number) => {
    if (!folded.has(number)) {
      const { words, said } = entries[number];
      folded.set(number, fold([words, ...said.map((parts) => parts.join(""))].join("\n")));
    }
    return folded.get(number);
  };
  // Letters and digits alone, with a space between words.
  const plain = (words) => ` ${fold(words.normalize("NFKC")).split(/[^\p{L}\p{N}]+/u).filter(Boolean).join(" ")} `;
  return {
    ...raw,
    entries,
    total: entries.length,
    number: (words) => numbers.get(words),
    // Tells whether words, or what stands around them, have all that is sought, from a word's start.
    hasWords: (number, looked) =>
      sought(looked).every((word) => {
        const within = text(number);
        for (let at = within.indexOf(word); at >= 0; at = within.indexOf(word, at + 1)) {
          if (startsWord(within, at, word)) return true;
        }
        return false;
      }),
    // Tells whether a replacement would leave the words where they are.
    stays: (number, replacement) => plain(replacement).includes(plain(entries[number].words)),
  };
};
