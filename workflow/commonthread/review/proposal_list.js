// The list of what a person comments and proposes, to change it and to take it out.
const proposalList = (book, proposals, form, say) => {
  "use strict";
  const { element, number: written } = wording;
  const named = (id) => document.getElementById(id);
  const [panel, list] = ["mine", "mine-list"].map(named);
  const nouns = {
    comment: "Comment",
    wording: "Other words",
    example: "One more example",
    rename: "Another name",
    merge: "Join",
    split: "Split",
    move: "Put in another place",
    retire: "Do without it",
    new: "New code",
  };
  const place = (id) => (id ? `under ${wording.quoted(book.name(id))}` : "at the top, as a theme");
  // What is proposed, a line each.
  const lines = ({ kind, wording: texts, others, parts, parent, why, segment_ids: segments }) => {
    const said = Object.entries(texts).map(([field, text]) => `${book.labels[field]}: ${text || "(nothing)"}`);
    if (kind === "merge") said.unshift(`With ${others.map((id) => wording.quoted(book.name(id))).join(", ")}`);
    said.push(...parts.map(({ name, plain }) => `${name}: ${plain}`));
    if (["move", "new"].includes(kind) && parent !== null) said.push(`To stand ${place(parent)}`);
    if (why) said.push(kind === "comment" ? why : `Why: ${why}`);
    if (segments.length) said.push(`${written(segments.length)} ${wording.plural("segment", segments.length)} named.`);
    return said;
  };
  const subject = ({ kind, code_id: id, wording: texts }) => {
    if (kind === "new") return texts.name?.trim() || "not named yet";
    return id ? book.name(id) : "The whole codebook";
  };
  const button = (words, about, act) => {
    const made = element("button", { type: "button" }, words, element("span", { class: "unseen" }, ` ${about}`));
    made.addEventListener("click", act);
    return made;
  };
  const item = (id) => {
    const { done, begun } = proposals.of(id);
    const shown = begun ?? done;
    const title = `${nouns[shown.kind]}: ${subject(shown)}`;
    const state = !begun ? "" : done ? "Changed, but the change is not added yet." : "Begun, not added yet.";
    return element(
      "li",
      { "data-id": id },
      element("h3", { dir: "auto" }, title),
      ...(state ? [element("p", { class: "caution" }, state)] : []),
      ...(shown.author ? [element("p", {}, `By ${shown.author}, ${shown.role}`)] : []),
      ...lines(shown).map((line) => element("p", { class: "line", dir: "auto" }, wording.shortened(line))),
      element(
        "p",
        { class: "tools" },
        button(begun ? "Go on" : "Change", title, () => {
          panel.close();
          form.change(id);
        }),
        button("Take out", title, () => {
          proposals.remove(id, `${title} taken out`);
          named("mine-title").focus();
          said(`Taken out: ${title}. Undo brings it back.`);
        }),
      ),
    );
  };
  let timer;
  const said = (words) => {
    clearTimeout(timer);
    named("mine-said").textContent = "";
    timer = setTimeout(() => {
      named("mine-said").textContent = wording.visible(words);
    }, 80);
  };
  const refresh = () => {
    const ids = proposals.ids();
    list.replaceChildren(...ids.map(item));
    named("mine-none").hidden = ids.length > 0;
    named("mine-count").textContent = ids.length ? ` (${written(ids.length)})` : "";
    named("undo").setAttribute("aria-disabled", String(!proposals.canUndo()));
    named("redo").setAttribute("aria-disabled", String(!proposals.canRedo()));
    for (const mark of document.querySelectorAll("[data-mine]")) {
      const about = ids.map((id) => proposals.of(id).begun ?? proposals.of(id).done).filter((each) => each.code_id === mark.dataset.mine);
      mark.hidden = !about.length;
      mark.textContent = about.length ? `In your list: ${about.map((each) => nouns[each.kind].toLowerCase()).join(", ")}.` : "";
    }
  };
  const take = (which, verb) => {
    const done = proposals[which]();
    said(done ? `${verb}: ${done}.` : `There is nothing to ${which}.`);
  };
  named("undo").addEventListener("click", () => take("undo", "Undone"));
  named("redo").addEventListener("click", () => take("redo", "Done again"));
  return {
    refresh,
    title: (values) => `${nouns[values.kind]}: ${subject(values)}`,
    said,
    open: () => {
      named("mine-said").textContent = "";
      named("load-found").textContent = "";
      panel.showModal();
      say("");
    },
  };
};
