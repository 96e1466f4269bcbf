// The marks of a chart one after the other: what a pointer finds there, for keyboards, fingers and
// screen readers. The words and their order are those of the chart that stands in the page.
(() => {
  "use strict";
  const { element } = wording;
  const places = JSON.parse(document.getElementById("leads")?.textContent ?? "{}");

  // Which of a figure's values are drawn: a circle of no size is not.
  const valuesDrawn = ({ x, marker }) =>
    x.map((_, value) => value).filter((value) => !Array.isArray(marker.size) || marker.size[value]);
  // The segments behind a value, as the address has them, or nothing.
  const query = (id, { x, y }, value) => {
    if (!places[id]) return "";
    const { shows, columns } = places[id];
    const column = columns > 1 ? x[value] : 0;
    return shows[Math.floor(y[value] + 0.5) * columns + column];
  };

  const open = (button, canvas) => {
    const name = document.getElementById(canvas.getAttribute("aria-labelledby")).textContent;
    const marks = [...canvas.querySelectorAll(".still .mark")];
    const words = marks.map((mark) => mark.querySelector("title").textContent.replaceAll("\n", " "));
    const kind = marks[0].localName === "rect" ? "Bar" : "Circle";
    const id = `${canvas.id}-step`;
    const range = element("input", { id, type: "range", min: 1, max: marks.length, value: 1 });
    const at = element("p", { class: "at", dir: "auto" });
    const link = element("a", {}, "Read its segments");
    const lead = element("p", { hidden: "" }, link);
    const label = element("label", { for: id }, "One by one", element("span", { class: "unseen" }, `: ${name}`));
    const steps = element("div", { class: "steps" }, element("p", {}, label, range), at, lead);

    let live = null;
    const show = () => {
      const place = Number(range.value) - 1;
      at.textContent = `${words[place]}. ${kind} ${place + 1} of ${marks.length}.`;
      range.setAttribute("aria-valuetext", at.textContent);
      marks.forEach((mark, each) => mark.classList.toggle("here", each === place));
      if (!live || !steps.isConnected) return;
      const [trace] = live.data;
      const value = valuesDrawn(trace)[place];
      const shown = query(canvas.id, trace, value);
      lead.hidden = !shown;
      link.href = `#segments?${shown}`;
      Plotly.Fx.hover(live, [{ curveNumber: 0, pointNumber: value }]);
    };
    const close = () => {
      steps.remove();
      for (const mark of marks) mark.classList.remove("here");
      if (live) Plotly.Fx.unhover(live);
    };
    range.addEventListener("input", show);
    button.closest(".take").after(steps);
    show();
    range.focus();
    charts.draw(canvas).then((drawn) => {
      live = drawn;
      show();
    });
    return close;
  };

  for (const button of document.querySelectorAll("button[data-step]")) {
    button.hidden = !document.getElementById(button.dataset.step).querySelector(".still .mark");
  }
  const closing = new Map();
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-step]");
    if (!button) return;
    const close = closing.get(button);
    if (close) {
      close();
      closing.delete(button);
    } else {
      closing.set(button, open(button, document.getElementById(button.dataset.step)));
    }
    button.setAttribute("aria-expanded", String(!close));
  });
})();
