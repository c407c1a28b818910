// Numbers to colors: viridis for maps, grays for images; clipped at percentiles, linear or logarithmic.

// Anchors of viridis at 0, 0.1 … 1, as the server has them.
const VIRIDIS = ["440154", "482475", "414487", "355F8D", "2A788E", "21918C", "22A884", "44BF70", "7AD151", "BDDF26", "FDE725"];
const COLORS = 256;
const SAMPLED = 50_000;

function channels(color) {
  return [0, 2, 4].map((at) => parseInt(color.slice(at, at + 2), 16));
}

function ladderOf(isImage) {
  const ladder = new Uint32Array(COLORS);
  for (let step = 0; step < COLORS; step += 1) {
    const place = (step / (COLORS - 1)) * (VIRIDIS.length - 1);
    const index = Math.min(Math.floor(place), VIRIDIS.length - 2);
    const [low, high] = [channels(VIRIDIS[index]), channels(VIRIDIS[index + 1])];
    const [red, green, blue] = isImage ? [step, step, step] : low.map((value, at) => Math.round(value + (high[at] - value) * (place - index)));
    ladder[step] = (255 << 24) | (blue << 16) | (green << 8) | red;
  }
  return ladder;
}

// The values at two percentiles; of a large map enough of its points are looked at.
export function levels(values, lowPercent, highPercent, isLog) {
  const every = Math.max(1, Math.floor(values.length / SAMPLED));
  const told = [];
  for (let at = 0; at < values.length; at += every) {
    if (Number.isFinite(values[at]) && (!isLog || values[at] > 0)) told.push(values[at]);
  }
  if (!told.length) return { low: isLog ? 1 : 0, high: isLog ? 10 : 1 };
  const sorted = Float32Array.from(told).sort();
  const at = (percent) => sorted[Math.round((percent / 100) * (sorted.length - 1))];
  const [low, high] = [at(lowPercent), at(highPercent)];
  return { low, high: high > low ? high : isLog ? low * 10 : low + 1 };
}

export function paint(canvas, map, { low, high, isLog, isImage }) {
  const { rows, columns, values } = map;
  const context = canvas.getContext("2d");
  const picture = context.createImageData(columns, rows);
  const pixels = new Uint32Array(picture.data.buffer);
  const ladder = ladderOf(isImage);
  const start = isLog ? Math.log10(low) : low;
  const scale = (COLORS - 1) / ((isLog ? Math.log10(high) : high) - start);
  for (let row = 0; row < rows; row += 1) {
    const target = (isImage ? row : rows - 1 - row) * columns;
    for (let column = 0; column < columns; column += 1) {
      const value = values[row * columns + column];
      if (Number.isNaN(value)) continue;
      const share = ((isLog ? Math.log10(value) : value) - start) * scale;
      pixels[target + column] = ladder[share > 0 ? (share < COLORS ? share | 0 : COLORS - 1) : 0];
    }
  }
  context.putImageData(picture, 0, 0);
}
