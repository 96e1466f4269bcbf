// Charts stand in the page as SVG. plotly.js, which lies packed in the page, is read when somebody
// first uses a chart, and draws over it. Where it cannot, the chart that stands there stays.
const charts = (() => {
  "use strict";
  const { save } = report;
  const canvases = [...document.querySelectorAll(".canvas")];
  const config = {
    displayModeBar: false,
    displaylogo: false,
    plotlyServerURL: "",
    responsive: true,
    scrollZoom: false,
    showSendToCloud: false,
  };
  const width = 800; // pixels of a saved picture
  const pause = 150; // milliseconds on a chart after which a pointer is not only on its way over it

  // What is wider than its box can be moved by keyboard.
  const reachable = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const canvas of canvases) reachable.observe(canvas.parentElement);

  // plotly.js is run, and the figures of all charts are given.
  const unpack = async () => {
    const [figures, source] = await Promise.all(["figures", "plotly"].map(report.unpack));
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    URL.revokeObjectURL(address);
    return JSON.parse(new TextDecoder().decode(figures));
  };
  let unpacked;

  const drawing = async (canvas) => {
    const live = document.createElement("div");
    try {
      const figure = (await (unpacked ??= unpack()))[canvas.id];
      live.className = "live";
      canvas.append(live);
      await Plotly.newPlot(live, figure.data, { ...figure.layout, autosize: true }, config);
      canvas.classList.add("taken");
      performance.mark(`drawn ${canvas.id}`);
      return live;
    } catch {
      live.remove();
      return null;
    }
  };
  // What plotly.js drew over a chart, or nothing where it cannot.
  const drawn = new Map();
  const draw = (canvas) => {
    if (!drawn.has(canvas)) drawn.set(canvas, drawing(canvas));
    return drawn.get(canvas);
  };
  for (const canvas of canvases) {
    let timer;
    canvas.addEventListener("pointerenter", () => {
      timer = setTimeout(() => draw(canvas), pause);
    });
    canvas.addEventListener("pointerleave", () => clearTimeout(timer));
    // A finger may be gone sooner; where a chart leads on, it is on its way to the segments.
    canvas.addEventListener("click", () => {
      if (!canvas.classList.contains("leads")) draw(canvas);
    });
  }

  // Pictures to save are made from what stands in the page: dark on white, whatever the screen has.
  const picture = (canvas) => {
    const still = canvas.querySelector(".still").cloneNode(true);
    const height = Number(still.getAttribute("height"));
    const inner = width - 14;
    for (const part of still.querySelectorAll("*")) {
      for (const { name, value } of part.attributes) {
        if (value.endsWith("%")) {
          part.setAttribute(name, String(Math.round(parseFloat(value) * inner) / 100));
        }
      }
    }
    const named = (tag, id) => {
      const part = document.createElementNS(still.namespaceURI, tag);
      part.textContent = document.getElementById(id).textContent;
      return part;
    };
    const white = document.createElementNS(still.namespaceURI, "rect");
    const box = { x: -2, y: 0, width, height, fill: "#ffffff" };
    for (const [name, value] of Object.entries(box)) white.setAttribute(name, value);
    still.prepend(
      named("title", canvas.getAttribute("aria-labelledby")),
      named("desc", canvas.getAttribute("aria-describedby")),
      white,
    );
    for (const name of ["aria-hidden", "class"]) still.removeAttribute(name);
    still.setAttribute("role", "img");
    still.setAttribute("width", width);
    still.setAttribute("viewBox", `-2 0 ${width} ${height}`);
    return { height, svg: new XMLSerializer().serializeToString(still) };
  };
  const painted = async ({ height, svg }) => {
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    await image.decode();
    const sheet = document.createElement("canvas");
    sheet.width = 2 * width;
    sheet.height = 2 * height;
    sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
    return sheet.toDataURL("image/png");
  };
  const saveChart = async (id, format) => {
    const made = picture(document.getElementById(id));
    const href =
      format === "png"
        ? await painted(made)
        : `data:image/svg+xml,${encodeURIComponent(made.svg)}`;
    save(href, `${id}.${format}`);
  };
  document.addEventListener("click", (event) => {
    const { chart, save: format } = event.target.closest("button[data-save]")?.dataset ?? {};
    if (chart) saveChart(chart, format);
  });

  // After the first frame that has the charts in it.
  requestAnimationFrame(() => setTimeout(() => performance.mark("charts shown"), 0));

  return { draw };
})();
