// Who comments and proposes, asked once.
const whoPanel = (who, remember) => {
  "use strict";
  const named = (id) => document.getElementById(id);
  const [panel, wrong] = ["who", "who-wrong"].map(named);
  let then = () => {};
  const value = (id) => writing.cleaned(named(id).value, 200).replace(/\s+/gu, " ").trim();
  const tell = () => {
    const { name, role } = who();
    named("mine-who").textContent = wording.visible(name ? `By ${name}, ${role}.` : "");
  };
  named("who-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const [name, role] = ["who-name", "who-role"].map(value);
    wrong.textContent = "";
    if (!name || !role) {
      wrong.textContent = "Please give a name, made up if you like, and a role.";
      named(name ? "who-role" : "who-name").focus();
      return;
    }
    remember({ who: { name, role } });
    tell();
    panel.close();
    then();
  });
  named("who-cancel").addEventListener("click", () => panel.close());
  tell();
  const open = (act = () => {}) => {
    then = act;
    wrong.textContent = "";
    named("who-name").value = who().name;
    named("who-role").value = who().role;
    panel.showModal();
  };
  return {
    open,
    tell,
    // Does something once it is known who does it.
    known: (act) => (who().name ? act() : open(act)),
  };
};
