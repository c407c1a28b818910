// Drafts: what is typed is kept on this device at once, and on the server after a pause; never in the history.
import { say, clock } from "./saying.js";
import { cookie } from "./session.js";

const PAUSE_MS = 1500;
const NEVER_KEPT = new Set(["csrfmiddlewaretoken", "idempotency_key", "draft_form", "password", "login"]);
const person = document.body.dataset.person;
const waiting = new Map();
const underway = new Map();

export function addressOf(form) {
  const query = new URLSearchParams(location.search);
  query.delete("draft");
  const text = query.toString();
  const others = [...document.querySelectorAll("form[data-safe]")].indexOf(form);
  return `${location.pathname}${text ? `?${text}` : ""}${others > 0 ? `#${others}` : ""}`;
}

function storeName(form) {
  return `labbook.draft.${person}.${addressOf(form)}`;
}

function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (!NEVER_KEPT.has(name) && typeof value === "string") (fields[name] ??= []).push(value);
  }
  return fields;
}

function keepHere(form, fields) {
  try {
    localStorage.setItem(storeName(form), JSON.stringify({ at: new Date().toISOString(), fields }));
  } catch {
    // A full or forbidden store: the copy on the server is still made.
  }
}

export function forgetHere(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  try {
    localStorage.removeItem(storeName(form));
  } catch {
    // Nothing was kept.
  }
}

function keptHere(form) {
  try {
    return JSON.parse(localStorage.getItem(storeName(form)));
  } catch {
    return null;
  }
}

// The form names its draft, so that the server forgets it in the transaction that saves the form.
function nameDraft(form) {
  let mark = form.querySelector("input[name=draft_form]");
  if (!mark) {
    mark = Object.assign(document.createElement("input"), { type: "hidden", name: "draft_form" });
    form.append(mark);
  }
  mark.value = addressOf(form);
}

async function keep(form) {
  waiting.delete(form);
  const fields = fieldsOf(form);
  say("Saving…");
  try {
    const answer = await fetch("/drafts/", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
      body: JSON.stringify({ form: addressOf(form), title: document.title, fields }),
    });
    say(answer.ok ? `Saved ${clock()} as a draft` : "On this device only");
  } catch {
    say("On this device only");
  }
}

// A form that is being saved wants no draft that arrives after it.
export async function settle(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  await underway.get(form);
}

function start(form) {
  underway.set(form, keep(form).finally(() => underway.delete(form)));
}

function typed(form) {
  nameDraft(form);
  keepHere(form, fieldsOf(form));
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => start(form), PAUSE_MS));
}

function keepNow() {
  for (const form of [...waiting.keys()]) {
    clearTimeout(waiting.get(form));
    start(form);
  }
}

// A page that is being left cannot wait for an answer.
function keepLeaving() {
  for (const form of [...waiting.keys()]) {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    const parcel = new FormData();
    for (const [name, values] of Object.entries(fieldsOf(form))) values.forEach((value) => parcel.append(name, value));
    parcel.set("csrfmiddlewaretoken", cookie("csrftoken"));
    parcel.set("draft_form", addressOf(form));
    parcel.set("draft_title", document.title);
    navigator.sendBeacon("/drafts/", parcel);
  }
}

// Returns false when the page lacks inputs the draft has, such as added rows; the server can draw those.
function fill(form, fields) {
  const known = new Set([...form.elements].map((one) => one.name));
  if (Object.keys(fields).some((name) => !known.has(name))) return false;
  for (const [name, values] of Object.entries(fields)) {
    [...form.elements].filter((one) => one.name === name).forEach((one, at) => {
      if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
      else if (one.multiple) for (const option of one.options) option.selected = values.includes(option.value);
      else if (one.type !== "file") one.value = values[at] ?? "";
      one.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  for (const box of form.querySelectorAll("input[type=checkbox]")) if (!(box.name in fields)) box.checked = false;
  return true;
}

function offer(form) {
  const line = form.querySelector("[data-draft-line]");
  const here = keptHere(form);
  const isNewerHere = here && (!line || here.at > new Date(line.dataset.draftAt).toISOString());
  if (line) startLine(form, line, isNewerHere ? here.fields : null);
  else if (here) form.prepend(lineOf(form, here));
}

function startLine(form, line, newerHere) {
  const kept = line.querySelector("#draft-fields");
  const restore = () => {
    const isFilled = fill(form, newerHere ?? JSON.parse(kept.textContent));
    line.hidden = isFilled;
    return isFilled;
  };
  if (kept && "draftWanted" in line.dataset) restore();
  line.querySelector("[data-draft-restore]")?.addEventListener("click", (event) => {
    if (restore()) event.preventDefault();
  });
  line.querySelector("[data-draft-discard]")?.addEventListener("click", () => forgetHere(form));
}

function lineOf(form, here) {
  const line = Object.assign(document.createElement("p"), { className: "note" });
  const when = new Date(here.at).toLocaleString([], { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const restore = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: "Restore" });
  const discard = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: "Discard" });
  restore.addEventListener("click", () => { fill(form, here.fields); line.remove(); });
  discard.addEventListener("click", () => { forgetHere(form); line.remove(); });
  line.append(`Draft from ${when}, on this device, not saved yet. `, restore, discard);
  return line;
}

export function startDrafts() {
  if (!person) return;
  for (const form of document.querySelectorAll("form[data-safe]")) {
    offer(form);
    form.addEventListener("input", () => typed(form));
    form.addEventListener("focusout", () => waiting.has(form) && keepNow());
  }
  document.addEventListener("visibilitychange", () => document.hidden && keepLeaving());
  addEventListener("pagehide", keepLeaving);
}
