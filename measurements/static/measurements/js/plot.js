// Plots that answer: every [data-plot] on the page gets zoom, a cursor and redrawing without a new page.
import { ask, formWords, keepAddress, replaceParts } from "./plot_asking.js";
import { LiveCursor } from "./plot_cursor.js";
import { drawInto } from "./plot_drawing.js";
import { onThemeChange } from "./plot_theme.js";

const PAUSE_MS = 120;

class LivePlot {
  constructor(figure) {
    this.figure = figure;
    this.box = figure.querySelector("[data-plot-box]");
    this.form = figure.querySelector("[data-plot-form]");
    this.query = figure.dataset.query;
    this.told = null;
    this.cursor = new LiveCursor(figure, (low, high) => this.zoom(low, high));
    this.listen();
    this.load(this.query, false);
  }

  listen() {
    this.figure.addEventListener("change", () => this.load(formWords(this.form)));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.load(formWords(this.form));
    });
    this.form.addEventListener("input", (event) => {
      if (event.target.type !== "range") return;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.load(formWords(this.form)), PAUSE_MS);
    });
    this.figure.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-asks]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.load(link.getAttribute("href").slice(1));
    });
    onThemeChange(() => this.draw());
    new ResizeObserver(() => this.resize()).observe(this.box);
  }

  zoom(low, high) {
    const words = new URLSearchParams(formWords(this.form));
    words.set("from", low);
    words.set("to", high);
    this.load(words.toString());
  }

  // Every change is asked of the server, which knows what a recipe means; the address bar keeps what it answered.
  async load(query, isChange = true) {
    this.box.setAttribute("aria-busy", "true");
    const told = await ask(this.figure, query, isChange, this.box.clientWidth);
    if (!told) return;
    this.box.removeAttribute("aria-busy");
    this.told = told;
    if (isChange) {
      replaceParts(this.figure, told.html);
      keepAddress(this.figure, told.query);
      this.figure.dispatchEvent(new CustomEvent("recipe", { bubbles: true, detail: told.query }));
    }
    this.draw();
  }

  draw() {
    if (!this.told) return;
    this.plot?.destroy();
    this.plot = drawInto(this.box, this.told, this.cursor);
    this.cursor.attach(this.plot, this.told);
    this.figure.dataset.drawn = "true";
    performance.mark("plot drawn");
  }

  resize() {
    if (!this.plot) return;
    const { clientWidth: width, clientHeight: height } = this.box;
    if (width && (width !== this.plot.width || height !== this.plot.height)) this.plot.setSize({ width, height });
  }
}

for (const figure of document.querySelectorAll("[data-plot]")) figure.livePlot = new LivePlot(figure);
