(() => {
  "use strict";
  const root = document.documentElement;
  const status = document.getElementById("status");
  const figures = JSON.parse(document.getElementById("figures").textContent);
  const config = {
    displayModeBar: false,
    displaylogo: false,
    plotlyServerURL: "",
    responsive: true,
    scrollZoom: false,
    showSendToCloud: false,
  };

  const say = (words) => {
    status.textContent = words;
  };

  // Folds: open in the file, so that everything can be read without scripts.
  const folds = [...document.querySelectorAll("details.folded")];
  for (const fold of folds) {
    fold.open = false;
    fold.classList.add("ready");
  }

  const save = (href, name) => {
    const link = document.createElement("a");
    link.href = href;
    link.download = name;
    link.click();
    say(`Saved ${name}`);
  };

  // Tables as CSV. Spreadsheets run what starts like a formula, so such a text gets a leading "'".
  const formula = /^\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\uff05]/u;
  const field = (cell) => {
    const value = cell.dataset.value;
    if (value !== undefined) return value;
    const text = cell.textContent.trim();
    return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  };
  const saveTable = (id) => {
    const rows = [...document.getElementById(id).rows];
    const lines = rows.map((row) => [...row.cells].map(field).join(","));
    // The mark at the start tells spreadsheets that the file is UTF-8.
    const file = new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv" });
    const address = URL.createObjectURL(file);
    save(address, `${id}.csv`);
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };

  // Charts: plotly.js lies packed in the page, and is unpacked once the page can be read.
  const bytes = (base64) => {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const letters = atob(base64);
    const found = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) found[at] = letters.charCodeAt(at);
    return found;
  };
  const unpack = async () => {
    const holder = document.getElementById("plotly");
    const packed = bytes(holder.textContent);
    holder.remove();
    const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const code = new Blob([await new Response(plain).arrayBuffer()], { type: "text/javascript" });
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
    const button = event.target.closest("button");
    if (!button) return;
    const { csv, save: format, chart } = button.dataset;
    if (csv) saveTable(csv);
    if (format) saveChart(chart, format);
  });

  // On paper everything is open, and every chart is drawn.
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = folds.filter((fold) => !fold.open);
    for (const fold of folded) fold.open = true;
    if (window.Plotly) canvases.forEach(draw);
  });
  window.addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
    folded = [];
  });
})();
