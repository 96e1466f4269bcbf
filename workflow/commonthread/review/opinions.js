// Who said what of a segment, where they agree and where not, and how it is settled.
const opinionsView = (pack, decisions) => {
  "use strict";
  const { element, quoted } = wording;
  const named = (id) => document.getElementById(id);
  const outcomes = [...document.querySelectorAll("[name=outcome]")];
  const settling = {
    decided: "with what is chosen",
    open: "left open",
    codebook: "the codebook must change",
  };
  let current = 0;

  const together = (names) =>
    names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  const name = (id) => (pack.codes.has(id) ? pack.codeName(id) : id);
  // What was said, each with who said it: codes in the order of the codebook, then that none fits.
  const points = (number) => {
    const { opinions } = pack.segments[number];
    const order = [...pack.codes.keys()];
    const place = (id) => (order.indexOf(id) + 1 || order.length + 1);
    const ids = [...new Set(opinions.flatMap(({ codes }) => codes))].sort(
      (one, other) => place(one) - place(other),
    );
    const point = (what, has) => {
      const who = opinions.filter(has).map(({ coder }) => coder);
      const not = opinions.filter((each) => !has(each)).map(({ coder }) => coder);
      return { what, who, not };
    };
    const found = ids.map((id) => point(name(id), ({ codes }) => codes.includes(id)));
    const none = point("No code fits", ({ no_code: has }) => has);
    return none.who.length ? [...found, none] : found;
  };
  const differ = (number) => points(number).some(({ not }) => not.length > 0);

  const byCode = ({ what, who, not }) => {
    const all = not.length === 0;
    return element(
      "li",
      { class: all ? "all" : "some", dir: "auto" },
      element("strong", {}, what),
      element("span", { class: "agreement" }, all ? `all ${who.length}` : `${who.length} of ${who.length + not.length}`),
      element("span", { class: "who-said" }, all ? together(who) : `${together(who)}; not ${together(not)}`),
    );
  };
  const byPerson = ({ coder, role, codes, no_code: none, unsure, comment, new_code: suggestion }) => {
    const parts = codes.map(name);
    if (none) parts.push("No code fits");
    if (unsure) parts.push("not sure");
    const line = (title, words) =>
      element("dd", { dir: "auto" }, element("span", { class: "help" }, `${title}: `), words);
    return element(
      "div",
      {},
      element("dt", {}, element("bdi", {}, coder), role ? " (" : "", element("bdi", {}, role), role ? ")" : ""),
      element("dd", { dir: "auto" }, parts.join("; ") || "Nothing"),
      ...(comment ? [line("Comment", quoted(comment))] : []),
      ...(suggestion ? [line("Suggests a new code", quoted(suggestion))] : []),
    );
  };
  const refresh = () => {
    const { outcome } = decisions.current(current);
    for (const field of outcomes) field.checked = field.value === outcome;
    const agreed = decisions.agreed(current);
    named("agreed").hidden =
      decisions.state(current) !== "new" || !(agreed.codes.length || agreed.no_code);
  };
  for (const field of outcomes) {
    field.addEventListener("change", () => {
      decisions.change(current, { outcome: field.value }, `settled: ${settling[field.value]}`);
    });
  }
  return {
    differ,
    refresh,
    show: (number) => {
      current = number;
      const { length } = pack.segments[number].opinions;
      const agreement = length > 1 ? `: ${differ(number) ? "they differ" : "all agree"}` : "";
      named("opinions-title").textContent = length ? `What was said${agreement}` : "Nobody has coded this yet";
      named("by-code").replaceChildren(...points(number).map(byCode));
      named("by-person").replaceChildren(...pack.segments[number].opinions.map(byPerson));
      refresh();
    },
  };
};
