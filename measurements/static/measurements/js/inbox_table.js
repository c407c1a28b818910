// The match table: a cell is saved when it is left, Ctrl+D fills down, and the button counts what is ticked.
import { cookie } from "../../labbook/js/session.js";
import { clock, say } from "../../labbook/js/saying.js";

const CELLS = ["sample", "technique", "rung"];
const table = () => document.querySelector("form[data-rows]");
const lineOf = (node) => node.closest?.("tr[data-line]");
const cellOf = (line, name) => line.querySelector(`[data-cell=${name}]`);
const wasOf = (line) => line.querySelector("[name^=was-]");
// One save of a line at a time: the next one must know what the last one wrote.
const saving = new Map();

function parsed(text) {
  const holder = document.createElement("template");
  holder.innerHTML = text;
  return holder.content.querySelector("tr[data-line]");
}

// What was read anew is put in without touching a cell that is being typed in.
function renew(line, fresh) {
  const before = JSON.parse(wasOf(line).value);
  line.className = fresh.className;
  CELLS.forEach((name, index) => {
    const cell = cellOf(line, name);
    if (cell.value === before[index] || cell.dataset.sent === cell.value) cell.value = cellOf(fresh, name).value;
    delete cell.dataset.sent;
  });
  wasOf(line).value = wasOf(fresh).value;
  for (const told of line.querySelectorAll("[data-told]")) {
    told.replaceChildren(...fresh.querySelector(`[data-told=${told.dataset.told}]`).childNodes);
  }
  const box = line.querySelector("[name=chosen]");
  if (box && fresh.querySelector("[name=chosen]")?.checked) box.checked = true;
  count();
}

async function save(line, name) {
  const cell = cellOf(line, name);
  const was = JSON.parse(wasOf(line).value)[CELLS.indexOf(name)];
  if (cell.value.trim() === was) return;
  cell.dataset.sent = cell.value;
  const body = new URLSearchParams({ row: line.dataset.line, cell: name, text: cell.value, was });
  try {
    const answer = await fetch(table().dataset.cells, { method: "POST", body, headers: { "X-CSRFToken": cookie("csrftoken") } });
    if (answer.ok) {
      renew(line, parsed(await answer.text()));
      cell.removeAttribute("aria-invalid");
      say(`Saved ${clock()}`);
      return;
    }
    const told = answer.headers.get("Content-Type")?.includes("json") ? (await answer.json()).said : "Not saved.";
    cell.setAttribute("aria-invalid", "true");
    say(told);
  } catch {
    cell.setAttribute("aria-invalid", "true");
    say("Not saved: the notebook cannot be reached. The cell keeps what you typed.");
  }
}

function saveLater(line, name) {
  const after = (saving.get(line) ?? Promise.resolve()).then(() => save(line, name));
  saving.set(line, after);
  return after;
}

function count() {
  const boxes = [...(table()?.querySelectorAll("[name=chosen]") ?? [])];
  const ticked = boxes.filter((box) => box.checked).length;
  const words = document.querySelector("[data-assign]");
  if (!words) return;
  words.textContent = `Assign ${ticked} ${ticked === 1 ? "file" : "files"}`;
  document.querySelector("[data-chosen-count]").textContent = `${ticked} of ${boxes.length} ticked`;
  const all = document.querySelector("[data-choose-all]");
  all.checked = ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
}

function neighbour(line, step) {
  const lines = [...table().querySelectorAll("tr[data-line]")];
  return lines[lines.indexOf(line) + step];
}

function onKey(event) {
  const line = lineOf(event.target);
  const name = event.target.dataset?.cell;
  if (!line || !name) return;
  if (event.key === "Enter") {
    event.preventDefault();
    const below = neighbour(line, 1);
    if (below) cellOf(below, name)?.focus();
    else event.target.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (event.key.toLowerCase() === "d" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    const above = neighbour(line, -1);
    if (!above) return;
    event.target.value = cellOf(above, name).value;
    saveLater(line, name);
  }
}

let asked = 0;
let timer = 0;

async function suggest(cell) {
  const mine = ++asked;
  const answer = await fetch(`${table().dataset.codes}?${new URLSearchParams({ q: cell.value })}`);
  if (!answer.ok || mine !== asked) return;
  const list = document.getElementById("known-codes");
  const there = new Set([...list.options].map((one) => one.value));
  const { codes } = await answer.json();
  list.append(...codes.filter((code) => !there.has(code)).map((code) => Object.assign(document.createElement("option"), { value: code })));
}

function startTable() {
  const form = table();
  if (!form) return;
  for (const one of form.querySelectorAll("[data-script]")) one.hidden = false;
  for (const one of form.querySelectorAll("[data-plain]")) one.hidden = true;
  form.addEventListener("change", (event) => {
    const line = lineOf(event.target);
    if (event.target.matches("[data-choose-all]")) {
      for (const box of form.querySelectorAll("[name=chosen]")) box.checked = event.target.checked;
    } else if (line && event.target.dataset.cell) saveLater(line, event.target.dataset.cell);
    count();
  });
  form.addEventListener("input", (event) => {
    // Cells are saved one by one: the form is no draft.
    event.stopPropagation();
    if (event.target.dataset.cell !== "sample" || event.target.value.length < 2) return;
    clearTimeout(timer);
    timer = setTimeout(() => suggest(event.target).catch(() => {}), 200);
  });
  form.addEventListener("keydown", onKey);
  // What did not change need not travel.
  form.addEventListener("formdata", (event) => {
    for (const line of form.querySelectorAll("tr[data-line]")) {
      const was = wasOf(line);
      if (!was || JSON.parse(was.value).some((text, index) => text !== cellOf(line, CELLS[index]).value.trim())) continue;
      for (const name of ["was", ...CELLS]) event.formData.delete(`${name}-${line.dataset.line}`);
    }
  });
  count();
}

// What the files share is saved as it is chosen, and the table is matched anew beneath it.
let sharing = Promise.resolve();

async function share(form) {
  say("Matching…");
  const sent = new Map(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams([...sent]) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-match]");
  if (!fresh || !page.querySelector("form[data-shared]")) throw new Error(String(answer.status));
  // What was chosen while this was on its way stays chosen; its own save follows.
  const newer = [...new FormData(form)].filter(([name, text]) => sent.get(name) !== text);
  form.replaceChildren(...page.querySelector("form[data-shared]").childNodes);
  for (const [name, text] of newer) if (form.elements[name]) form.elements[name].value = text;
  document.querySelector("[data-match]").replaceChildren(...fresh.childNodes);
  startTable();
  hidePlain(form);
  say(answer.ok ? `Saved ${clock()}` : (form.querySelector(".problems, .mistake")?.textContent ?? "Not saved."));
}

function hidePlain(form) {
  for (const one of form.querySelectorAll("[data-plain]")) one.hidden = true;
}

function startSharing() {
  const form = document.querySelector("form[data-shared]");
  if (!form) return;
  hidePlain(form);
  form.addEventListener("change", (event) => {
    const name = event.target.name;
    sharing = sharing
      .then(() => share(form))
      .then(() => form.elements[name]?.focus())
      .catch(() => say("Not saved: the notebook cannot be reached."));
  });
}

startTable();
startSharing();
