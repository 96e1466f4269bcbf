// The pack as the page's scripts use it: segments by number, with what stands around them.
// packed.py writes what is read here.
const openPack = async () => {
  "use strict";
  const { fold, startsWord, sought } = wordSearch;
  const { clock, shortened } = wording;
  const raw = JSON.parse(new TextDecoder().decode(await report.unpack("pack-data")));
  const codes = new Map(raw.codes.map(([id, name, dimension]) => [id, { name, dimension }]));
  const sources = raw.sources.map(([id, workshop, name]) => ({
    id,
    workshop,
    name,
    title: workshop === name || !name ? workshop : `${workshop}, ${name}`,
    segments: [],
    turns: [],
  }));
  const turns = raw.turns.map(([source, number, speaker, seconds, text], at) => {
    sources[source].turns.push(at);
    return { source, number, speaker, seconds, text, segments: [] };
  });
  const segments = raw.segments.map(([id, turn, start, end, before, after, found, opinions], at) => {
    turns[turn].segments.push(at);
    sources[turns[turn].source].segments.push(at);
    return { id, turn, start, end, before, after, found, opinions };
  });
  for (const turn of turns) {
    turn.segments.sort((one, other) => segments[one].start - segments[other].start);
  }
  const numbers = new Map(segments.map(({ id }, number) => [id, number]));

  const speaker = (turn) => turn.speaker || "No speaker noted";
  const segmentWords = (number) => {
    const { turn, start, end } = segments[number];
    return turns[turn].text.slice(start, end);
  };
  // The turns just before and after that of a segment, if there are any.
  const near = (number, step) => {
    const { turn } = segments[number];
    const other = turns[turn + step];
    return other && other.source === turns[turn].source ? other : null;
  };
  const place = (number) => {
    const turn = turns[segments[number].turn];
    const time = turn.seconds === null ? "" : `, ${clock(Math.floor(turn.seconds))} in`;
    return `${sources[turn.source].title}${time}`;
  };

  const folded = new Map();
  // Tells whether a text has all the words, each from its start; "key" is whose text it is.
  const hasWords = (key, text, words) => {
    if (!folded.has(key)) folded.set(key, fold(text));
    const within = folded.get(key);
    return sought(words).every((word) => {
      for (let at = within.indexOf(word); at >= 0; at = within.indexOf(word, at + 1)) {
        if (startsWord(within, at, word)) return true;
      }
      return false;
    });
  };

  return {
    ...raw,
    codes,
    sources,
    turns,
    segments,
    deciding: raw.purpose === "adjudication",
    total: segments.length,
    number: (id) => numbers.get(id),
    words: segmentWords,
    start: (number) => shortened(segmentWords(number)).slice(0, 140),
    speaker,
    speakerOf: (number) => speaker(turns[segments[number].turn]),
    source: (number) => sources[turns[segments[number].turn].source],
    near,
    place,
    codeName: (id) => codes.get(id).name,
    hasWords,
    // Only the texts of segments stay the same while the page is open.
    segmentHasWords: (number, words) => hasWords(number, segmentWords(number), words),
    textHasWords: (text, words) => {
      folded.delete("");
      return hasWords("", text, words);
    },
  };
};
