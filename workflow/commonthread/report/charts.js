// Charts stand in the page as SVG. plotly.js, which lies packed in the page and takes a second or two
// to read, draws over them what is in sight while nothing else goes on, or what somebody points at.
(() => {
  "use strict";
  const { save } = report;
  const figures = JSON.parse(document.getElementById("figures").textContent);
  const canvases = Object.keys(figures).map((id) => document.getElementById(id));
  const config = {
    displayModeBar: false,
    displaylogo: false,
    plotlyServerURL: "",
    responsive: true,
    scrollZoom: false,
    showSendToCloud: false,
  };
  const width = 800; // pixels of a saved picture
  const quiet = 1500; // milliseconds without use before plotly.js may take the page's time

  // What is wider than its box can be moved by keyboard.
  const reachable = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const canvas of canvases) reachable.observe(canvas.parentElement);

  const unpack = async () => {
    const code = new Blob([await report.unpack("plotly")], { type: "text/javascript" });
    const address = URL.createObjectURL(code);
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
    URL.revokeObjectURL(address);
  };
  let unpacked;

  const drawn = new Set();
  const draw = async (canvas) => {
    if (drawn.has(canvas)) return;
    drawn.add(canvas);
    const live = document.createElement("div");
    try {
      await (unpacked ??= unpack());
      live.className = "live";
      canvas.append(live);
      const { data, layout } = figures[canvas.id];
      await Plotly.newPlot(live, data, { ...layout, autosize: true }, config);
      canvas.classList.add("taken");
      performance.mark(`drawn ${canvas.id}`);
    } catch {
      live.remove(); // The chart that stands there stays.
    }
  };

  // What is in sight is drawn once nobody has used the page for a while.
  const wanted = new Set();
  const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 0));
  let timer;
  const next = () => {
    const [canvas] = wanted;
    if (!canvas) return;
    wanted.delete(canvas);
    draw(canvas).then(() => idle(next));
  };
  const wait = () => {
    clearTimeout(timer);
    if (wanted.size) timer = setTimeout(() => idle(next), quiet);
  };
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting && !drawn.has(target)) wanted.add(target);
        else wanted.delete(target);
      }
      wait();
    },
    { rootMargin: "600px" },
  );
  for (const canvas of canvases) {
    near.observe(canvas);
    for (const use of ["pointerenter", "pointerdown"]) {
      canvas.addEventListener(use, () => draw(canvas), { once: true });
    }
  }
  for (const use of ["keydown", "pointerdown", "input", "scroll"]) {
    window.addEventListener(use, wait, { capture: true, passive: true });
  }

  // Pictures to save are made from what stands in the page: dark on white, whatever the screen has.
  const picture = (canvas) => {
    const still = canvas.querySelector(".still").cloneNode(true);
    const { height } = figures[canvas.id].layout;
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
    return new XMLSerializer().serializeToString(still);
  };
  const painted = async (svg, height) => {
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
    const svg = picture(document.getElementById(id));
    const href =
      format === "png"
        ? await painted(svg, figures[id].layout.height)
        : `data:image/svg+xml,${encodeURIComponent(svg)}`;
    save(href, `${id}.${format}`);
  };
  document.addEventListener("click", (event) => {
    const { chart, save: format } = event.target.closest("button[data-save]")?.dataset ?? {};
    if (chart) saveChart(chart, format);
  });

  // After the first frame that has the charts in it.
  requestAnimationFrame(() => setTimeout(() => performance.mark("charts shown"), 0));
})();
