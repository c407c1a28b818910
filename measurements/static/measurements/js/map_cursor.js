// The cross on a map: by pointer or by keys, read out in words; a drag chooses the band that a cut is the sum over.
import { numberText } from "./plot_drawing.js";

const LEAST_PX = 6;
const FAST = 10;

function layer(parent, name) {
  const element = document.createElement("div");
  element.className = name;
  element.hidden = true;
  parent.append(element);
  return element;
}

// The index at which an axis, rising evenly or not, is nearest to a value.
function indexOf(axis, value) {
  let best = 0;
  for (let at = 1; at < axis.length; at += 1) if (Math.abs(axis[at] - value) < Math.abs(axis[best] - value)) best = at;
  return best;
}

export class MapCursor {
  constructor(live) {
    Object.assign(this, { live, map: live.map, canvas: live.canvas });
    this.readout = live.figure.querySelector("[data-map-readout]");
    const stage = this.canvas.parentElement;
    this.lines = [layer(stage, "map-line"), layer(stage, "map-line")];
    this.band = { x: layer(stage, "map-band"), y: layer(stage, "map-band") };
    this.at = { row: Math.floor(this.map.rows / 2), column: Math.floor(this.map.columns / 2) };
    const message = stage.querySelector("svg").getAttribute("aria-label");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-roledescription", "map");
    this.canvas.setAttribute("aria-label", `${message}. Arrow keys move the cross; Enter cuts along it.`);
    this.listen();
  }

  listen() {
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("focus", () => this.show());
    this.canvas.addEventListener("pointermove", (event) => this.pointed(event));
    this.canvas.addEventListener("pointerdown", (event) => {
      this.start = { ...this.placeOf(event), x: event.clientX, y: event.clientY };
      this.canvas.setPointerCapture(event.pointerId);
    });
    this.canvas.addEventListener("pointerup", (event) => this.dropped(event));
  }

  placeOf(event) {
    const box = this.canvas.getBoundingClientRect();
    const share = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
    const clip = (value, count) => Math.min(Math.max(Math.floor(value * count), 0), count - 1);
    const row = clip(share.y, this.map.rows);
    return { column: clip(share.x, this.map.columns), row: this.live.isImage ? row : this.map.rows - 1 - row };
  }

  pointed(event) {
    this.at = this.placeOf(event);
    this.show();
  }

  // Whichever way was dragged farther is the band.
  dropped(event) {
    const start = this.start;
    this.start = null;
    if (!start) return;
    const [across, up] = [Math.abs(event.clientX - start.x), Math.abs(event.clientY - start.y)];
    if (Math.max(across, up) < LEAST_PX) return;
    const end = this.placeOf(event);
    if (across >= up) this.choose("x", this.map.x[start.column], this.map.x[end.column]);
    else this.choose("y", this.map.y[start.row], this.map.y[end.row]);
  }

  choose(name, first, second) {
    const [low, high] = [Math.min(first, second), Math.max(first, second)];
    this.live.band(name, Number(low.toPrecision(6)), Number(high.toPrecision(6)));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? FAST : 1;
    const up = this.live.isImage ? -1 : 1;
    const moves = {
      ArrowRight: [step, 0],
      ArrowLeft: [-step, 0],
      ArrowUp: [0, up * step],
      ArrowDown: [0, -up * step],
      PageUp: [0, up * Math.round(this.map.rows / 20)],
      PageDown: [0, -up * Math.round(this.map.rows / 20)],
      Home: [-this.map.columns, 0],
      End: [this.map.columns, 0],
    };
    if (event.key === "Enter") {
      event.preventDefault();
      this.cross();
    } else if (event.key in moves) {
      event.preventDefault();
      const [across, along] = moves[event.key];
      this.at.column = Math.min(Math.max(this.at.column + across, 0), this.map.columns - 1);
      this.at.row = Math.min(Math.max(this.at.row + along, 0), this.map.rows - 1);
      this.show();
    }
  }

  // The cuts through the cross itself: one row and one column.
  cross() {
    const { x, y } = this.map;
    const { elements } = this.live.form;
    elements.x1.value = elements.x2.value = Number(x[this.at.column].toPrecision(7));
    elements.y1.value = elements.y2.value = Number(y[this.at.row].toPrecision(7));
    this.live.change();
  }

  show() {
    const { rows, columns, values, x, y } = this.map;
    const { row, column } = this.at;
    const { dataset } = this.live.figure;
    const value = values[row * columns + column];
    const place = `${numberText(x[column])} ${dataset.xUnit || "px"}, ${numberText(y[row])} ${dataset.yUnit || "px"}`;
    const head = document.createElement("b");
    head.textContent = Number.isNaN(value) ? "no value" : `${numberText(value)} ${dataset.unit}`.trim();
    this.readout.replaceChildren(`${place}: `, head);
    const [left, top] = [(column + 0.5) / columns, (this.shownRow(row) + 0.5) / rows];
    this.lay(this.lines[0], left, 0, 0, 1);
    this.lay(this.lines[1], 0, top, 1, 0);
  }

  shownRow(row) {
    return this.live.isImage ? row : this.map.rows - 1 - row;
  }

  // Lays an element over a part of the canvas, in shares of it; a line is one pixel thick.
  lay(element, left, top, width, height) {
    const box = this.canvas;
    const [across, down] = [box.offsetWidth, box.offsetHeight];
    element.hidden = false;
    Object.assign(element.style, {
      left: `${box.offsetLeft + left * across}px`,
      top: `${box.offsetTop + top * down}px`,
      width: `${Math.max(width * across, 1)}px`,
      height: `${Math.max(height * down, 1)}px`,
    });
  }

  bands() {
    const { rows, columns, x, y } = this.map;
    const [x1, x2, y1, y2] = ["x1", "x2", "y1", "y2"].map((name) => this.live.word(name));
    const isAcross = x1 !== "" && x2 !== "";
    const isUp = y1 !== "" && y2 !== "";
    this.band.x.hidden = !isAcross;
    this.band.y.hidden = !isUp;
    if (isAcross) {
      const [low, high] = [indexOf(x, Number(x1)), indexOf(x, Number(x2))].sort((a, b) => a - b);
      this.lay(this.band.x, low / columns, 0, (high - low + 1) / columns, 1);
    }
    if (isUp) {
      const [low, high] = [this.shownRow(indexOf(y, Number(y1))), this.shownRow(indexOf(y, Number(y2)))].sort((a, b) => a - b);
      this.lay(this.band.y, 0, low / rows, 1, (high - low + 1) / rows);
    }
  }

  place() {
    this.bands();
    if (!this.lines[0].hidden) this.show();
  }
}
