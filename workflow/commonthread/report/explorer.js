// From a number to the words: filters, all in the page's address, and the segments that they leave.
(() => {
  "use strict";
  const form = document.getElementById("segments-form");
  if (!form) return;
  const { number, clock, visible, element, marked, shortened } = wording;
  const { counted, because, speaker } = explorerWords;
  const { say } = report;
  const start = "#segments";
  const page = 25;
  const pause = 250; // milliseconds after a letter before the words are looked for
  const named = (name) => document.getElementById(`segments-${name}`);
  const [heading, found, base, note, list, more] = [
    document.getElementById("segments"),
    named("found"),
    named("base"),
    named("note"),
    named("list"),
    named("more"),
  ];
  const fields = [...form.elements].filter((field) => field.name);

  let opened = null;
  const open = () => {
    opened ??= openSegments().then((data) => {
      // What the first search for words would have to wait for.
      setTimeout(data.prepare, 0);
      return data;
    });
    return opened;
  };
  let filters = new Map();
  let shown = 0;
  let segments = [];

  const address = (wanted) => {
    const written = new URLSearchParams([...wanted]).toString();
    return written ? `${start}?${written}` : start;
  };
  // The filters that the address names; nothing if it leads elsewhere.
  const asked = () => {
    const { hash } = window.location;
    if (hash !== start && !hash.startsWith(`${start}?`)) return null;
    return new URLSearchParams(hash.slice(start.length + 1));
  };
  const chosen = () =>
    new Map(fields.map(({ name, value }) => [name, value.trim()]).filter(([, value]) => value));

  // Takes from the address what this report knows, and says what it does not.
  const take = (parameters, data) => {
    const wanted = new Map();
    const unknown = [];
    for (const [name, value] of parameters) {
      const field = fields.find((each) => each.name === name);
      if (name === "segment") {
        const ids = value.split(" ").filter(Boolean);
        const there = ids.filter(data.has);
        if (there.length) wanted.set(name, there.join(" "));
        unknown.push(...ids.filter((id) => !there.includes(id)).map((id) => `${name} \u201c${id}\u201d`));
      } else if (
        value &&
        field &&
        (field.tagName !== "SELECT" || [...field.options].some((option) => option.value === value))
      ) {
        wanted.set(name, value);
      } else if (value) {
        unknown.push(`${name} \u201c${value}\u201d`);
      }
    }
    for (const field of fields) field.value = wanted.get(field.name) ?? "";
    note.textContent = unknown.length
      ? visible(
          `The address also asks for what this report does not have: ${unknown.join(", ")}. It was left out.`,
        )
      : "";
    return wanted;
  };

  // What stands under a segment that is opened.
  const details = (data, place) => {
    const segment = data.segment(place);
    const parts = [];
    const said = (title, turn, words) => {
      parts.push(
        element("h5", {}, title),
        element(
          "p",
          { dir: "auto", class: "around" },
          element("bdi", { class: "who" }, `${speaker(turn.who, segment.notes)}:`),
          " ",
          ...words,
        ),
      );
    };
    const previous = data.previous(place);
    const next = data.next(place);
    if (previous) said("Just before", previous, [shortened(previous.text, true)]);
    if (segment.before.trim() || segment.after.trim()) {
      said("In the same turn", segment, [
        shortened(segment.before, true),
        element("strong", {}, segment.text),
        shortened(segment.after),
      ]);
    }
    if (next) said("Just after", next, [shortened(next.text)]);
    const codings = data.codings(place);
    parts.push(element("h5", {}, "Its codes, and why"));
    parts.push(
      codings.length
        ? element(
            "ul",
            {},
            ...codings.map((coding) => {
              const [id, , dimension] = coding.path.at(-1);
              const query = new URLSearchParams({ [dimension]: id });
              const path = coding.path.map(([, name]) => name).join(" \u203a ");
              return element(
                "li",
                { dir: "auto" },
                element("a", { href: `${start}?${query}` }, path),
                ". ",
                because(coding),
              );
            }),
          )
        : element("p", {}, "It has no code."),
    );
    const facts = [
      segment.who?.[2] ? `The speaker ${segment.who[2]}.` : null,
      `File: ${segment.file[1]}.`,
    ].filter(Boolean);
    const link = new URLSearchParams({ segment: segment.id });
    parts.push(
      element("h5", {}, "Where it stands"),
      element("p", { dir: "auto" }, facts.join(" ")),
      element("p", {}, element("a", { href: `${start}?${link}` }, `Segment ${segment.id} alone`)),
    );
    return parts;
  };

  // An address may name one segment, or those behind a point of a summary table.
  const severalSegments = () => (filters.get("segment") ?? "").split(" ").length > 1;
  const item = (data, place) => {
    const segment = data.segment(place);
    const codings = data.codings(place);
    const wanted = ["theme", "code", "and", "aspect"].map((name) => filters.get(name));
    const places = codings
      .filter(({ path }) => path.some(([id]) => wanted.includes(id)))
      .flatMap(({ evidence }) => evidence.map((each) => each.place));
    if (filters.has("words")) places.push(...data.placesOfWords(place, filters.get("words")));
    const who = speaker(segment.who, segment.notes);
    const role = segment.notes || !segment.who ? "" : segment.who[1];
    const codes = codings.map(({ path }) => path.at(-1)[1]);
    const fold = element(
      "details",
      {},
      element(
        "summary",
        {},
        "Before and after; codes and why",
        element("span", { class: "unseen" }, ` of segment ${segment.id}`),
      ),
    );
    fold.addEventListener("toggle", () => {
      if (fold.open && fold.childElementCount === 1) fold.append(...details(data, place));
    });
    if (filters.has("segment") && !severalSegments()) {
      fold.append(...details(data, place));
      fold.open = true;
    }
    return element(
      "li",
      { "data-segment": segment.id },
      element(
        "h4",
        { tabindex: "-1" },
        element("bdi", {}, who),
        ", ",
        element("bdi", {}, segment.workshop[1]),
        segment.seconds === null ? "" : `, ${clock(segment.seconds)} in`,
      ),
      element("blockquote", {}, element("p", { dir: "auto" }, ...marked(segment.text, places))),
      element(
        "p",
        { dir: "auto", class: "also" },
        role ? `Role: ${role}. ` : "",
        codes.length ? `Codes: ${codes.join("; ")}.` : "No code.",
      ),
      fold,
    );
  };

  const showMore = (data) => {
    const next = segments.slice(shown, shown + page).map((place) => item(data, place));
    list.append(...next);
    shown += next.length;
    more.hidden = shown >= segments.length;
    more.textContent = `Show ${number(Math.min(page, segments.length - shown))} more`;
    return next;
  };

  const groups = ["workshop", "role", "person", "kind", "file"];
  const inWords = (chosenNames) =>
    chosenNames
      .map((name) => {
        if (name === "segment" && severalSegments()) return "a list of segments";
        const field = form.elements[name];
        const label = field ? field.labels[0].textContent.toLowerCase() : name;
        const value = field?.selectedOptions ? field.selectedOptions[0].text : filters.get(name);
        return visible(`${label} \u201c${value}\u201d`);
      })
      .join(", ");
  const show = async (parameters) => {
    let data;
    try {
      if (!opened) found.textContent = "Reading the segments \u2026";
      data = await open();
    } catch {
      found.textContent =
        "The segments cannot be read from this copy of the page in this browser. Please open the file as it was made, in a current browser. The same segments stand in the file data/segments.csv.";
      return;
    }
    const begin = performance.now();
    filters = take(parameters, data);
    const result = data.select(filters);
    segments = result.found;
    shown = 0;
    list.replaceChildren();
    found.textContent = counted(result.counts, result.of);
    const chosenBy = inWords([...filters.keys()]);
    const within = inWords(groups.filter((name) => filters.has(name)));
    base.textContent =
      (chosenBy ? `Chosen by ${chosenBy}. ` : "") +
      (within
        ? `Counted against the segments with this ${within}.`
        : "Counted against all segments of the study.");
    named("change").hidden = false;
    showMore(data);
    performance.measure("segments shown", { start: begin });
  };

  // To what was found, if something was asked for; else to where one chooses.
  const jump = () => {
    const place = window.location.hash === start ? heading : named("result");
    place.scrollIntoView({ behavior: "instant" });
    place.focus({ preventScroll: true });
  };
  const inSight = () => {
    const box = heading.closest("section").getBoundingClientRect();
    return box.top < window.innerHeight && box.bottom > 0;
  };
  let lead = false;
  const follow = async () => {
    const parameters = asked();
    if (!parameters) return;
    const leap = lead || !inSight();
    lead = false;
    if (leap) jump();
    await show(parameters);
    if (leap) jump();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest(`a[href^="${start}"]`);
    if (!link) return;
    lead = true;
    if (link.hash === window.location.hash) follow();
  });
  window.addEventListener("hashchange", follow);

  // What is chosen goes into the address: a step back for each choice, one for words however typed.
  let typing = false;
  const choose = (byWords) => {
    const wanted = chosen();
    const next = address(wanted);
    if (next !== window.location.hash) {
      if (byWords && typing) window.history.replaceState(null, "", next);
      else window.history.pushState(null, "", next);
    }
    typing = byWords;
    return show(wanted);
  };
  let timer;
  form.addEventListener("input", ({ target }) => {
    clearTimeout(timer);
    const byWords = target.name === "words";
    timer = setTimeout(() => choose(byWords), byWords ? pause : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    choose(false);
  });
  form.addEventListener("reset", () => setTimeout(() => choose(false), 0));
  more.addEventListener("click", async () => {
    const [first] = showMore(await open());
    first?.querySelector("h4").focus();
    say(`Showing ${number(shown)} of ${number(segments.length)} segments.`);
  });
  named("change").addEventListener("click", () => fields[0].focus());
  named("copy").addEventListener("click", async () => {
    const whole = new URL(window.location.href);
    whole.hash = address(filters);
    const field = named("address");
    field.value = whole.href;
    field.closest("p").hidden = false;
    try {
      await navigator.clipboard.writeText(whole.href);
      say("The address of this view is copied.");
    } catch {
      field.focus();
      field.select();
      say("Please copy the address that is marked now.");
    }
  });

  // Numbers and marks that lead here. They are made by script, as they lead nowhere without.
  for (const cell of document.querySelectorAll("[data-show]")) {
    if (!cell.querySelector("a")) {
      const link = element("a", { href: `${start}?${cell.dataset.show}` });
      link.append(...cell.childNodes);
      cell.append(link);
    }
  }
  const charts = JSON.parse(document.getElementById("leads").textContent);
  for (const [id, { shows, rows, columns, margin }] of Object.entries(charts)) {
    const canvas = document.getElementById(id);
    canvas.classList.add("leads");
    canvas.addEventListener("click", (event) => {
      const box = canvas.getBoundingClientRect();
      const across = (event.clientX - box.left - margin.l) / (box.width - margin.l - margin.r);
      const down = (event.clientY - box.top - margin.t) / (box.height - margin.t - margin.b);
      const row = Math.floor(down * rows);
      const column = Math.floor(across * columns);
      if (row < 0 || row >= rows || column < 0 || column >= columns) return;
      const query = shows[row * columns + column];
      if (!query) return;
      lead = true;
      const next = `${start}?${query}`;
      if (next === window.location.hash) follow();
      else window.location.hash = next;
    });
  }
  follow();
})();
