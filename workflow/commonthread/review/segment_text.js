// The words: one segment with what stands around it, or a transcript to read down.
const segmentText = (pack, decisions, pick) => {
  "use strict";
  const { clock, element, shortened } = wording;
  const box = document.getElementById("text");
  const letters = 280; // of what was said around a segment, unless one asks for all of it
  const few = 15; // turns around a segment that are there at once; the others follow
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
  let current = 0;
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
  // Adds what was said after, then what was said before, a part at a time, so that the page can be
  // used meanwhile; what one reads stays where it is.
  const grow = (part) => {
    if (shown !== part) return;
    const { source, list, from, to } = part;
    if (to < source.turns.length) {
      part.to = Math.min(source.turns.length, to + 4 * few);
      list.append(...items(source, to, part.to));
    } else if (from > 0) {
      part.from = Math.max(0, from - 4 * few);
      const { span } = spans.get(current);
      const before = span.getBoundingClientRect().top;
      list.prepend(...items(source, part.from, from));
      const scroller = getComputedStyle(box).overflowY === "auto" ? box : window;
      scroller.scrollBy({ top: span.getBoundingClientRect().top - before, behavior: "instant" });
    } else {
      return;
    }
    setTimeout(() => grow(part), 0);
  };
  const showWhole = (number) => {
    current = number;
    const source = pack.source(number);
    const at = source.turns.indexOf(pack.segments[number].turn);
    if (!shown || shown.source !== source || at < shown.from || at >= shown.to) {
      spans.clear();
      const [from, to] = [Math.max(0, at - few), Math.min(source.turns.length, at + few)];
      const list = element("ol", { class: "turns" }, ...items(source, from, to));
      box.replaceChildren(list);
      shown = { source, list, from, to };
      setTimeout(grow, 0, shown);
    }
    box.querySelector("[aria-current]")?.removeAttribute("aria-current");
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
