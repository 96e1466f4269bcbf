// The form in which a comment or a proposal is written. What is begun is kept as one writes.
const proposalForm = (book, proposals, added) => {
  "use strict";
  const { element } = wording;
  const named = (id) => document.getElementById(id);
  const [panel, form, why, parent, segments, wrong] = [
    ...["propose", "propose-form", "why", "parent", "segments", "propose-wrong"],
  ].map(named);
  const words = [...form.querySelectorAll("[data-word]")];
  const kindFields = [...form.querySelectorAll("[name=kind]")];
  const ofNew = { name: "code-name", plain: "code-plain", definition: "code-definition", examples: "code-examples" };

  const option = (value, text) => {
    const made = element("option", {}, text);
    made.value = value;
    return made;
  };
  const field = (id, title, input, value) => {
    input.id = id;
    input.value = value;
    return element("p", { class: "field" }, element("label", { for: id }, title), input);
  };
  let id = "";
  let about = "";
  let kind = "comment";

  const others = proposalRows("others", "others-add", 10, (number, value) => {
    const select = element(
      "select",
      {},
      option("", "Choose a code"),
      ...book.joinable(about).map((each) => option(each, book.listed(each))),
    );
    return [field(`other-${number}`, number === 1 ? "Join it with" : "And with", select, value ?? "")];
  });
  const parts = proposalRows("parts", "parts-add", 10, (number, value) => {
    const name = element("input", { type: "text", maxlength: "200", dir: "auto" });
    const meaning = element("textarea", { rows: "2", maxlength: "20000", dir: "auto" });
    return [
      field(`part-${number}-name`, `Name of part ${number}`, name, value?.name ?? ""),
      field(`part-${number}-plain`, `What part ${number} means, in plain words`, meaning, value?.plain ?? ""),
    ];
  });

  // Only what is written in the fields of its kind.
  const read = () => {
    const made = {
      ...proposals.blank,
      kind,
      code_id: about,
      why: why.value,
      segment_ids: segments.value.split(/[\s,;]+/u).filter(Boolean).slice(0, 500),
    };
    if (kind === "wording") {
      made.wording = Object.fromEntries(
        words
          .filter((each) => each.value !== book.text(about, each.dataset.word))
          .map((each) => [each.dataset.word, each.value]),
      );
    }
    if (kind === "example") made.wording = { examples: named("example").value };
    if (kind === "rename" && named("new-name").value !== book.name(about)) {
      made.wording = { name: named("new-name").value };
    }
    if (kind === "merge") {
      const name = named("merged-name").value;
      made.others = others.items().map((item) => item.querySelector("select").value).filter(Boolean);
      if (name.trim() && name.trim() !== book.name(about)) made.wording = { name };
    }
    if (kind === "split") {
      made.parts = parts.items().map((item) => ({
        name: item.querySelector("input").value,
        plain: item.querySelector("textarea").value,
      }));
    }
    if (kind === "new") {
      made.wording = Object.fromEntries(
        Object.entries(ofNew)
          .map(([key, place]) => [key, named(place).value])
          .filter(([, text]) => text),
      );
    }
    if (["move", "new"].includes(kind)) made.parent = parent.value === "?" ? null : parent.value;
    const { author, role } = proposals.of(id).done ?? proposals.blank;
    return { ...made, author, role };
  };
  const isEmpty = ({ wording: texts, others: codes, parts: split, parent: place, why: reason, segment_ids: ids }) =>
    ![...Object.keys(texts), ...codes, ...split.flatMap(({ name, plain }) => [name, plain]), reason, ...ids].some(Boolean) &&
    place === null;
  // What is as it was, or empty, is not kept.
  const keep = () => {
    const values = read();
    const { done } = proposals.of(id);
    const same = done
      ? JSON.stringify(values) === JSON.stringify({ ...done, date: undefined })
      : isEmpty(values);
    proposals.begin(id, same ? null : values);
  };
  const right = () => {
    wrong.textContent = "";
    for (const each of form.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
  };

  const titles = {
    comment: "Comment",
    new: "Propose a new code",
  };
  const showKind = (wanted) => {
    kind = wanted;
    for (const each of form.querySelectorAll("[data-for]")) {
      each.hidden = !each.dataset.for.split(" ").includes(kind);
    }
    for (const each of kindFields) each.checked = each.value === kind;
    named("kinds").hidden = kind in titles;
    named("propose-title").textContent = titles[kind] ?? "Propose a change";
    named("why-label").textContent =
      kind === "comment" ? "Your comment" : "Why? It helps the team to decide";
    named("retire-below").hidden = !about || !book.hasBelow(about);
  };
  const fill = (values) => {
    about = values.code_id;
    const now = (name) => (about ? book.text(about, name) : "");
    for (const each of form.querySelectorAll("[data-was]")) {
      each.textContent = wording.visible(now(each.dataset.was)) || "(nothing)";
    }
    for (const each of words) {
      const name = each.dataset.word;
      each.value = (values.kind === "wording" ? values.wording[name] : undefined) ?? now(name);
      const lines = each.value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 60), 0);
      each.rows = Math.min(Math.max(lines, 2), 10);
    }
    named("example").value = values.kind === "example" ? (values.wording.examples ?? "") : "";
    named("new-name").value = values.kind === "rename" ? (values.wording.name ?? "") : now("name");
    named("merged-name").value = values.kind === "merge" ? (values.wording.name ?? "") : "";
    for (const [name, place] of Object.entries(ofNew)) {
      named(place).value = values.kind === "new" ? (values.wording[name] ?? "") : "";
    }
    others.set(!about ? [] : values.others.length ? values.others : [null]);
    parts.set(values.parts.length ? values.parts : [null, null]);
    parent.replaceChildren(
      option("?", "Choose a place"),
      option("", "At the top, as a theme"),
      ...book.parents(about).map((each) => option(each, book.listed(each))),
    );
    parent.value = values.parent ?? "?";
    why.value = values.why;
    segments.value = values.segment_ids.join(" ");
    for (const each of kindFields) {
      each.closest("[data-kind]").hidden =
        each.value === "move" && about !== "" && book.isAspect(about);
    }
    named("propose-about").textContent = wording.visible(
      about ? book.name(about) : values.kind === "comment" ? "The whole codebook" : "",
    );
    showKind(values.kind);
  };

  form.addEventListener("input", ({ target }) => {
    if (target.name === "kind") showKind(target.value);
    right();
    keep();
  });
  others.onChange(keep);
  parts.onChange(keep);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    right();
    const values = read();
    const lacks = proposals.lacking(values);
    if (lacks) {
      const [place, sentence] = lacks;
      wrong.textContent = sentence;
      const input = place === "parts" ? form.querySelector("#parts input") : (named(place) ?? form.querySelector("#others select"));
      input?.setAttribute("aria-invalid", "true");
      input?.focus();
      return;
    }
    added(() => {
      proposals.add(id, values, proposals.of(id).done ? "a change in your list" : "what you added to your list");
      panel.close();
    }, values);
  });
  named("propose-close").addEventListener("click", () => panel.close());
  named("propose-drop").addEventListener("click", () => {
    if (proposals.of(id).done) proposals.begin(id, null);
    else if (proposals.of(id).begun) proposals.remove(id, "thrown away what you began");
    panel.close();
  });

  const show = (values) => {
    right();
    fill(values);
    const { done } = proposals.of(id);
    named("propose-add").textContent = done ? "Change it in my list" : "Add to my list";
    named("propose-drop").textContent = done ? "Leave it as it was" : "Throw this away";
    panel.showModal();
    panel.scrollTop = 0;
    named("propose-title").focus();
  };
  return {
    // A new one, or one that was begun about the same code.
    open: (wanted, code) => {
      const change = !(wanted in titles);
      const begun = proposals.begunAbout(code, (each) => (change ? !(each in titles) : each === wanted));
      id = begun ?? proposals.newId();
      show(begun ? proposals.of(id).begun : { ...proposals.blank, kind: wanted, code_id: code });
    },
    // With something in it already.
    suggest: (values) => {
      id = proposals.newId();
      show({ ...proposals.blank, ...values });
      // What was filled in may stand far down.
      const filled = words.find((each) => Object.hasOwn(values.wording ?? {}, each.dataset.word));
      filled?.scrollIntoView({ block: "center" });
      filled?.focus({ preventScroll: true });
    },
    change: (known) => {
      id = known;
      show(proposals.of(id).begun ?? proposals.of(id).done);
    },
    onClose: (react) => panel.addEventListener("close", () => react(id)),
  };
};
