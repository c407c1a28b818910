// Maps and images: painted on a canvas from the server's numbers, read by pointer or keys, cut by a band.
import { paint, levels } from "./map_colors.js";
import { MapCursor } from "./map_cursor.js";

// Along each axis the sum is over a band of the other.
const CUTS = { x: ["y1", "y2"], y: ["x1", "x2"] };

async function numbersOf(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  const rows = Number(answer.headers.get("X-Rows"));
  const columns = Number(answer.headers.get("X-Columns"));
  const all = new Float32Array(await answer.arrayBuffer());
  const size = rows * columns;
  return { rows, columns, values: all.subarray(0, size), x: all.subarray(size, size + columns), y: all.subarray(size + columns) };
}

class LiveMap {
  constructor(figure) {
    this.figure = figure;
    this.form = figure.querySelector("[data-map-form]");
    this.isImage = "isImage" in figure.dataset;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.change();
    });
    this.form.addEventListener("change", () => this.change());
    this.figure.querySelector("[data-map-reset]").addEventListener("click", (event) => this.reset(event));
    this.load();
  }

  async load() {
    try {
      this.map = await numbersOf(this.figure.dataset.numbers);
    } catch {
      const readout = this.figure.querySelector("[data-map-readout]");
      readout.textContent = "The numbers could not be fetched; the picture is the server's.";
      return;
    }
    this.canvas = document.createElement("canvas");
    this.canvas.width = this.map.columns;
    this.canvas.height = this.map.rows;
    const stage = this.figure.querySelector(".map-stage");
    stage.append(this.canvas);
    this.place();
    new ResizeObserver(() => this.place()).observe(stage);
    this.cursor = new MapCursor(this);
    this.draw();
    this.figure.dataset.drawn = "true";
    performance.mark("map drawn");
  }

  // The canvas lies exactly over the picture that the server placed between its axes.
  place() {
    const image = this.figure.querySelector("[data-map-picture]").getBoundingClientRect();
    const stage = this.figure.querySelector(".map-stage").getBoundingClientRect();
    Object.assign(this.canvas.style, {
      left: `${image.left - stage.left}px`,
      top: `${image.top - stage.top}px`,
      width: `${image.width}px`,
      height: `${image.height}px`,
    });
    this.cursor?.place();
  }

  word(name) {
    return this.form.elements[name].value.replace(",", ".");
  }

  draw() {
    const isLog = this.word("scale") === "log";
    const range = levels(this.map.values, Number(this.word("low")) || 0, Number(this.word("high")) || 100, isLog);
    paint(this.canvas, this.map, { ...range, isLog, isImage: this.isImage });
    this.figure.querySelector("[data-map-low]").textContent = range.low.toPrecision(4);
    this.figure.querySelector("[data-map-high]").textContent = range.high.toPrecision(4);
    this.cursor.bands();
  }

  // A band that was dragged goes into the boxes, where it can also be typed.
  band(name, low, high) {
    const [first, second] = name === "x" ? ["x1", "x2"] : ["y1", "y2"];
    this.form.elements[first].value = low;
    this.form.elements[second].value = high;
    this.change();
  }

  reset(event) {
    event.preventDefault();
    for (const name of ["x1", "x2", "y1", "y2"]) this.form.elements[name].value = "";
    Object.assign(this.form.elements.low, { value: "0" });
    Object.assign(this.form.elements.high, { value: "99.9" });
    this.form.elements.scale.value = "linear";
    this.change();
  }

  change() {
    this.draw();
    const words = new URLSearchParams();
    for (const [name, text] of new FormData(this.form)) if (text.trim()) words.append(name, text);
    history.replaceState(history.state, "", `${location.pathname}?${words}`);
    for (const [along, [low, high]] of Object.entries(CUTS)) this.cut(along, this.word(low), this.word(high));
  }

  cut(along, low, high) {
    const figure = document.getElementById(`${this.figure.id}-${along}`);
    if (!figure?.livePlot) return;
    const words = new URLSearchParams(figure.dataset.query);
    const curve = words.get("c").split("~")[0];
    words.set("c", `${curve}~${along}:${low}:${high}`);
    if (words.toString() === new URLSearchParams(figure.dataset.query).toString()) return;
    figure.livePlot.load(words.toString());
  }
}

for (const figure of document.querySelectorAll("[data-map]")) new LiveMap(figure);
