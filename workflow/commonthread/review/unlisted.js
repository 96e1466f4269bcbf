// Puts the page of unlisted words together: counts, saves, undoes, and says what happened.
(async () => {
  "use strict";
  const { number: written, plural, quoted } = wording;
  const { named, notify, say } = telling;
  let list;
  try {
    list = await openWorklist();
  } catch {
    named("main").hidden = true;
    notify(
      "The words cannot be read from this copy of the page in this browser. Please open the file as it was made, in a current browser, or mark the words in names-worklist.xlsx.",
    );
    return;
  }

  const store = openStore(list.page_id, (id) => /^\d{1,7}$/.test(id ?? "") && Number(id) < list.total);
  const lost = () =>
    notify(
      "This browser does not keep your work (a private window, a setting, or no room left prevents it). It stays on this page only. Please save it to a file before you close the page.",
    );
  const { head, remember, forget, copy } = openMemory(store, lost);

  const marks = openMarks(list, store);
  if (marks.unreadable) {
    notify(
      `What this browser kept of ${written(marks.unreadable)} ${plural("mark", marks.unreadable)} is damaged and could not be read.`,
    );
  }
  const times = list.entries.reduce((sum, entry) => sum + entry.times, 0);
  const unsaved = () => marks.count() > 0 && head().unsaved === true;
  const progress = () => {
    const covered = marks.numbers().reduce((sum, number) => sum + list.entries[number].times, 0);
    const where = covered
      ? ` They stand in ${written(covered)} of ${written(times)} places.`
      : "";
    const filed = unsaved() ? " Not all of it is saved to a file." : "";
    named("progress").value = marks.count();
    named("progress-words").textContent =
      `${written(marks.count())} of ${written(list.total)} marked.${where}${filed}`;
    named("undo").setAttribute("aria-disabled", String(!marks.canUndo()));
    named("redo").setAttribute("aria-disabled", String(!marks.canRedo()));
    named("end").hidden = marks.count() < list.total;
    named("end-send").textContent = unsaved()
      ? "What you did is in this browser only. Please save it to a file, move the file into the folder names of the study, and run again."
      : "Please move the file that you saved into the folder names of the study, and run again.";
  };
  let changed = false;
  const view = unlistedList(list, marks, (number) => remember({ place: number }));
  marks.onChange((numbers) => {
    changed = true;
    if (head().unsaved !== true) remember({ unsaved: true });
    view.refresh(numbers);
    progress();
  });

  const goNextOpen = () => {
    const number = view.nextOpen();
    if (number >= 0) {
      view.go(number);
      return;
    }
    named("end-title").focus();
    say("Every word is marked.");
  };
  const step = (by) => {
    const number = view.after(by);
    if (number === null) say(by > 0 ? "These are the last words." : "These are the first words.");
    else view.go(number);
  };
  const mark = (kind) => {
    const number = view.focused();
    if (number === null) {
      goNextOpen();
      return;
    }
    marks.mark(number, kind);
    marks.pause();
    goNextOpen();
    say(`${quoted(list.entries[number].words)}: ${view.name(kind)}.`);
  };
  const replaceWith = () => {
    if (view.focused() === null) goNextOpen();
    else view.focusReplacement(view.focused());
  };
  const take = (which, verb) => {
    const action = marks[which]();
    if (!action) {
      say(`There is nothing to ${which}.`);
      return;
    }
    view.go(action.number);
    say(`${verb}: ${action.said}.`);
  };
  const undo = () => take("undo", "Undone");
  const redo = () => take("redo", "Done again");

  const save = () => {
    if (!marks.count()) {
      say("There is nothing to save yet.");
      return;
    }
    const file = new Blob([markFile.make(list, marks, copy())], { type: "application/json" });
    const address = URL.createObjectURL(file);
    report.save(address, list.file);
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    changed = false;
    remember({ unsaved: false });
    progress();
    const wrong = marks
      .numbers()
      .filter((number) => list.stays(number, marks.of(number).replacement)).length;
    const left = wrong
      ? ` ${written(wrong)} cannot be used: the words themselves stand in what is to replace them.`
      : "";
    say(
      `Saved as ${list.file}, in the folder of your downloads. Please move it into the folder names of the study, and leave no copy behind: it holds what may be real names.${left}`,
    );
  };
  window.addEventListener("beforeunload", (event) => {
    if (changed && !store.works()) event.preventDefault();
  });

  const keys = shortcuts(
    [
      ["p", "Name (of a person), and on to the next", () => mark("person")],
      ["l", "Place, and on to the next", () => mark("place")],
      ["g", "Organisation, and on to the next", () => mark("organisation")],
      ["t", "Other, and on to the next", () => mark("other")],
      ["h", "Harmless, and on to the next", () => mark(marks.harmless)],
      ["r", "Replace with", replaceWith],
      ["n", "Next words", () => step(1)],
      ["b", "Back", () => step(-1)],
      ["o", "Next not marked", goNextOpen],
      ["f", "Find words", view.find],
      ["z", "Undo", undo],
      ["y", "Redo", redo],
    ],
    { enter: goNextOpen, undo, redo },
  );
  const settings = settingsPanel({
    store,
    head,
    remember,
    keys,
    load: (text) => {
      const read = markFile.read(list, marks, text);
      const added = marks.join(read.found);
      const left = read.left
        ? ` ${written(read.left)} ${read.left === 1 ? "is" : "are"} of words that are not on this list, or could not be used.`
        : "";
      return added
        ? `Loaded. ${written(added)} ${plural("mark", added)} added or changed.${left}`
        : `Nothing in this file is new here.${left}`;
    },
    lost: () =>
      `You have marked ${written(marks.count())} of ${written(list.total)}. What is not in a file that you saved is lost. This cannot be undone.`,
    forget: () => {
      marks.forget();
      store.forget();
      forget();
      changed = false;
      view.showFrom(0);
      progress();
      say("Your work was removed from this browser.");
    },
  });

  const clicks = {
    save,
    "end-save": save,
    undo,
    redo,
    "open-settings": settings.open,
    "next-open": goNextOpen,
    rest: () => {
      const open = view.open();
      marks.markAll(open, marks.harmless, "the others marked as harmless");
      say(`${written(open.length)} marked as harmless.`);
      named(marks.count() < list.total ? "list-title" : "end-title").focus();
    },
    "how-close": () => {
      named("how").open = false;
      named("list-title").focus();
    },
  };
  for (const [id, act] of Object.entries(clicks)) named(id).addEventListener("click", () => act());
  named("how").open = head().how !== false;
  named("how").addEventListener("toggle", () => remember({ how: named("how").open }));

  view.showFrom(Number.isInteger(head().place) ? head().place : 0);
  progress();
  named("slow").remove();
  performance.mark("words shown");
})();
