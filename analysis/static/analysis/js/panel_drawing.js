// Draws a panel with uPlot: data, model and its parts, bands behind, marks before, error bars, residuals below.
import { axisOf, colorOf } from "../../measurements/js/plot_drawing.js";
import { isDark, token } from "../../measurements/js/plot_theme.js";
import { roomForLabels } from "../../measurements/js/plot_labels.js";

const LABEL_FONT = '600 11px -apple-system, "Segoe UI", Inter, Roboto, sans-serif';
const LEFT_PX = 62;
const FEW_POINTS = 120;
const MOST_LABELLED = 24;
const LABEL_PX = 13;
const NEAR_PX = 90;
const MOST_SHIFT_PX = 34;

function valuesOf(trace, isLog) {
  return isLog ? trace.y.map((value) => (value > 0 ? value : null)) : trace.y;
}

export function joined(traces, isLog) {
  if (!traces.length) return [[], []];
  return uPlot.join(traces.map((trace) => [trace.x, valuesOf(trace, isLog)]));
}

const PATHS = {
  bars: () => uPlot.paths.stepped({ align: 1 }),
  points: () => () => null,
  rings: () => () => null,
  sticks: () => () => null,
};

function pointsOf(trace) {
  if (trace.kind === "rings") return { show: true, size: 8, width: 1.6, fill: token("paper"), stroke: colorOf(trace) };
  if (trace.kind !== "points") return { show: false };
  const size = trace.point_count <= FEW_POINTS ? 6 : 3;
  return { show: true, size, width: 0, fill: colorOf(trace), stroke: colorOf(trace) };
}

function seriesOf(trace) {
  const color = colorOf(trace);
  return {
    label: trace.label,
    stroke: color,
    fill: trace.kind === "bars" ? `${color}26` : undefined,
    width: trace.role === "model" ? 1.8 : 1.2,
    dash: trace.dash.length ? trace.dash : undefined,
    paths: PATHS[trace.kind]?.(),
    points: pointsOf(trace),
    spanGaps: false,
  };
}

// Bands lie behind everything, with what they mean at their top.
function drawBands(plot, told) {
  const { ctx, bbox } = plot;
  ctx.save();
  for (const [low, high, label] of told.bands) {
    const left = Math.max(plot.valToPos(low, "x", true), bbox.left);
    const right = Math.min(plot.valToPos(high, "x", true), bbox.left + bbox.width);
    if (right <= left) continue;
    ctx.fillStyle = isDark() ? "rgb(116 201 214 / 12%)" : "rgb(10 92 105 / 8%)";
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
    write(ctx, label, left + 4 * devicePixelRatio, bbox.top + 10 * devicePixelRatio);
  }
  ctx.restore();
}

function write(ctx, text, x, y) {
  ctx.font = LABEL_FONT.replace("11px", `${11 * devicePixelRatio}px`);
  ctx.fillStyle = token("mute");
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillText(text, x, y);
}

// A mark without a height goes through the whole panel; labels that would touch are left out.
function drawMarks(plot, told) {
  const { ctx, bbox } = plot;
  const inside = told.marks
    .map(([at, height, label]) => ({ x: plot.valToPos(at, "x", true), height, label }))
    .filter(({ x }) => x >= bbox.left && x <= bbox.left + bbox.width)
    .sort((one, other) => one.x - other.x);
  const foot = bbox.top + bbox.height;
  let freeFrom = -Infinity;
  ctx.save();
  ctx.strokeStyle = token("edge");
  ctx.lineWidth = 1.2 * devicePixelRatio;
  for (const { x, height, label } of inside) {
    const isHigh = height !== null && (!told.is_log || height > 0);
    const top = isHigh ? Math.max(plot.valToPos(height, "y", true), bbox.top) : bbox.top;
    ctx.setLineDash(isHigh ? [] : [4 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, foot);
    ctx.lineTo(x, top);
    ctx.stroke();
    if (!label || inside.length > MOST_LABELLED || x < freeFrom) continue;
    write(ctx, label, x + 4 * devicePixelRatio, isHigh ? Math.max(top - 8 * devicePixelRatio, bbox.top + 6) : top + 10 * devicePixelRatio);
    freeFrom = x + Math.max(46, 7 * label.length) * devicePixelRatio;
  }
  ctx.restore();
}

function drawErrors(plot, told) {
  const { ctx } = plot;
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  for (const trace of told.traces) {
    if (!trace.stderr) continue;
    ctx.strokeStyle = colorOf(trace);
    ctx.beginPath();
    for (const [index, stderr] of trace.stderr.entries()) {
      const value = trace.y[index];
      if (!(stderr > 0) || value === null || (told.is_log && value - stderr <= 0)) continue;
      const x = plot.valToPos(trace.x[index], "x", true);
      ctx.moveTo(x, plot.valToPos(value - stderr, "y", true));
      ctx.lineTo(x, plot.valToPos(value + stderr, "y", true));
    }
    ctx.stroke();
  }
  ctx.restore();
}

function drawSticks(plot, told) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = 1.4 * devicePixelRatio;
  for (const trace of told.traces.filter((one) => one.kind === "sticks")) {
    ctx.strokeStyle = colorOf(trace);
    ctx.beginPath();
    for (const [index, at] of trace.x.entries()) {
      if (trace.y[index] === null) continue;
      const x = plot.valToPos(at, "x", true);
      ctx.moveTo(x, bbox.top + bbox.height);
      ctx.lineTo(x, plot.valToPos(trace.y[index], "y", true));
    }
    ctx.stroke();
  }
  ctx.restore();
}

function heightRange(told) {
  const isOnZero = told.traces.some((trace) => trace.kind === "bars" || trace.kind === "sticks");
  if (told.is_log) return () => decades(told);
  return (_plot, low, high) => {
    const reach = errorReach(told, low, high);
    const air = (reach.high - reach.low || Math.abs(reach.high) || 1) * 0.05;
    return [isOnZero ? Math.min(0, reach.low) : reach.low - air, reach.high + air];
  };
}

// A part of a model may fall to nothing; what was measured says how far down is worth a look.
function decades(told) {
  const positive = (traces) => traces.flatMap((trace) => trace.y.filter((value) => value > 0));
  const measured = positive(told.traces.filter((trace) => trace.role === "data"));
  const all = positive(told.traces);
  if (!all.length) return [0.1, 1];
  const low = Math.min(...(measured.length ? measured : all));
  return [Number((low * 0.8).toPrecision(1)), Math.max(...all) * 1.3];
}

function errorReach(told, low, high) {
  const reach = { low, high };
  for (const trace of told.traces) {
    for (const [index, stderr] of (trace.stderr ?? []).entries()) {
      if (trace.y[index] === null || !(stderr > 0)) continue;
      reach.low = Math.min(reach.low, trace.y[index] - stderr);
      reach.high = Math.max(reach.high, trace.y[index] + stderr);
    }
  }
  return reach;
}

// What the whole axis spans; points that stand for themselves have some air beside them.
export function wholeAxis(told) {
  const drawn = told.traces.filter((trace) => trace.x.length);
  if (!drawn.length) return [0, 1];
  const low = Math.min(...drawn.map((trace) => trace.x[0]));
  const high = Math.max(...drawn.map((trace) => trace.x.at(-1)));
  if (low === high) return [low - 0.5, high + 0.5];
  const measured = drawn.filter((trace) => trace.role === "data");
  const isCloud = measured.every((trace) => trace.kind !== "line" && trace.point_count <= FEW_POINTS);
  const air = isCloud ? (high - low) * 0.05 : 0;
  return [low - air, high + air];
}

// Where each curve of a waterfall ends: its model where it has one, which does not scatter.
function endsOf(plot, told) {
  const ends = new Map();
  for (const [index, trace] of told.traces.entries()) {
    for (let at = plot.data[0].length - 1; at >= 0; at -= 1) {
      const value = plot.data[index + 1][at];
      if (value === null || value === undefined) continue;
      ends.set(trace.label, { x: plot.valToPos(plot.data[0][at], "x", true), y: plot.valToPos(value, "y", true), label: trace.label });
      break;
    }
  }
  return [...ends.values()].sort((one, other) => one.y - other.y);
}

// Labels that would touch are moved apart; one that would stand beside another's line is left out, the legend has it.
function drawEnds(plot, told) {
  const { ctx } = plot;
  const placed = [];
  ctx.save();
  ctx.font = LABEL_FONT.replace("11px", `${11 * devicePixelRatio}px`);
  ctx.fillStyle = token("ink");
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  for (const end of endsOf(plot, told)) {
    const near = placed.filter((one) => Math.abs(one.x - end.x) < NEAR_PX * devicePixelRatio);
    const at = Math.max(end.y, ...near.map((one) => one.at + LABEL_PX * devicePixelRatio));
    if (at - end.y > MOST_SHIFT_PX * devicePixelRatio) continue;
    placed.push({ x: end.x, at });
    ctx.fillText(end.label, end.x + 6 * devicePixelRatio, at);
  }
  ctx.restore();
}

export function mainOptions(box, told, { height, span, cursor, zoomed }) {
  return {
    width: box.clientWidth,
    height,
    padding: [10, told.has_ends ? roomForLabels(told, box.clientWidth) : 14, 0, 0],
    legend: { show: false },
    scales: { x: { time: false, range: () => span }, y: { distr: told.is_log ? 3 : 1, range: heightRange(told) } },
    axes: [
      axisOf(told.residuals ? "" : told.x_label, { size: told.residuals ? 8 : 28, ...(told.residuals && { values: () => [], labelSize: 0 }) }),
      axisOf(told.y_label, { size: LEFT_PX - 18, ...(told.has_ends && { size: 12, values: () => [] }) }),
    ],
    series: [{}, ...(told.traces.length ? told.traces.map(seriesOf) : [{ show: false }])],
    cursor: { y: false, drag: { x: true, y: false, setScale: false }, points: { size: 7 }, sync: { key: box.id || "panel" } },
    hooks: {
      drawClear: [(plot) => drawBands(plot, told)],
      draw: [
        (plot) => drawErrors(plot, told),
        (plot) => drawSticks(plot, told),
        (plot) => drawMarks(plot, told),
        (plot) => told.has_ends && drawEnds(plot, told),
      ],
      setCursor: [(plot) => cursor.moved(plot)],
      setSelect: [(plot) => zoomed(plot)],
    },
  };
}

export function residualOptions(box, told, { height, span, zoomed }) {
  return {
    width: box.clientWidth,
    height,
    padding: [6, 14, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, range: () => span },
      y: { range: (_plot, low, high) => { const reach = Math.max(Math.abs(low), Math.abs(high), 1e-30) * 1.1; return [-reach, reach]; } },
    },
    axes: [axisOf(told.x_label, { size: 28 }), axisOf(told.residual_label, { size: LEFT_PX - 18, space: 24 })],
    series: [{}, { ...seriesOf({ ...told.residuals, kind: "points" }), label: told.residuals.label }],
    cursor: { y: false, drag: { x: true, y: false, setScale: false }, points: { size: 6 }, sync: { key: box.id || "panel" } },
    hooks: { draw: [drawZero], setSelect: [(plot) => zoomed(plot)] },
  };
}

function drawZero(plot) {
  const { ctx, bbox } = plot;
  const y = plot.valToPos(0, "y", true);
  ctx.save();
  ctx.strokeStyle = token("edge");
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}
