// Help and settings: size of the words, letters as keys, and where the work is kept.
const settingsPanel = (page) => {
  "use strict";
  const { pack, decisions, store, head, remember, keys, loaded, forgotten } = page;
  const { number: written, plural } = wording;
  const named = (id) => document.getElementById(id);
  const [panel, ask, found] = ["settings", "forget-ask", "load-found"].map(named);

  const resize = (size) => {
    const field = named(`size-${size}`) ?? named("size-100");
    field.checked = true;
    document.documentElement.dataset.size = field.value;
  };
  resize(head().size ?? "100");
  named("sizes").addEventListener("change", ({ target }) => {
    resize(target.value);
    remember({ size: target.value });
  });
  const letters = named("letters");
  letters.checked = head().letters === true;
  keys.set(letters.checked);
  letters.addEventListener("change", () => {
    keys.set(letters.checked);
    remember({ letters: letters.checked });
  });
  const meanings = named("meanings");
  const showMeanings = () => named("codes").classList.toggle("short", !meanings.checked);
  meanings.checked = head().meanings !== false;
  showMeanings();
  meanings.addEventListener("change", () => {
    showMeanings();
    remember({ meanings: meanings.checked });
  });

  named("load").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    try {
      const read = decisionFile.read(pack, decisions, await file.text());
      const fresh = decisions.total() === 0;
      const added = decisions.join(read.found);
      loaded(read, fresh, added);
      const left = read.left
        ? ` ${written(read.left)} ${plural("decision", read.left)} in it could not be used.`
        : "";
      found.textContent = added.segments
        ? `Loaded. ${written(added.decisions)} ${plural("decision", added.decisions)} added.${left}`
        : `Everything in this file was here already.${left}`;
    } catch (error) {
      found.textContent = error.message;
    }
    target.value = "";
  });

  named("forget").addEventListener("click", () => {
    const count = decisions.done.all;
    named("forget-words").textContent = count
      ? `You have done ${written(count)} ${plural("segment", count)}. What is not in a file that you saved is lost. This cannot be undone.`
      : "What you began is lost. This cannot be undone.";
    ask.returnValue = "no";
    ask.showModal();
  });
  ask.addEventListener("close", () => {
    if (ask.returnValue !== "yes") return;
    decisions.forget();
    panel.close();
    forgotten();
  });
  if (!store.works()) named("kept-words").textContent = "This browser keeps nothing of your work for this page. It is on this page only until you save it to a file.";
  return { open: () => panel.showModal() };
};
