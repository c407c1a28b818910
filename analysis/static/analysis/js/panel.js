// Panels that answer: every [data-panel] gets zoom, a cursor and the logarithm, also those that arrive later.
import { LiveCursor } from "../../measurements/js/plot_cursor.js";
import { onThemeChange } from "../../measurements/js/plot_theme.js";
import { joined, mainOptions, residualOptions, wholeAxis } from "./panel_drawing.js";

const RESIDUAL_SHARE = 0.28;
const LEAST_PX = 6;

async function numbersOf(figure) {
  if (figure.dataset.numbers) return JSON.parse(figure.dataset.numbers);
  const answer = await fetch(figure.dataset.address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

class LivePanel {
  constructor(figure) {
    this.figure = figure;
    this.box = figure.querySelector("[data-panel-box]");
    this.box.id ||= `${figure.id}-box`;
    this.log = figure.querySelector("[data-panel-log]");
    this.whole = figure.querySelector("[data-panel-whole]");
    this.range = null;
    this.cursor = new LiveCursor(figure, (low, high) => this.zoom(low, high));
    this.log?.addEventListener("click", (event) => this.toggle(event));
    this.whole?.addEventListener("click", () => this.zoom(null, null));
    onThemeChange(() => this.draw());
    this.load();
  }

  async load() {
    try {
      this.told = await numbersOf(this.figure);
    } catch {
      this.figure.querySelector("[data-plot-readout]").textContent = "The numbers could not be fetched; the picture is the server's.";
      return;
    }
    this.draw();
    new ResizeObserver(() => this.resize()).observe(this.box);
  }

  toggle(event) {
    event.preventDefault();
    if (!this.told) return;
    this.told.is_log = !this.told.is_log;
    this.log.setAttribute("aria-pressed", String(this.told.is_log));
    this.draw();
  }

  heights() {
    const whole = this.box.clientHeight;
    const below = this.told.residuals ? Math.round(whole * RESIDUAL_SHARE) : 0;
    return { main: whole - below, below };
  }

  draw() {
    if (!this.told) return;
    this.plot?.destroy();
    this.below?.destroy();
    const { main, below } = this.heights();
    const stage = this.cursor.stage(this.box, this.told);
    stage.classList.add("panel-stage");
    const common = { span: this.range ?? wholeAxis(this.told), zoomed: (plot) => this.selected(plot) };
    const options = mainOptions(this.box, this.told, { ...common, height: main, cursor: this.cursor });
    this.plot = new uPlot(options, joined(this.told.traces, this.told.is_log), stage);
    if (below) {
      const residuals = this.told.residuals;
      this.below = new uPlot(residualOptions(this.box, this.told, { ...common, height: below }), [residuals.x, residuals.y], stage);
    }
    this.cursor.attach(this.plot, this.told);
    if (this.whole) this.whole.hidden = !this.range;
    this.figure.dataset.drawn = "true";
    performance.mark("panel drawn");
  }

  selected(plot) {
    const { left, width } = plot.select;
    if (width < LEAST_PX) return;
    const [low, high] = [plot.posToVal(left, "x"), plot.posToVal(left + width, "x")];
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.zoom(low, high);
  }

  zoom(low, high) {
    this.range = low === null ? null : [low, high];
    this.draw();
  }

  resize() {
    const width = this.box.clientWidth;
    if (!this.plot || !width || width === this.plot.width) return;
    const { main, below } = this.heights();
    this.plot.setSize({ width, height: main });
    this.below?.setSize({ width, height: below });
  }
}

function enliven(root) {
  const figures = root.matches?.("[data-panel]") ? [root] : root.querySelectorAll("[data-panel]");
  for (const figure of figures) figure.livePanel ??= new LivePanel(figure);
}

enliven(document);
document.addEventListener("htmx:load", (event) => enliven(event.detail.elt));
