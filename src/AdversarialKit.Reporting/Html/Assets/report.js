
  drawAxes() {
    const a = this.area;
    const vertical = ticks(this.y.low, this.y.high, 7), horizontal = ticks(this.x.low, this.x.high, (a.right - a.left) / 80);
    for (const value of vertical.values) {
      const y = this.toY(value);
      shape(this.svg, "path", { class: "grid", d: "M" + a.left + " " + y + "H" + a.right });
      shape(this.svg, "text", { x: a.left - 7, y: y + 4, "text-anchor": "end" }, label(value, vertical.step));
    }
    shape(this.svg, "path", { class: "base", d: "M" + a.left + " " + a.bottom + "H" + a.right });
    for (const value of horizontal.values) {
      if (value !== Math.round(value)) continue;
      const x = this.toX(value), edge = x > a.right - 16 ? "end" : "middle";
      shape(this.svg, "path", { class: "base", d: "M" + x + " " + a.bottom + "v4" });
      shape(this.svg, "text", { x: edge === "end" ? a.right : x, y: a.bottom + 18, "text-anchor": edge }, iterationLabel(value, horizontal.step));
    }
  }

  drawCurve(curve) {
    const a = this.area, colour = "var(--c" + curve.colour + ")";
    const box = [a.left - 4, a.top - 2, a.right - a.left + 8, a.bottom - a.top + 3];
    const frame = shape(this.svg, "svg", { x: box[0], y: box[1], width: box[2], height: box[3], viewBox: box.join(" "), class: "frame" });
    const smooth = this.smooth && this.data.smooth && curve.x.length > 40;
    if (curve.low) {
      const there = path(curve.x, curve.high, this.toX, this.toY), back = path([...curve.x].reverse(), [...curve.low].reverse(), this.toX, this.toY);
      shape(frame, "path", { class: "band", d: there + back.replace("M", "L") + "Z", style: "fill:" + colour });
    }
    shape(frame, "path", { class: !smooth ? "curve" : curve.low ? "curve raw faint" : "curve raw", d: path(curve.x, curve.mean, this.toX, this.toY), style: "stroke:" + colour });
    curve.shown = smooth ? smoothed(curve.mean) : curve.mean;
    if (smooth) shape(frame, "path", { class: "curve", d: path(curve.x, curve.shown, this.toX, this.toY), style: "stroke:" + colour });
    if (this.data.dots || curve.x.length === 1) {
      curve.x.forEach((x, i) => shape(frame, "circle", { cx: this.toX(x), cy: this.toY(curve.mean[i]), r: 2.6, style: "fill:" + colour }));
    }
    for (const iteration of this.findings) {
      if (iteration >= this.x.low && iteration <= this.x.high) {
        shape(frame, "path", { class: "finding", d: "M" + this.toX(iteration) + " " + a.top + "V" + a.bottom });
      }
    }
  }

  hover(event) {
    if (this.curves.length === 0) return;
    const a = this.area, at = event.clientX - this.plot.getBoundingClientRect().left;
    const wanted = this.x.low + (at - a.left) / (a.right - a.left) * (this.x.high - this.x.low);
    const lead = this.curves.reduce((best, c) => c.x.length > best.x.length ? c : best);
    const iteration = lead.x[nearest(lead.x, wanted)];
    this.marks.replaceChildren();
    this.tip.replaceChildren();
    shape(this.marks, "path", { class: "cursor", d: "M" + this.toX(iteration) + " " + a.top + "V" + a.bottom });
    element(this.tip, "div", "quiet", "Iteration " + iteration.toLocaleString("en"));
    for (const curve of this.curves) this.read(curve, iteration);
    this.tip.hidden = false;
    const x = this.toX(iteration) + this.plot.offsetLeft, room = this.box.clientWidth - this.tip.offsetWidth - 8;
    this.tip.style.left = Math.max(8, x + 14 > room ? Math.min(x - 14 - this.tip.offsetWidth, room) : x + 14) + "px";
    this.tip.style.top = this.plot.offsetTop + 12 + "px";
  }

  read(curve, iteration) {
    const i = nearest(curve.x, iteration), colour = "var(--c" + curve.colour + ")";
    if (curve.mean[i] === null) return;
    const row = element(this.tip, "div"), y = this.toY(curve.shown[i]);
    element(row, "span").style.background = colour;
    row.append(curve.name);
    const extremes = curve.low ? " (" + figure(curve.low[i]) + " to " + figure(curve.high[i]) + ")" : "";
    element(row, "b", "", figure(curve.mean[i]) + (this.data.unit ? " " + this.data.unit : "") + extremes);
    if (y >= this.area.top && y <= this.area.bottom) {
      shape(this.marks, "circle", { class: "spot", cx: this.toX(curve.x[i]), cy: y, r: 4, style: "fill:" + colour });
    }
  }

  leave() {
    this.tip.hidden = true;
    if (this.marks) this.marks.replaceChildren();
  }
}

/* A large picture beside the strip, and a slider through time. */
function showSamples(section) {
  const figures = [...section.querySelectorAll("figure")], strip = section.querySelector(".strip");
  const viewer = document.createElement("div");
  viewer.className = "viewer";
  section.insertBefore(viewer, strip);
  const stage = element(viewer, "div", "stage"), controls = element(viewer, "div", "controls");
  element(controls, "div", "quiet", "After iteration");
  const output = element(controls, "output"), slider = element(controls, "input");
  Object.assign(slider, { type: "range", min: 0, max: figures.length - 1, step: 1 });
  slider.setAttribute("aria-label", "Which of the sheets is shown");
  const show = index => {
    slider.value = index;
    stage.replaceChildren(figures[index].firstElementChild.cloneNode(true));
    output.textContent = figures[index].querySelector("figcaption").textContent;
    figures.forEach((f, i) => f.classList.toggle("shown", i === index));
  };
  controls.appendChild(strip);
  slider.addEventListener("input", () => show(Number(slider.value)));
  figures.forEach((f, i) => f.addEventListener("click", () => show(i)));
  show(figures.length - 1);
}

function remember(value) {
  try { localStorage.setItem("adversarialkit-theme", value); } catch { /* Storage may be forbidden to local files. */ }
}

function remembered() {
  try { return localStorage.getItem("adversarialkit-theme"); } catch { return null; }
}

function start() {
  const root = document.documentElement;
  root.classList.add("scripted");
  const theme = remembered();
  if (theme) root.dataset.theme = theme;
  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    remember(root.dataset.theme);
  });

  const data = JSON.parse(document.getElementById("data").textContent);
  const parent = document.getElementById("charts"), smooth = document.getElementById("smooth");
  parent.replaceChildren();
  const charts = data.charts.map(chart => new Chart(parent, chart, chart.title === "Losses" ? data.diagnoses : []));
  document.getElementById("curves").hidden = charts.length === 0;
  const draw = () => charts.forEach(chart => chart.draw(smooth.checked));
  smooth.addEventListener("change", draw);
  let width = parent.clientWidth;
  draw();
  /* Drawing inside the observer's own round would make it complain of a loop. */
  new ResizeObserver(() => requestAnimationFrame(() => {
    if (parent.clientWidth !== width) { width = parent.clientWidth; draw(); }
  })).observe(parent);
  const samples = document.getElementById("samples");
  if (samples) showSamples(samples);
  root.dataset.ready = "true";
}

start();
