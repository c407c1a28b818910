// Draws the traces of an answer with uPlot: one axis across, gaps where there is no value, labels at the ends.
import { endLabels, roomForLabels } from "./plot_labels.js";
import { isDark, token } from "./plot_theme.js";

const FONT = '500 11px -apple-system, "Segoe UI", Inter, Roboto, sans-serif';

export function colorOf(trace) {
  return isDark() ? trace.on_dark : trace.on_white;
}

// What has no logarithm is a gap there; the list says how many.
function valuesOf(trace, isLog) {
  return isLog ? trace.y.map((value) => (value > 0 ? value : null)) : trace.y;
}

export function tableOf(told) {
  if (!told.traces.length) return [[], []];
  return uPlot.join(told.traces.map((trace) => [trace.x, valuesOf(trace, told.is_log)]));
}

export function numberText(value) {
  const size = Math.abs(value);
  if (!value) return "0";
  const text = size >= 1e6 || size < 1e-4 ? value.toExponential(1) : String(Number(value.toPrecision(6)));
  return text.replace("-", "−");
}

export function axisOf(label, more) {
  return {
    label,
    font: FONT,
    labelFont: FONT,
    labelSize: 18,
    stroke: token("mute"),
    grid: { stroke: token("line"), width: 1 },
    ticks: { show: false },
    values: (_plot, ticks) => ticks.map((tick) => (tick === null ? null : numberText(tick))),
    ...more,
  };
}

function series(trace) {
  return {
    label: trace.label,
    stroke: colorOf(trace),
    width: 1.6,
    dash: trace.dash.length ? trace.dash : undefined,
    points: { show: trace.point_count < 30, size: 4, fill: colorOf(trace) },
  };
}

function valueRange(isLog) {
  if (isLog) return (_plot, low, high) => (low > 0 ? [Number((low * 0.8).toPrecision(1)), high * 1.3] : [0.1, 1]);
  return (_plot, low, high) => {
    const air = (high - low || Math.abs(high) || 1) * 0.04;
    return [low - air, high + air];
  };
}

export function optionsOf(box, told, cursor) {
  const isNone = !told.traces.length;
  return {
    width: box.clientWidth,
    height: box.clientHeight,
    padding: [8, roomForLabels(told, box.clientWidth), 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, range: (_plot, low, high) => (isNone ? [0, 1] : low === high ? [low - 0.5, high + 0.5] : [low, high]) },
      y: { distr: told.is_log ? 3 : 1, range: valueRange(told.is_log) },
    },
    axes: [axisOf(told.x_label, { size: 28 }), axisOf(told.y_label, { size: 58 })],
    series: [{}, ...(isNone ? [{ show: false }] : told.traces.map(series))],
    cursor: { y: false, drag: { x: true, y: false, setScale: false }, points: { size: 7 } },
    hooks: {
      draw: [(plot) => endLabels(plot, told)],
      setCursor: [(plot) => cursor.moved(plot)],
      setSelect: [(plot) => cursor.selected(plot)],
    },
  };
}

export function drawInto(box, told, cursor) {
  const stage = cursor.stage(box, told);
  return new uPlot(optionsOf(box, told, cursor), tableOf(told), stage);
}
