(() => {
  "use strict";
  const { say, save } = report;
  const root = document.documentElement;
  const figures = JSON.parse(document.getElementById("figures").textContent);
  const config = {
    displayModeBar: false,
    displaylogo: false,
    plotlyServerURL: "",
    responsive: true,
    scrollZoom: false,
    showSendToCloud: false,
  };

  // Charts: plotly.js lies packed in the page, and is unpacked once the page can be read.
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
  const canvases = Object.keys(figures).map((id) => document.getElementById(id));
  // What is wider than its box can be moved by keyboard.
  const reachable = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const canvas of canvases) {
    const { height, meta } = figures[canvas.id].layout;
    canvas.style.height = `${height}px`;
    if (meta) canvas.style.minWidth = `${meta.narrowest}px`;
    reachable.observe(canvas.parentElement);
  }
  const drawn = new Map();
  const draw = (canvas) => {
    if (!drawn.has(canvas.id)) {
      const { data, layout } = figures[canvas.id];
      const drawing = Plotly.newPlot(canvas, data, { ...layout, autosize: true }, config);
      drawn.set(
        canvas.id,
        drawing.then(() => performance.mark(`drawn ${canvas.id}`)),
      );
    }
    return drawn.get(canvas.id);
  };
  const ready = unpack().then(
    () => {
      const near = new IntersectionObserver(
        (entries) => {
          for (const entry of entries) {
            if (entry.isIntersecting) {
              near.unobserve(entry.target);
              draw(entry.target);
            }
          }
        },
        { rootMargin: "600px" },
      );
      if (canvases.length) draw(canvases[0]);
      for (const canvas of canvases.slice(1)) near.observe(canvas);
    },
    () => {
      root.classList.add("failed");
      for (const fold of document.querySelectorAll(".chart details.folded")) fold.open = true;
      say("This browser cannot draw the charts. Their tables are open instead.");
    },
  );

  const saveChart = async (id, format) => {
    await ready;
    const canvas = document.getElementById(id);
    await draw(canvas);
    const { data, layout } = figures[id];
    const href = await Plotly.toImage(
      { data, layout: { ...layout, paper_bgcolor: "#ffffff" }, config },
      { format, width: 800, height: layout.height, scale: format === "png" ? 2 : 1 },
    );
    save(href, `${id}.${format}`);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-save]");
    if (button) saveChart(button.dataset.chart, button.dataset.save);
  });

  // On paper every chart is drawn.
  window.addEventListener("beforeprint", () => {
    if (window.Plotly) canvases.forEach(draw);
  });
})();
