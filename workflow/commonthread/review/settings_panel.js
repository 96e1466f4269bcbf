// Help and settings: size of the words, letters as keys, and where the work is kept. "load" takes in
// the text of a file and says what was in it, or throws an error that says why not; "lost" says what
// would be lost, and "forget" lets it go.
const settingsPanel = (page) => {
  "use strict";
  const { store, head, remember, keys, load, lost, forget } = page;
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
  named("load").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    try {
      found.textContent = load(await file.text());
    } catch (error) {
      found.textContent = error.message;
    }
    target.value = "";
  });

  named("forget").addEventListener("click", () => {
    named("forget-words").textContent = lost();
    ask.returnValue = "no";
    ask.showModal();
  });
  ask.addEventListener("close", () => {
    if (ask.returnValue !== "yes") return;
    panel.close();
    forget();
  });
  if (!store.works()) named("kept-words").textContent = "This browser keeps nothing of your work for this page. It is on this page only until you save it to a file.";
  return { open: () => panel.showModal() };
};
