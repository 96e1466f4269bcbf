// Puts the page together: moves from segment to segment, counts, saves, and says what happened.
(async () => {
  "use strict";
  const { number: written, plural } = wording;
  const { named, notify, say } = telling;
  const [working, end, form, title, wrong] = [
    "working",
    "end",
    "coding",
    "segment-title",
    "wrong",
  ].map(named);

  let pack;
  try {
    pack = await openPack();
  } catch {
    named("main").hidden = true;
    notify(
      "The segments cannot be read from this copy of the page in this browser. Please open the file as it was made, in a current browser.",
    );
    return;
  }
  if (!pack.total) {
    named("main").hidden = true;
    notify("There is nothing to do on this page: it holds no segments.");
    return;
  }

  const store = openStore(pack.pack_id, (id) => pack.number(id) !== undefined);
  const lost = () =>
    notify(
      "This browser does not keep your work (a private window, a setting, or no room left prevents it). It stays on this page only. Please save it to a file before you close the page.",
    );
  const { head, remember, forget, copy, isCopy } = openMemory(store, lost);
  // Pages of one pack that are open side by side save under one id.
  copy();

  const decisions = openDecisions(pack, store);
  if (decisions.unreadable) {
    notify(
      `What this browser kept of ${written(decisions.unreadable)} ${plural("segment", decisions.unreadable)} is damaged and could not be read in full.`,
    );
  }

  let current = 0;
  let whole = head().whole === true;
  let changed = false;
  let go = () => {};
  const list = codeList(pack, decisions, say);
  const text = segmentText(pack, decisions, (number) => {
    go(number, { focus: false });
    named("coding-title").focus();
  });
  const opinions = pack.deciding ? opinionsView(pack, decisions) : null;
  const people = pack.deciding ? peoplePanel(pack, head, remember) : null;
  const others = segmentList(pack, decisions, text.states, opinions, (number) => go(number));
  const codebook = codebookPanel(pack);

  const progress = () => {
    const { all } = decisions.done;
    const unsaved = decisions.total() - (Number.isInteger(head().saved) ? head().saved : 0);
    const filed = unsaved > 0 ? ` ${written(unsaved)} not yet saved to a file.` : "";
    named("end-send").textContent =
      unsaved > 0
        ? "What you did is on this computer only. Please save it to a file, and send the file to the person who gave you this page."
        : `All of it is in the file ${pack.file} that you saved. Please send it to the person who gave you this page.`;
    named("progress").value = all;
    named("progress-words").textContent = `${written(all)} of ${written(pack.total)} done.${filed}`;
    named("undo").setAttribute("aria-disabled", String(!decisions.canUndo()));
    named("redo").setAttribute("aria-disabled", String(!decisions.canRedo()));
  };
  const showState = () => {
    const state = decisions.state(current);
    named("segment-state").dataset.state = state;
    const name = text.states[state];
    named("segment-state").textContent = `${name[0].toUpperCase()}${name.slice(1)}`;
  };
  // What was wrong is so no longer.
  const right = () => {
    wrong.textContent = "";
    named("comment-wrong").textContent = "";
    named("comment").removeAttribute("aria-invalid");
  };
  decisions.onChange((number) => {
    changed = true;
    text.mark(number);
    progress();
    if (number !== current) return;
    right();
    list.refresh();
    opinions?.refresh();
    showState();
  });

  // On a narrow page the choices stand under the words that they are about.
  const isWide = () => getComputedStyle(working).display === "grid";
  const placeForm = () => {
    const place = whole && !isWide() ? text.turn(current) : working;
    if (form.parentElement !== place) place.append(form);
  };
  new ResizeObserver(placeForm).observe(working);

  const showEnd = (ended) => {
    end.hidden = !ended;
    working.hidden = ended;
    named("done").hidden = ended;
    named("modes").hidden = ended;
  };
  const show = () => {
    const active = document.activeElement;
    working.append(form);
    text.show(current, whole);
    placeForm();
    if (form.contains(active)) active.focus({ preventScroll: true });
  };
  go = (number, { focus = true, words = "" } = {}) => {
    current = number;
    showEnd(false);
    show();
    list.show(number);
    opinions?.show(number);
    title.textContent = `Segment ${written(number + 1)} of ${written(pack.total)}`;
    named("segment-place").textContent = wording.visible(pack.place(number));
    right();
    showState();
    remember({ place: pack.segments[number].id });
    say(words);
    if (!focus) return;
    const hidden = text.words(number).getBoundingClientRect().bottom > named("bar").getBoundingClientRect().top;
    if (hidden || working.getBoundingClientRect().top < 0) {
      working.scrollIntoView({ behavior: "instant" });
    }
    if (whole) {
      text.span(number).scrollIntoView({ block: "center", behavior: "instant" });
      text.span(number).focus({ preventScroll: true });
    } else {
      title.focus();
    }
  };
  const nextOpen = () => {
    for (let step = 1; step <= pack.total; step += 1) {
      const number = (current + step) % pack.total;
      if (decisions.state(number) !== "done") return number;
    }
    return null;
  };
  const goNextOpen = () => {
    const number = nextOpen();
    if (number === null) say("Every segment is done.");
    else go(number);
  };
  const step = (by) => {
    const number = current + by;
    if (number < 0) say("This is the first segment.");
    else if (number >= pack.total) say("This is the last segment.");
    else go(number);
  };

  const summary = (number) => {
    const judged = decisions.history(number).at(-1);
    const parts = judged.codes.map(pack.codeName);
    if (judged.no_code) parts.push("no code fits");
    if (judged.unsure) parts.push("not sure");
    if (judged.outcome === "open") parts.push("left open");
    if (judged.outcome === "codebook") parts.push("the codebook must change");
    return `Segment ${written(number + 1)} of ${written(pack.total)} done: ${parts.join(", ")}.`;
  };
  const instead = pack.deciding ? "or leave it open" : "or \u201cI am not sure\u201d";
  const reasons = {
    all: `Nothing is chosen yet. Tick a code, or \u201cNo code fits\u201d, ${instead}.`,
    about: `You ticked what kind of thing it is. Please tick what it is about as well, or \u201cNo code fits\u201d, ${instead}.`,
    comment: "Please say in the comment how the codebook must change.",
  };
  const done = () => {
    if (!end.hidden) return;
    const missing = decisions.missing(current);
    if (missing) {
      say("");
      right();
      wrong.textContent = reasons[missing];
      if (missing === "comment") {
        named("comment").setAttribute("aria-invalid", "true");
        named("comment-wrong").textContent = reasons.comment;
        named("comment").focus();
      }
      return;
    }
    if (people && !people.ready()) {
      people.open(done);
      return;
    }
    decisions.decide(current, `segment ${written(current + 1)} done`);
    const words = summary(current);
    const number = nextOpen();
    if (number !== null) {
      go(number, { words });
      return;
    }
    showEnd(true);
    const again = pack.segments.filter((_, each) => {
      const { unsure, outcome } = decisions.current(each);
      return pack.deciding ? outcome !== "decided" : unsure;
    }).length;
    const rest = pack.deciding
      ? ` ${written(again)} of them ${again === 1 ? "is" : "are"} left open, or ask for a change of the codebook.`
      : ` You were not sure of ${written(again)} of them.`;
    named("end-words").textContent = `All ${written(pack.total)} segments are done.${again ? rest : ""}`;
    named("end-again").hidden = again === 0;
    named("end-title").focus();
    say(words);
  };
  const take = (which, verb) => {
    const action = decisions[which]();
    if (!action) {
      say(`There is nothing to ${which}.`);
      return;
    }
    const words = `${verb}: ${action.said} (segment ${written(action.number + 1)}).`;
    if (action.number === current && end.hidden) say(words);
    else go(action.number, { focus: !end.hidden, words });
  };

  const save = () => {
    if (people && decisions.total() && !people.ready()) {
      people.open(save);
      return;
    }
    const content = decisionFile.make(pack, decisions, copy(), people?.all() ?? []);
    const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    report.save(address, pack.file);
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    decisions.settle();
    changed = false;
    remember({ saved: decisions.total() });
    progress();
    const begun = decisions.numbers().filter(decisions.begun).length;
    const left = begun
      ? ` ${written(begun)} ${plural("segment", begun)} that you began or changed ${begun === 1 ? "is" : "are"} not marked done, and ${begun === 1 ? "does" : "do"} not count yet.`
      : "";
    say(
      `Saved as ${pack.file}, in the folder of your downloads. Please send it to the person who gave you this page.${left}`,
    );
  };
  window.addEventListener("beforeunload", (event) => {
    if (changed && !store.works()) event.preventDefault();
  });

  const setWhole = (wanted) => {
    whole = wanted;
    remember({ whole });
    named("mode-one").setAttribute("aria-pressed", String(!whole));
    named("mode-whole").setAttribute("aria-pressed", String(whole));
    if (end.hidden) show();
    if (whole) text.span(current)?.scrollIntoView({ block: "nearest", behavior: "instant" });
  };
  const undo = () => take("undo", "Undone");
  const redo = () => take("redo", "Done again");
  const keys = shortcuts(
    [
      ["d", "Done, next", done],
      ["n", "Next segment", () => step(1)],
      ["b", "Back", () => step(-1)],
      ["o", "Next not done", goNextOpen],
      ["f", "Find a code", list.focusFilter],
      ["x", "No code fits", () => named("no-code").click()],
      ["u", "I am not sure", named("unsure") && (() => named("unsure").click())],
      ["c", "Comment", () => named("comment").focus()],
      ["k", "Codebook", codebook.open],
      ["a", "All segments", () => others.open()],
      ["z", "Undo", undo],
      ["y", "Redo", redo],
    ].filter(([, , act]) => act),
    { enter: done, undo, redo },
  );
  const load = (text) => {
    const read = decisionFile.read(pack, decisions, text);
    const fresh = decisions.total() === 0;
    const added = decisions.join(read.found);
    people?.join(read.tookPart);
    // Whoever goes on at another computer stays one and the same person.
    if (fresh && isCopy(read.copy)) remember({ copy: read.copy, saved: decisions.total() });
    go(current, { focus: false });
    progress();
    const left = read.left
      ? ` ${written(read.left)} ${plural("decision", read.left)} in it could not be used.`
      : "";
    return added.segments
      ? `Loaded. ${written(added.decisions)} ${plural("decision", added.decisions)} added.${left}`
      : `Everything in this file was here already.${left}`;
  };
  const settings = settingsPanel({
    store,
    head,
    remember,
    keys,
    load,
    lost: () => {
      const count = decisions.done.all;
      return count
        ? `You have done ${written(count)} ${plural("segment", count)}. What is not in a file that you saved is lost. This cannot be undone.`
        : "What you began is lost. This cannot be undone.";
    },
    forget: () => {
      decisions.forget();
      forget();
      copy();
      list.useLately([]);
      people?.forget();
      changed = false;
      go(0, { words: "Your work was removed from this browser." });
      progress();
    },
  });
  const meanings = named("meanings");
  const showMeanings = () => named("codes").classList.toggle("short", !meanings.checked);
  meanings.checked = head().meanings !== false;
  showMeanings();
  meanings.addEventListener("change", () => {
    showMeanings();
    remember({ meanings: meanings.checked });
  });

  const clicks = {
    done,
    save,
    "end-save": save,
    "open-list": () => others.open(),
    "end-list": () => others.open(),
    "end-again": () => others.open(pack.deciding ? "left" : "unsure"),
    "open-codebook": codebook.open,
    "open-settings": settings.open,
    undo,
    redo,
    back: () => step(-1),
    next: () => step(1),
    "next-open": goNextOpen,
    "mode-one": () => setWhole(false),
    "mode-whole": () => setWhole(true),
    "how-close": () => {
      named("how").open = false;
      title.focus();
    },
  };
  if (people) clicks["open-people"] = () => people.open();
  for (const [id, act] of Object.entries(clicks)) named(id).addEventListener("click", () => act());
  named("how").open = head().how !== false;
  named("how").addEventListener("toggle", () => remember({ how: named("how").open }));
  list.useLately(Array.isArray(head().lately) ? head().lately : []);
  list.onUse((lately) => remember({ lately }));

  setWhole(whole);
  const last = pack.number(head().place);
  const from = last ?? 0;
  current = from;
  go(decisions.state(from) === "done" ? (nextOpen() ?? from) : from, { focus: false });
  progress();
  named("slow").remove();
  performance.mark("segment shown");
})();
