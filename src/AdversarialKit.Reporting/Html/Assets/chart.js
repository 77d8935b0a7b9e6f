"use strict";

const svgNamespace = "http://www.w3.org/2000/svg";

function shape(parent, name, attributes, text) {
  const element = document.createElementNS(svgNamespace, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (text !== undefined) element.textContent = text;
  parent.appendChild(element);
  return element;
}

function element(parent, name, className, text) {
  const child = document.createElement(name);
  if (className) child.className = className;
  if (text !== undefined) child.textContent = text;
  parent.appendChild(child);
  return child;
}

/* Ticks at 1, 2 or 5 times a power of ten. */
function ticks(low, high, wanted) {
  const rough = 0.8 * (high - low) / wanted;
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(s => s >= rough) || 10 * power;
  const result = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) result.push(i * step);
  return { step, values: result };
}

function label(value, step) {
  const size = Math.max(Math.abs(value), step);
  if (Math.abs(value) < step * 1e-6) return "0";
  if (size < 1e-3 || size >= 1e7) return Number(value.toPrecision(3)).toExponential().replace("e+", "e");
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function iterationLabel(value, step) {
  const divide = (by, suffix) => Number((value / by).toFixed(3)) + suffix;
  if (step >= 1e5 && value >= 1e6) return divide(1e6, "M");
  if (step >= 100 && value >= 1e3) return divide(1e3, "k");
  return String(value);
}

function figure(value) {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2).replace("e+", "e");
  return Number(value.toPrecision(4)).toLocaleString("en", { maximumFractionDigits: 6 });
}

/* The exponentially weighted mean, free of the bias of its start. */
function smoothed(values) {
  const keep = 1 - 1 / Math.max(10, values.length / 40);
  let mean = 0, weight = 0;
  return values.map(value => {
    if (value === null) return null;
    mean = keep * mean + (1 - keep) * value;
    weight = keep * weight + 1 - keep;
    return mean / weight;
  });
}

function path(x, values, toX, toY) {
  let result = "", pen = false;
  for (let i = 0; i < x.length; i++) {
    if (values[i] === null) { pen = false; continue; }
    result += (pen ? "L" : "M") + toX(x[i]).toFixed(1) + " " + toY(values[i]).toFixed(1);
    pen = true;
  }
  return result;
}

/* The index of the x nearest to a value, in an ascending list. */
function nearest(x, value) {
  let low = 0, high = x.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] < value) low = middle; else high = middle;
  }
  return Math.abs(x[low] - value) <= Math.abs(x[high] - value) ? low : high;
}

/* What the vertical axis spans: everything, unless a few points lie so far off that they would flatten the rest. */
function span(curves) {
  const all = [];
  for (const curve of curves) {
    for (const list of [curve.mean, curve.low, curve.high]) if (list) for (const v of list) if (v !== null) all.push(v);
  }
  all.sort((a, b) => a - b);
  const at = share => all[Math.round(share * (all.length - 1))];
  let low = all[0], high = all[all.length - 1];
  const middle = at(0.99) - at(0.01);
  const far = all.length > 50 && middle > 0 && high - low > 4 * middle;
  const extremes = far ? [low, high] : null;
  if (far) { low = Math.max(low, at(0.01) - middle / 4); high = Math.min(high, at(0.99) + middle / 4); }
  const pad = high > low ? (high - low) * 0.06 : Math.max(Math.abs(high) * 0.1, 1e-9);
  const above = low >= 0 && low - pad < 0;
  return { low: above ? 0 : low - pad, high: high + pad, extremes };
}

class Chart {
  constructor(parent, data, findings) {
    this.data = data;
    this.findings = findings;
    this.hidden = new Set();
    this.box = element(parent, "section", "chart");
    element(this.box, "h3", "", data.title);
    this.legend = element(this.box, "div", "legend");
    this.plot = element(this.box, "div");
    this.note = element(this.box, "p", "note");
    this.tip = element(this.box, "div", "tip");
    this.tip.hidden = true;
    const named = data.curves.length === 1 && data.curves[0].name === data.title;
    if (named) this.legend.remove();
    else for (const curve of data.curves) this.addToLegend(curve);
    this.plot.addEventListener("pointermove", event => this.hover(event));
    this.plot.addEventListener("pointerdown", event => this.hover(event));
    this.plot.addEventListener("pointerleave", () => this.leave());
  }

  addToLegend(curve) {
    const button = element(this.legend, "button");
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    element(button, "span").style.background = "var(--c" + curve.colour + ")";
    button.append(curve.name);
    button.addEventListener("click", () => {
      if (!this.hidden.delete(curve)) this.hidden.add(curve);
      button.setAttribute("aria-pressed", String(!this.hidden.has(curve)));
      this.draw(this.smooth);
    });
  }

  draw(smooth) {
    this.smooth = smooth;
    this.leave();
    this.plot.replaceChildren();
    this.curves = this.data.curves.filter(curve => !this.hidden.has(curve));
    if (this.curves.length === 0) { this.note.textContent = "All curves are hidden."; return; }
    const width = Math.max(this.plot.clientWidth, 200), height = 220;
    this.area = { left: 50, right: width - 10, top: 8, bottom: height - 24 };
    this.svg = shape(this.plot, "svg", { height, viewBox: "0 0 " + width + " " + height, role: "img", "aria-label": this.data.title });
    this.scale();
    this.drawAxes();
    for (const curve of this.curves) this.drawCurve(curve);
    this.marks = shape(this.svg, "g", {});
  }

  scale() {
    const a = this.area, range = span(this.curves);
    const first = Math.min(...this.curves.map(c => c.x[0])), last = Math.max(...this.curves.map(c => c.x[c.x.length - 1]));
    this.x = { low: first, high: last > first ? last : first + 1 };
    this.y = range;
    this.toX = v => a.left + (v - this.x.low) / (this.x.high - this.x.low) * (a.right - a.left);
    this.toY = v => a.bottom - (Math.min(Math.max(v, range.low - 1e3 * (range.high - range.low)), range.high + 1e3 * (range.high - range.low)) - range.low) / (range.high - range.low) * (a.bottom - a.top);
    const wide = this.curves.some(c => c.low && c.low.some((v, i) => v !== c.high[i]));
    this.note.textContent = range.extremes
      ? "Beyond the axis: values from " + figure(range.extremes[0]) + " to " + figure(range.extremes[1]) + "."
      : wide ? "The shade shows the lowest and highest value around each point." : "";
  }
