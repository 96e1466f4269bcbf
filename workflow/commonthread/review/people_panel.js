// Who takes part in deciding. The browser keeps which coders of the pack do, and how many others,
// but no names: these have to be written anew when the page is opened again.
const peoplePanel = (pack, head, remember) => {
  "use strict";
  const { element, number: written, plural } = wording;
  const named = (id) => document.getElementById(id);
  const [panel, form, others, wrong] = [
    "people",
    "people-form",
    "people-others",
    "people-wrong",
  ].map(named);

  const coders = [];
  for (const { opinions } of pack.segments) {
    for (const { coder, role } of opinions) {
      if (!coders.some((each) => each.name === coder)) coders.push({ name: coder, role });
    }
  }
  const kept = head().people;
  const count = (value) => (Number.isInteger(value) && value > 0 ? Math.min(value, 50) : 0);
  let chosen = (Array.isArray(kept?.coders) ? kept.coders : []).filter((at) => coders[at]);
  let more = [];
  let unnamed = count(kept?.others);
  let then = () => {};

  const all = () => [...chosen.map((at) => coders[at]), ...more];
  const ready = () => unnamed === 0 && all().length > 0;
  const boxes = coders.map(({ name, role }, at) => {
    const box = element("input", { type: "checkbox", id: `coder-${at}` });
    const label = element("label", { for: `coder-${at}` }, element("bdi", {}, name), role ? " (" : "", element("bdi", {}, role), role ? ")" : "");
    named("people-coders").append(element("p", { class: "choice" }, box, label));
    return box;
  });
  named("people-coders").hidden = coders.length === 0;

  let rows = 0;
  const add = ({ name = "", role = "" } = {}) => {
    rows += 1;
    const field = (title, value, key) => {
      const input = element("input", { type: "text", id: `${key}-${rows}`, maxlength: "200" });
      input.value = value;
      input.dataset.key = key;
      return element("p", { class: "field" }, element("label", { for: input.id }, title), input);
    };
    const remove = element(
      "button",
      { type: "button" },
      "Take out",
      element("span", { class: "unseen" }, ` person ${rows}`),
    );
    const item = element(
      "li",
      {},
      field("Name", name, "other-name"),
      field("Role, such as Public contributor", role, "other-role"),
      remove,
    );
    remove.addEventListener("click", () => {
      item.remove();
      named("people-add").focus();
    });
    others.append(item);
    return item;
  };
  named("people-add").addEventListener("click", () => add().querySelector("input").focus());
  named("people-cancel").addEventListener("click", () => panel.close());

  const value = (item, key) =>
    item
      .querySelector(`[data-key=${key}]`)
      .value.replace(/[\u0000-\u001f\u007f\ud800-\udfff]/gu, " ")
      .trim();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const found = [...others.children].map((item) => ({
      name: value(item, "other-name"),
      role: value(item, "other-role"),
    }));
    const wanted = boxes.map((box, at) => (box.checked ? at : -1)).filter((at) => at >= 0);
    wrong.textContent = "";
    const part = found.findIndex(({ name, role }) => !name || !role);
    if (part >= 0) {
      wrong.textContent = "Please give each person a name and a role, or take them out.";
      [...others.children[part].querySelectorAll("input")].find((each) => !each.value.trim()).focus();
      return;
    }
    if (!wanted.length && !found.length) {
      wrong.textContent = "Please tick or add at least one person.";
      return;
    }
    [chosen, more, unnamed] = [wanted, found, 0];
    remember({ people: { coders: chosen, others: more.length } });
    panel.close();
    tell();
    then();
  });
  const tell = () => {
    named("people-words").textContent = wording.visible(
      all().length ? `: ${all().map(({ name }) => name).join(", ")}` : "",
    );
  };
  tell();

  return {
    all,
    ready,
    open: (act = () => {}) => {
      then = act;
      wrong.textContent = "";
      boxes.forEach((box, at) => {
        box.checked = chosen.includes(at);
      });
      others.replaceChildren(...[]);
      more.forEach(add);
      for (let each = 0; each < unnamed; each += 1) add();
      named("people-again").hidden = unnamed === 0;
      named("people-again").textContent = `This browser keeps no names. Please write ${
        unnamed === 1 ? "that of the other person" : `those of the ${written(unnamed)} other ${plural("person", unnamed)}`
      } again.`;
      panel.showModal();
    },
    // From a file that was loaded: those who are not in here yet.
    join: (people) => {
      for (const { name, role } of people) {
        const at = coders.findIndex((coder) => coder.name === name);
        if (at >= 0) chosen = [...new Set([...chosen, at])].sort((one, other) => one - other);
        else if (!more.some((each) => each.name === name)) more.push({ name, role });
      }
      unnamed = 0;
      remember({ people: { coders: chosen, others: more.length } });
      tell();
    },
    forget: () => {
      [chosen, more, unnamed] = [[], [], 0];
      tell();
    },
  };
};
