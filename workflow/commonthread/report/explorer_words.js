// What the search for segments says.
const explorerWords = (() => {
  "use strict";
  const { number, plural, quoted } = wording;
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

  const because = ({ kind, who, sure, evidence }) => {
    if (kind === "person") return `Given by ${who}.`;
    if (kind === "adjudication") return "Settled together, where coders differed.";
    if (kind === "classifier") {
      const words = [...new Set(evidence.map((each) => quoted(each.words)))];
      const most = words.length ? ` Words that spoke most for it: ${words.join(", ")}.` : "";
      return `The classifier gave it${sure === null ? "" : `, ${sure}% sure`}.${most}`;
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
  return { counted, because, speaker };
})();
