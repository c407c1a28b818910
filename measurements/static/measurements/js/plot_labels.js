// Labels at the ends of lines, where they fit: moved apart, but never so far that they point at another line.
import { token } from "./plot_theme.js";

const LINE_PX = 13;
const MOST_SHIFT_PX = 22;
const LONGEST_PX = 130;
const FONT = '600 11px -apple-system, "Segoe UI", Inter, Roboto, sans-serif';
const ruler = document.createElement("canvas").getContext("2d");

function widest(told) {
  ruler.font = FONT;
  return Math.max(0, ...told.traces.map((trace) => ruler.measureText(trace.label).width));
}

function isWanted(told, width) {
  return told.traces.length > 1 && told.traces.length <= 24 && widest(told) <= Math.min(LONGEST_PX, width / 4);
}

export function roomForLabels(told, width) {
  return isWanted(told, width) ? widest(told) + 14 : 14;
}

// Where each visible trace ends, in pixels of the canvas.
function endsOf(plot, told) {
  const ends = [];
  for (const [index, trace] of told.traces.entries()) {
    for (let at = plot.data[0].length - 1; at >= 0; at -= 1) {
      const value = plot.data[index + 1][at];
      if (value === null || value === undefined) continue;
      const x = plot.valToPos(plot.data[0][at], "x", true);
      ends.push({ x, y: plot.valToPos(value, "y", true), label: trace.label });
      break;
    }
  }
  return ends.sort((one, other) => one.y - other.y);
}

export function endLabels(plot, told) {
  if (!isWanted(told, plot.width)) return;
  const scale = devicePixelRatio;
  let lowest = -Infinity;
  const placed = endsOf(plot, told).map((end) => {
    lowest = Math.max(end.y, lowest + LINE_PX * scale);
    return { ...end, at: lowest };
  });
  if (placed.some((end) => end.at - end.y > MOST_SHIFT_PX * scale)) return;
  const { ctx } = plot;
  ctx.save();
  ctx.font = FONT.replace("11px", `${11 * scale}px`);
  ctx.fillStyle = token("ink");
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  for (const end of placed) ctx.fillText(end.label, end.x + 6 * scale, end.at);
  ctx.restore();
}
