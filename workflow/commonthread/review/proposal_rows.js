// Rows in the form that one can add and take out: codes to join, and parts to split into.
const proposalRows = (holder, adder, most, makeRow) => {
  "use strict";
  const { element } = wording;
  const named = (id) => document.getElementById(id);
  const [rows, button] = [named(holder), named(adder)];
  let made = 0;
  let whenChanged = () => {};

  const settle = () => {
    button.hidden = rows.children.length >= most;
  };
  const add = (value) => {
    made += 1;
    const remove = element(
      "button",
      { type: "button" },
      "Take out",
      element("span", { class: "unseen" }, ` number ${made}`),
    );
    const item = element("div", { class: "row-of-form" }, ...makeRow(made, value), remove);
    remove.addEventListener("click", () => {
      item.remove();
      settle();
      whenChanged();
      button.focus();
    });
    rows.append(item);
    settle();
    return item;
  };
  button.addEventListener("click", () => {
    add(null).querySelector("input, select").focus();
    whenChanged();
  });
  return {
    set: (values) => {
      made = 0;
      rows.replaceChildren();
      values.forEach(add);
      settle();
    },
    items: () => [...rows.children],
    onChange: (react) => {
      whenChanged = react;
    },
  };
};
