// How words are found: in small or capital letters, with or without accents, from a word's start.
const wordSearch = (() => {
  "use strict";
  // Small letters without accents, each in the place of its own letter.
  const plainLetters = new Map([["\u2019", "'"], ["\u2018", "'"], ["\u03c2", "\u03c3"]]);
  const fold = (words) =>
    words
      .replaceAll("\u0130", "I")
      .toLowerCase()
      .replace(/[\u0080-\uffff]/g, (letter) => {
        if (!plainLetters.has(letter)) {
          const bare = letter.normalize("NFD").replace(/\p{M}/gu, "");
          plainLetters.set(letter, bare.length === 1 ? bare : letter);
        }
        return plainLetters.get(letter);
      });
  // What holds for a sign, found out once for each: it is asked wherever a word may stand.
  const each = (holds) => {
    const known = new Uint8Array(0x10000);
    return (code) => {
      known[code] ||= holds(String.fromCharCode(code)) ? 2 : 1;
      return known[code] === 2;
    };
  };
  const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
  const letter = each((sign) => /[\p{L}\p{N}]/u.test(sign));
  const spaced = each((sign) => !unspaced.test(sign));
  const startsWord = (words, place, sought) =>
    place === 0 ||
    !letter(sought.charCodeAt(0)) ||
    !spaced(sought.charCodeAt(0)) ||
    !letter(words.charCodeAt(place - 1));
  // What to look for: words, and phrases in quotation marks.
  const sought = (words) =>
    [...fold(words.normalize("NFC")).matchAll(/["\u201c\u201d]([^"\u201c\u201d]+)["\u201c\u201d]|([^\s"\u201c\u201d]+)/g)]
      .map(([, phrase, word]) => (phrase ?? word).trim())
      .filter(Boolean);
  return { fold, startsWord, sought };
})();
