// What the search for segments says, and the elements that it says it with.
const explorerWords = (() => {
  "use strict";
  const number = (value) => value.toLocaleString("en");
  const irregular = new Map([["person", "people"]]);
  const plural = (word, value) => (value === 1 ? word : (irregular.get(word) ?? `${word}s`));
  const of = (part, whole, word) => {
    if (!whole) return `no ${plural(word, 0)}`;
    if (part === whole) {
      return whole === 1 ? `the only ${word}` : `all ${number(whole)} ${plural(word, whole)}`;
    }
    return `${part ? number(part) : "none"} of ${number(whole)} ${plural(word, whole)}`;
  };
  const percent = (part, whole) => {
    if (!whole) return "not defined";
    const share = (100 * part) / whole;
    if (share > 0 && share < 0.1) return "<0.1%";
    if (share > 0 && share < 1) return `${share.toFixed(1)}%`;
    if (share > 99 && share < 100) return ">99%";
    return `${Math.floor(share + 0.5)}%`;
  };
  const clock = (seconds) => {
    const [hours, minutes, left] = [
      Math.floor(seconds / 3600),
      Math.floor(seconds / 60) % 60,
      seconds % 60,
    ];
    if (hours) return `${hours} h ${minutes} min ${left} s`;
    return minutes ? `${minutes} min ${left} s` : `${left} s`;
  };
  const counted = (counts, whole) => {
    const found = of(counts.segments, whole.segments, "segment");
    const start = `${found[0].toUpperCase()}${found.slice(1)}`;
    if (!counts.segments) return `${start}.`;
    const people = counts.people
      ? `from ${of(counts.people, whole.people, "person")} who spoke`
      : "from nobody who is known";
    // Of a single workshop or role there is nothing to say.
    const places = [
      whole.workshops > 1 ? of(counts.workshops, whole.workshops, "workshop") : "",
      whole.roles > 1 && counts.people ? of(counts.roles, whole.roles, "role") : "",
    ].filter(Boolean);
    const where = places.length ? `, in ${places.join(" and ")}` : "";
    return `${start} (${percent(counts.segments, whole.segments)}), ${people}${where}.`;
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
  const most = 600;
  const shortened = (words, fromEnd = false) => {
    if (words.length <= most) return words;
    if (fromEnd) return `\u2026 ${words.slice(-most).replace(/^\S*\s/, "")}`;
    return `${words.slice(0, most).replace(/\s\S*$/, "")} \u2026`;
  };

  const quoted = (words) => `\u201c${words}\u201d`;
  const because = ({ kind, who, sure, evidence }) => {
    if (kind === "person") return `A person gave it: ${who}.`;
    if (kind === "classifier") {
      return `A classifier gave it (${who})${sure === null ? "" : `, ${sure}% sure`}.`;
    }
    const reasons = evidence.map(({ words, term }) => {
      if (term === null) return `${quoted(words)} (a pattern of the codebook)`;
      const same = term.toLowerCase() === words.toLowerCase();
      return same ? quoted(words) : `${quoted(words)} (in the codebook: ${quoted(term)})`;
    });
    if (!reasons.length) return "The dictionary gave it.";
    return `The dictionary found ${[...new Set(reasons)].join("; ")}.`;
  };
  const speaker = (who, notes) => {
    if (notes) return "Notes";
    return who ? who[0] : "Speaker not known";
  };
  return { number, clock, counted, visible, element, marked, shortened, because, speaker };
})();
