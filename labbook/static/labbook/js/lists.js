// Lists: facets narrow without leaving the page, j and k walk the rows, x selects, o overlays. All of it works without this.

const results = () => document.querySelector("[data-results]");
const rows = () => [...document.querySelectorAll("[data-row]")];
const boxes = () => [...document.querySelectorAll("[data-selection] input:is([name=chosen], [name=m])")];
let latest = 0;

function keysAreOn() {
  try {
    return localStorage.getItem("labbook.keys") !== "off";
  } catch {
    return true;
  }
}

function say(text) {
  const status = document.getElementById("save-status");
  if (status) status.textContent = text;
}

// The address without what was left empty, so that it can be read and shared.
function addressOf(form) {
  const wanted = new URLSearchParams();
  for (const [name, text] of new FormData(form)) if (text.trim()) wanted.append(name, text);
  return `${form.action.split("?")[0]}?${wanted}`;
}

async function narrow(form) {
  const mine = ++latest;
  const address = addressOf(form);
  results().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("[data-results]");
    if (mine !== latest) return;
    if (!answer.ok || !found) throw new Error("no list");
    say(found.querySelector(".total")?.textContent ?? found.querySelector(".empty p")?.textContent ?? "Nothing is like this.");
    results().replaceChildren(...found.childNodes);
    history.pushState({ narrowed: true }, "", address);
    countSelected();
  } catch {
    if (mine === latest) location.assign(address);
  } finally {
    results().removeAttribute("aria-busy");
  }
}

function startFacets() {
  const form = document.querySelector("[data-facets]");
  if (!form) return;
  form.addEventListener("change", (event) => event.target.name && narrow(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    narrow(form);
  });
  addEventListener("popstate", () => location.reload());
}

function countSelected() {
  const shown = document.querySelector("[data-selected-count]");
  if (!shown) return;
  const count = boxes().filter((box) => box.checked).length;
  shown.textContent = count ? `${count} selected` : "With the selected";
  for (const button of document.querySelectorAll(".selection button")) {
    button.setAttribute("aria-disabled", String(!count));
  }
  const all = document.querySelector("[data-select-all]");
  if (!all) return;
  all.hidden = false;
  all.setAttribute("aria-pressed", String(count === boxes().length));
}

function selectAll() {
  const isAll = boxes().every((box) => box.checked);
  for (const box of boxes()) box.checked = !isAll;
  countSelected();
}

function startSelection() {
  document.addEventListener("click", (event) => event.target.closest("[data-select-all]") && selectAll());
  document.addEventListener("change", (event) => event.target.matches("input:is([name=chosen], [name=m])") && countSelected());
  document.addEventListener("submit", (event) => {
    if (event.submitter?.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      say("Nothing is selected.");
    }
  });
  countSelected();
}

function walk(step) {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
  next?.querySelector("a.code")?.focus();
}

function select() {
  const row = rows().find((one) => one.contains(document.activeElement));
  row?.querySelector("input:is([name=chosen], [name=m])")?.click();
}

function overlay() {
  document.querySelector("[data-overlay]")?.click();
}

function startKeys() {
  const moves = { j: () => walk(1), k: () => walk(-1), x: select, o: overlay };
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !keysAreOn()) return;
    if (event.key in moves) {
      event.preventDefault();
      moves[event.key]();
    }
  });
}

startFacets();
startSelection();
startKeys();
