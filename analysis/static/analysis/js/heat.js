// Maps and images of fits: painted on a canvas from the server's numbers, under the axes and what was found on them.
import { levels, paint } from "../../measurements/js/map_colors.js";
import { numberText } from "../../measurements/js/plot_drawing.js";

async function numbersOf(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  const rows = Number(answer.headers.get("X-Rows"));
  const columns = Number(answer.headers.get("X-Columns"));
  const all = new Float32Array(await answer.arrayBuffer());
  const size = rows * columns;
  return { rows, columns, values: all.subarray(0, size), x: all.subarray(size, size + columns), y: all.subarray(size + columns) };
}

class LiveHeat {
  constructor(figure) {
    this.figure = figure;
    this.isImage = "isImage" in figure.dataset;
    this.stage = figure.querySelector(".map-stage");
    this.readout = figure.querySelector("[data-heat-readout]");
    this.load();
  }

  async load() {
    try {
      this.map = await numbersOf(this.figure.dataset.numbers);
    } catch {
      this.readout.textContent = "The numbers could not be fetched; the picture is the server's.";
      return;
    }
    this.canvas = document.createElement("canvas");
    Object.assign(this.canvas, { width: this.map.columns, height: this.map.rows, tabIndex: 0 });
    this.canvas.setAttribute("role", "application");
    this.canvas.setAttribute("aria-label", "Read a value: point at it, or use the arrow keys");
    this.canvas.addEventListener("pointermove", (event) => this.point(event));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.stage.append(this.canvas);
    paint(this.canvas, this.map, { ...levels(this.map.values, 0, 99.9, false), isLog: false, isImage: this.isImage });
    new ResizeObserver(() => this.place()).observe(this.stage);
    this.at = { column: this.map.columns >> 1, row: this.map.rows >> 1 };
    this.figure.dataset.drawn = "true";
  }

  // The canvas lies exactly where the server placed its picture between the axes.
  place() {
    const image = this.figure.querySelector("[data-map-picture]").getBoundingClientRect();
    const stage = this.stage.getBoundingClientRect();
    Object.assign(this.canvas.style, {
      left: `${image.left - stage.left}px`,
      top: `${image.top - stage.top}px`,
      width: `${image.width}px`,
      height: `${image.height}px`,
    });
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * this.map.columns);
    const down = Math.floor(((event.clientY - box.top) / box.height) * this.map.rows);
    this.say(column, this.isImage ? down : this.map.rows - 1 - down);
  }

  key(event) {
    const steps = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const [right, up] = steps[event.key];
    const pace = event.shiftKey ? 10 : 1;
    this.say(this.at.column + right * pace, this.at.row + up * pace * (this.isImage ? -1 : 1));
  }

  say(column, row) {
    const { columns, rows, x, y, values } = this.map;
    if (column < 0 || row < 0 || column >= columns || row >= rows) return;
    this.at = { column, row };
    const { xUnit, yUnit, unit } = this.figure.dataset;
    const value = values[row * columns + column];
    this.readout.textContent = `${numberText(x[column])} ${xUnit}, ${numberText(y[row])} ${yUnit}: ${numberText(value)} ${unit}`;
  }
}

for (const figure of document.querySelectorAll("[data-heat]")) new LiveHeat(figure);
