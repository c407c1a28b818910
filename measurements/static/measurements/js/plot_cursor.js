// The cursor: by pointer or by keys, read out with every trace at once; a drag chooses the part to look at.
import { colorOf, numberText } from "./plot_drawing.js";

const PAGES = 20;
const LEAST_PX = 6;

// The index of the value nearest to x in a rising list.
export function nearest(list, x) {
  let low = 0;
  let high = list.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (list[middle] <= x) low = middle;
    else high = middle;
  }
  return Math.abs(list[high] - x) < Math.abs(list[low] - x) ? high : low;
}

export class LiveCursor {
  constructor(figure, zoom) {
    this.readout = figure.querySelector("[data-plot-readout]");
    this.zoom = zoom;
    this.at = null;
    this.place = null;
  }

  // The element that takes the keys: a slider along the axis.
  stage(box, told) {
    const hadFocus = box.contains(document.activeElement);
    const picture = box.querySelector("svg");
    this.message ??= picture?.getAttribute("aria-label") ?? "Plot";
    const stage = document.createElement("div");
    stage.className = "plot-stage";
    stage.setAttribute("role", "slider");
    stage.setAttribute("aria-label", `Cursor along ${told.x_label || "the axis"}. ${this.message}`);
    stage.tabIndex = 0;
    stage.addEventListener("keydown", (event) => this.key(event));
    box.replaceChildren(stage);
    if (hadFocus) stage.focus({ preventScroll: true });
    return stage;
  }

  attach(plot, told) {
    this.plot = plot;
    this.told = told;
    const axis = plot.data[0];
    const stage = plot.root.parentElement;
    stage.setAttribute("aria-valuemin", axis[0] ?? 0);
    stage.setAttribute("aria-valuemax", axis.at(-1) ?? 0);
    this.stageElement = stage;
    if (this.place !== null && axis.length) this.go(nearest(axis, this.place));
    else this.rest();
  }

  rest() {
    this.stageElement.setAttribute("aria-valuenow", this.plot.data[0][0] ?? 0);
    this.stageElement.setAttribute("aria-valuetext", "no place chosen");
    this.readout.textContent = "Point at the plot, or focus it and use the arrow keys, to read every trace.";
  }

  key(event) {
    const axis = this.plot.data[0];
    const last = axis.length - 1;
    if (last < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.round(last / PAGES));
    const step = event.shiftKey ? 10 : 1;
    const here = this.at ?? -1;
    const moves = {
      ArrowRight: here + step,
      ArrowUp: here + step,
      ArrowLeft: here - step,
      ArrowDown: here - step,
      PageUp: here + page,
      PageDown: here - page,
      Home: 0,
      End: last,
    };
    if (!(event.key in moves)) return;
    event.preventDefault();
    this.go(Math.min(Math.max(moves[event.key], 0), last));
  }

  go(index) {
    const left = this.plot.valToPos(this.plot.data[0][index], "x");
    this.isByKey = true;
    this.plot.setCursor({ left, top: this.plot.over.clientHeight / 2 });
    this.isByKey = false;
    this.say(index);
  }

  moved(plot) {
    if (this.isByKey || plot !== this.plot || plot.cursor.idx === null || plot.cursor.left < 0) return;
    this.say(plot.cursor.idx);
  }

  say(index) {
    const x = this.plot.data[0][index];
    if (x === undefined) return;
    this.at = index;
    this.place = x;
    const unit = this.told.x_label.match(/\(([^)]*)\)$/)?.[1] ?? "";
    const place = `${numberText(x)} ${unit}`.trim();
    this.stageElement.setAttribute("aria-valuenow", x);
    this.stageElement.setAttribute("aria-valuetext", place);
    const head = document.createElement("b");
    head.textContent = place;
    this.readout.replaceChildren(head, ...this.told.traces.map((trace) => this.reading(trace, x)));
  }

  reading(trace, x) {
    const isThere = trace.x.length && x >= trace.x[0] && x <= trace.x.at(-1);
    const value = isThere ? trace.y[nearest(trace.x, x)] : null;
    const reading = document.createElement("span");
    const mark = document.createElement("i");
    mark.style.background = colorOf(trace);
    const text = value === null ? "no value" : numberText(value);
    reading.append(mark, `${trace.label} `, Object.assign(document.createElement("b"), { textContent: text }));
    return reading;
  }

  selected(plot) {
    const { left, width } = plot.select;
    if (width < LEAST_PX) return;
    const low = plot.posToVal(left, "x");
    const high = plot.posToVal(left + width, "x");
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.zoom(Number(low.toPrecision(7)), Number(high.toPrecision(7)));
  }
}
