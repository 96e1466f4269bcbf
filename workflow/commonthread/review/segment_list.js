// All segments with what was decided, to search in and to go to; and how far each transcript is.
const segmentList = (pack, decisions, states, opinions, go) => {
  "use strict";
  const { element, number: written, plural } = wording;
  const named = (id) => document.getElementById(id);
  const page = 50;
  const [panel, list, more, found] = ["list", "list-segments", "list-more", "list-found"].map(named);
  const [words, which, source] = ["list-words", "list-state", "list-source"].map(named);
  const latest = (number) => decisions.current(number);
  const choices = [
    ["", "All", () => true],
    ["open", "Not done", (number) => decisions.state(number) !== "done"],
    ["begun", "Begun, or changed and not done again", (number) => decisions.begun(number)],
    ["done", "Done", (number) => decisions.state(number) === "done"],
    ...(pack.deciding
      ? [
          ["differ", "They differ", opinions.differ],
          ["left", "Left open, or the codebook must change", (number) => latest(number).outcome !== "decided"],
        ]
      : [["unsure", "Not sure", (number) => latest(number).unsure]]),
    ["none", "No code fits", (number) => decisions.history(number).length && latest(number).no_code],
    ["said", "With a comment or suggestion", (number) => latest(number).comment || latest(number).new_code],
  ];
  which.append(...choices.map(([value, name]) => element("option", { value }, name)));
  source.append(
    ...pack.sources
      .map(({ title, segments }, place) => [title, segments, place])
      .filter(([, segments]) => segments.length)
      .map(([title, , place]) => element("option", { value: String(place) }, title)),
  );

  const item = (number) => {
    const judged = latest(number);
    const parts = judged.codes.map(pack.codeName);
    if (judged.no_code) parts.push("No code fits");
    if (judged.unsure) parts.push("not sure");
    if (judged.outcome === "open") parts.push("left open");
    if (judged.outcome === "codebook") parts.push("the codebook must change");
    const state = states[decisions.state(number)];
    const has = decisions.state(number) === "new" ? "" : parts.join("; ");
    const button = element(
      "button",
      { type: "button" },
      element("strong", {}, `Segment ${number + 1}, ${state}`),
      " ",
      element("bdi", {}, `${pack.speakerOf(number)}: ${pack.start(number)}`),
      has ? element("span", { class: "has" }, ` ${has}`) : "",
    );
    button.addEventListener("click", () => {
      panel.close();
      go(number);
    });
    return element("li", {}, button);
  };
  let numbers = [];
  let shown = 0;
  const showMore = () => {
    const next = numbers.slice(shown, shown + page).map(item);
    list.append(...next);
    shown += next.length;
    more.hidden = shown >= numbers.length;
    more.textContent = `Show ${written(Math.min(page, numbers.length - shown))} more`;
    return next[0];
  };
  const fits = (number, sought) => {
    if (!sought) return true;
    const { comment, new_code: suggestion } = latest(number);
    return (
      pack.segmentHasWords(number, sought) ||
      ((comment || suggestion) && pack.textHasWords(`${comment} ${suggestion}`, sought))
    );
  };
  const choose = () => {
    const [, , wanted] = choices.find(([value]) => value === which.value);
    const sought = words.value.trim();
    const of = source.value === "" ? null : pack.sources[Number(source.value)].segments;
    numbers = (of ?? pack.segments.map((_, number) => number)).filter(
      (number) => wanted(number) && fits(number, sought),
    );
    shown = 0;
    list.replaceChildren();
    showMore();
    found.textContent = `${numbers.length ? written(numbers.length) : "No"} ${plural("segment", numbers.length)} of ${written(pack.total)}.`;
  };
  let timer;
  named("list-filters").addEventListener("input", ({ target }) => {
    clearTimeout(timer);
    timer = setTimeout(choose, target === words ? 200 : 0);
  });
  named("list-filters").addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => showMore()?.querySelector("button").focus());

  const progress = () => {
    const rows = pack.sources
      .filter(({ segments }) => segments.length)
      .map((each) =>
        element(
          "tr",
          {},
          element("th", { scope: "row", dir: "auto" }, each.title),
          element("td", { class: "number" }, written(decisions.done.bySource.get(each) ?? 0)),
          element("td", { class: "number" }, written(each.segments.length)),
        ),
      );
    named("by-source").tBodies[0].replaceChildren(...rows);
  };
  return {
    // Opens the list, of one kind of segments if its name is given.
    open: (kind = "") => {
      which.value = kind;
      words.value = "";
      source.value = "";
      progress();
      choose();
      panel.showModal();
    },
  };
};
