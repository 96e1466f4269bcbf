// Numbers, times and quotes in words, and the elements that hold them: words arrive as text.
const wording = (() => {
  "use strict";
  // With thousands set apart. The browser's own way takes a while when it is first asked.
  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  const irregular = new Map([["person", "people"]]);
  const plural = (word, value) => (value === 1 ? word : (irregular.get(word) ?? `${word}s`));
  const clock = (seconds) => {
    const [hours, minutes, left] = [
      Math.floor(seconds / 3600),
      Math.floor(seconds / 60) % 60,
      seconds % 60,
    ];
    if (hours) return `${hours} h ${minutes} min ${left} s`;
    return minutes ? `${minutes} min ${left} s` : `${left} s`;
  };

  // Signs that turn the direction of the text after them are written out.
  const visible = (words) =>
    words.replace(
      /[\u202a-\u202e\u2066-\u2069]/g,
      (sign) => `[U+${sign.charCodeAt(0).toString(16).toUpperCase()}]`,
    );
  const element = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children.map((child) => (typeof child === "string" ? visible(child) : child)));
    return made;
  };
  // Words with the places marked; places may overlap and stick out.
  const marked = (words, places) => {
    const parts = [];
    let at = 0;
    for (const [from, to] of [...places].sort(([one], [other]) => one - other)) {
      const begin = Math.max(from, at);
      const end = Math.min(to, words.length);
      if (begin >= end) continue;
      parts.push(words.slice(at, begin), element("mark", {}, words.slice(begin, end)));
      at = end;
    }
    parts.push(words.slice(at));
    return parts.filter((part) => part !== "");
  };
  // The first or last letters of a long text, cut between words.
  const shortened = (words, fromEnd = false, most = 600) => {
    if (words.length <= most) return words;
    if (fromEnd) return `\u2026 ${words.slice(-most).replace(/^\S*\s/, "")}`;
    return `${words.slice(0, most).replace(/\s\S*$/, "")} \u2026`;
  };

  const quoted = (words) => `\u201c${words}\u201d`;
  return { number, plural, clock, visible, element, marked, shortened, quoted };
})();
