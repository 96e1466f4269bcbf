// Puts the codebook page together: opens the form, keeps, saves, and says what happened.
(async () => {
  "use strict";
  const { number: written, plural } = wording;
  const { named, notify, say } = telling;
  let book;
  try {
    book = await openCodebook();
  } catch {
    named("slow").remove();
    notify(
      "This copy of the page can be read, but not written in, in this browser. Please open the file as it was made, in a current browser.",
    );
    return;
  }

  const store = openStore(book.page_id, (id) => /^p[0-9a-f]{20}$/.test(id));
  const lost = () => {
    notify(
      "This browser does not keep what you write (a private window, a setting, or no room left prevents it). It stays on this page only. Please save it to a file before you close the page.",
    );
    named("kept-words").textContent = "This browser keeps nothing of what you write. It is on this page only until you save it to a file.";
  };
  const { head, remember, forget, copy, isCopy } = openMemory(store, lost);
  const text = (value) => (typeof value === "string" ? writing.cleaned(value, 200) : "");
  const whoIs = () => ({ name: text(head().who?.name), role: text(head().who?.role) });

  const proposals = openProposals(book, store);
  if (proposals.unreadable) {
    notify(
      `What this browser kept of ${written(proposals.unreadable)} ${plural("proposal", proposals.unreadable)} is damaged and could not be read in full.`,
    );
  }
  const who = whoPanel(whoIs, remember);
  const search = codebookSearch(book);
  const form = proposalForm(book, proposals, (add, values) => {
    who.known(() => {
      add();
      say(`Added to your list: ${list.title(values)}.`);
    });
  });
  form.onClose((id) => {
    if (proposals.of(id).begun) say("What you began is kept in your list. It counts once you add it.");
  });
  const list = proposalList(book, proposals, form, say);
  let changed = false;
  const unsaved = () => proposals.done().length > 0 && proposals.mark() !== head().saved;
  const refresh = () => {
    list.refresh();
    named("unsaved").textContent = unsaved() ? "Not in a file yet." : "";
  };
  proposals.onChange(() => {
    changed = true;
    refresh();
  });

  const save = () => {
    if (!proposals.ids().length) {
      say("There is nothing to save yet.");
      list.said("There is nothing to save yet.");
      return;
    }
    who.known(() => {
      const content = proposalFile.make(book, proposals, whoIs(), copy());
      const file = proposalFile.name(book, whoIs());
      const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
      report.save(address, file);
      setTimeout(() => URL.revokeObjectURL(address), 10000);
      changed = false;
      remember({ saved: proposals.mark() });
      refresh();
      const begun = proposals.ids().filter((id) => proposals.of(id).begun).length;
      const left = begun ? ` ${written(begun)} that you began ${begun === 1 ? "is" : "are"} not added yet, and ${begun === 1 ? "does" : "do"} not count.` : "";
      const words = `Saved as ${file}, in the folder of your downloads. Please send it to the person who gave you this page.${left}`;
      say(words);
      list.said(words);
    });
  };
  window.addEventListener("beforeunload", (event) => {
    if (changed && !store.works()) event.preventDefault();
  });

  named("load").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    const found = named("load-found");
    try {
      const read = proposalFile.read(book, proposals, await file.text());
      const mine = whoIs();
      if (!mine.name && text(read.who.name)) {
        remember({ who: read.who });
        who.tell();
      } else if (read.who.name !== mine.name) {
        // Whoever wrote them stays their author.
        for (const record of read.found.values()) {
          for (const each of [record.done, record.begun]) {
            if (each && !each.author) Object.assign(each, { author: text(read.who.name), role: text(read.who.role) });
          }
        }
      }
      if (!proposals.ids().length && isCopy(read.copy)) remember({ copy: read.copy });
      const joined = proposals.join(read.found);
      const left = read.left ? ` ${written(read.left)} in it could not be used.` : "";
      found.textContent = joined
        ? `Loaded. ${written(joined)} ${joined === 1 ? "was" : "were"} added or changed.${left}`
        : `Everything in this file was here already.${left}`;
    } catch (error) {
      found.textContent = error.message;
    }
    target.value = "";
  });
  const ask = named("forget-ask");
  named("forget").addEventListener("click", () => {
    ask.returnValue = "no";
    ask.showModal();
  });
  ask.addEventListener("close", () => {
    if (ask.returnValue !== "yes") return;
    proposals.forget();
    forget();
    who.tell();
    changed = false;
    refresh();
    list.said("All of it was removed from this browser.");
  });

  named("main").addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.dataset.propose) form.open(button.dataset.propose, button.dataset.about ?? "");
    if (button?.dataset.hint) form.suggest(book.hints[Number(button.dataset.hint)]);
    const link = target.closest("a[href^='#c-']");
    if (link && named(link.hash.slice(1)).closest("[hidden]")) search.clear();
  });
  const clicks = { "open-mine": list.open, "open-who": () => who.open(), save, "mine-save": save };
  for (const [id, act] of Object.entries(clicks)) named(id).addEventListener("click", () => act());
  for (const button of document.querySelectorAll("main button[disabled]")) button.disabled = false;
  named("slow").remove();
  refresh();
})();
