// The words: one segment with what stands around it, or a transcript to read down.
const segmentText = (pack, decisions, pick) => {
  "use strict";
  const { clock, element, shortened } = wording;
  const box = document.getElementById("text");
  const letters = 280; // of what was said around a segment, unless one asks for all of it
  const few = 25; // turns around a segment, and as many more at a time
  const states = { new: "not done", begun: "begun", changed: "changed, not done again", done: "done" };

  const who = (turn) => {
    const time = turn.seconds === null ? "" : ` (${clock(Math.floor(turn.seconds))} in)`;
    return element("p", { class: "who" }, element("bdi", {}, pack.speaker(turn)), time);
  };
  // A piece of what was said; a long one can be opened.
  const piece = (title, turn, words, fromEnd) => {
    const short = shortened(words, fromEnd, letters);
    const said = element("p", { class: "said", dir: "auto" }, short);
    const parts = [element("h3", {}, title), ...(turn ? [who(turn)] : []), said];
    if (short !== words) {
      const more = element("button", { type: "button" }, "Show all of it");
      more.addEventListener("click", () => {
        said.replaceChildren(...element("p", {}, words).childNodes);
        said.tabIndex = -1;
        said.focus();
        more.remove();
      });
      parts.push(more);
    }
    return element("div", { class: "around" }, ...parts);
  };
  const showOne = (number) => {
    const segment = pack.segments[number];
    const turn = pack.turns[segment.turn];
    const [previous, next] = [pack.near(number, -1), pack.near(number, 1)];
    const [earlier, later] = [turn.text.slice(0, segment.start), turn.text.slice(segment.end)];
    const parts = [];
    if (previous) parts.push(piece("Just before", previous, previous.text, true));
    if (earlier.trim()) parts.push(piece("Earlier in the same turn", null, earlier.trim(), true));
    parts.push(
      element(
        "div",
        { class: "card" },
        element("h3", {}, pack.deciding ? "To decide" : "To code"),
        who(turn),
        element("p", { class: "said words", id: "words", dir: "auto" }, pack.words(number)),
      ),
    );
    if (later.trim()) parts.push(piece("Later in the same turn", null, later.trim()));
    if (next) parts.push(piece("Just after", next, next.text));
    box.replaceChildren(...parts);
    const card = box.querySelector(".card");
    // Where the box scrolls by itself: down to the end of the segment, if its beginning stays in view.
    box.scrollTop = Math.min(card.offsetTop, card.offsetTop + card.offsetHeight - box.clientHeight);
  };

  // The whole transcript: which of its turns are on the page.
  let shown = null;
  const spans = new Map();
  const label = (number) => {
    const judged = decisions.history(number).at(-1);
    const names = judged && decisions.state(number) === "done" ? judged.codes.map(pack.codeName) : [];
    const state = states[decisions.state(number)];
    return `${number + 1} ${state}${names.length ? `: ${names.join(", ")}` : ""}`;
  };
  const mark = (number) => {
    const { button } = spans.get(number) ?? {};
    if (!button) return;
    button.dataset.state = decisions.state(number);
    button.replaceChildren(element("span", { class: "unseen" }, "Segment "), label(number));
  };
  const turnItem = (place) => {
    const turn = pack.turns[place];
    const said = element("p", { class: "said", dir: "auto" });
    let at = 0;
    for (const number of turn.segments) {
      const { start, end } = pack.segments[number];
      const span = element("span", { class: "segment", tabindex: "-1" }, turn.text.slice(start, end));
      const button = element("button", { type: "button", class: "pick" });
      button.addEventListener("click", () => pick(number));
      spans.set(number, { span, button });
      mark(number);
      said.append(wording.visible(turn.text.slice(at, start)), span, " ", button, " ");
      at = end;
    }
    said.append(wording.visible(turn.text.slice(at)));
    return element("li", { class: "turn", "data-turn": String(place) }, who(turn), said);
  };
  const items = (source, from, to) => {
    const found = [];
    for (const place of source.turns.slice(from, to)) {
      const before = pack.turns[place - 1];
      const gap = before && before.source === pack.turns[place].source;
      if (gap && pack.turns[place].number - before.number > 1) {
        found.push(element("li", { class: "gap" }, "Something is left out here."));
      }
      found.push(turnItem(place));
    }
    return found;
  };
  const more = (words, add) => {
    const button = element("button", { type: "button" }, words);
    button.addEventListener("click", () => {
      const first = add();
      first.tabIndex = -1;
      first.focus();
    });
    return button;
  };
  const showWhole = (number) => {
    const source = pack.source(number);
    const at = source.turns.indexOf(pack.segments[number].turn);
    if (!shown || shown.source !== source || at < shown.from || at >= shown.to) {
      spans.clear();
      shown = { source, from: Math.max(0, at - few), to: Math.min(source.turns.length, at + few) };
      const list = element("ol", { class: "turns" }, ...items(source, shown.from, shown.to));
      const earlier = more("Show what was said before", () => {
        const from = Math.max(0, shown.from - few);
        const added = items(source, from, shown.from);
        shown.from = from;
        list.prepend(...added);
        earlier.hidden = shown.from === 0;
        return added[0];
      });
      const later = more("Show what was said after", () => {
        const to = Math.min(source.turns.length, shown.to + few);
        const added = items(source, shown.to, to);
        shown.to = to;
        list.append(...added);
        later.hidden = shown.to === source.turns.length;
        return added[0];
      });
      earlier.hidden = shown.from === 0;
      later.hidden = shown.to === source.turns.length;
      box.replaceChildren(earlier, list, later);
    }
    for (const { span } of box.querySelectorAll("[aria-current]").length ? spans.values() : []) {
      span.removeAttribute("aria-current");
    }
    const { span } = spans.get(number);
    span.setAttribute("aria-current", "true");
  };

  return {
    states,
    show: (number, whole) => {
      box.classList.toggle("whole", whole);
      if (whole) {
        showWhole(number);
        return;
      }
      shown = null;
      spans.clear();
      showOne(number);
    },
    mark,
    // What one has to see of a segment to judge it.
    words: (number) => spans.get(number)?.span ?? box.querySelector(".card"),
    span: (number) => spans.get(number)?.span,
    // Where the choices go on a narrow page: under the words that they are about.
    turn: (number) => spans.get(number)?.span.closest("li"),
  };
};
