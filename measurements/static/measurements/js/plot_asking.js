// Asks the server for a plot: its numbers, and the parts of the page that say what they are.

const WORDS = ["m", "c", "x", "jacobian", "log", "norm", "at", "offset", "from", "to", "hide", "preset", "show", "listed", "s", "technique"];
const latest = new WeakMap();

// What the form says, without what was left empty.
export function formWords(form) {
  const words = new URLSearchParams();
  for (const [name, text] of new FormData(form)) if (text.trim()) words.append(name, text);
  return words.toString();
}

export async function ask(figure, query, wantsParts, width) {
  latest.get(figure)?.abort();
  const turn = new AbortController();
  latest.set(figure, turn);
  const points = Math.max(400, 2 * Math.round(width * Math.min(devicePixelRatio, 2)));
  const more = new URLSearchParams({ points, ...(wantsParts && { parts: figure.id }) });
  try {
    const answer = await fetch(`${figure.dataset.address}?${query}&${more}`, { signal: turn.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    return await answer.json();
  } catch (problem) {
    if (problem.name !== "AbortError") sayProblem(figure);
    return null;
  }
}

function sayProblem(figure) {
  figure.querySelector("[data-plot-box]").removeAttribute("aria-busy");
  const line = document.createElement("p");
  line.className = "note refused";
  line.setAttribute("role", "alert");
  line.textContent = "The numbers could not be fetched; the plot is as it was before. Load the page again to see them.";
  figure.querySelector("[data-part=notes]").replaceChildren(line);
}

// Only what changes is replaced, and whoever stood on a control stands on it again.
export function replaceParts(figure, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const at = document.activeElement?.id;
  for (const part of figure.querySelectorAll("[data-part]")) {
    const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!other) continue;
    part.hidden = other.hidden;
    if (!part.contains(document.activeElement) || part.dataset.part !== "place") part.replaceChildren(...other.childNodes);
  }
  const again = at && document.getElementById(at);
  if (again && again !== document.activeElement) again.focus({ preventScroll: true });
}

// The address says what is drawn, beside whatever else it said.
export function keepAddress(figure, query) {
  figure.dataset.query = query;
  if ("isPart" in figure.dataset) return;
  const words = new URLSearchParams(location.search);
  for (const name of WORDS) words.delete(name);
  const all = [words.toString(), query].filter(Boolean).join("&");
  history.replaceState(history.state, "", `${location.pathname}${all ? `?${all}` : ""}${location.hash}`);
}
