// The drop zone: files and folders go on their way as soon as they are dropped; without this a plain form sends them.
import { cookie } from "../../labbook/js/session.js";
import { say } from "../../labbook/js/saying.js";
import { chosen, dropped } from "./inbox_files.js";
import { Uploads } from "./inbox_uploads.js";

const zone = document.querySelector("[data-drop]");
const part = (name) => zone.querySelector(`[data-${name}]`);
const WORDS = { waits: "waits", runs: "", done: "stored", failed: "", cancelled: "cancelled" };
const lines = new Map();
const uploads = new Uploads(zone.dataset.uploads, changed);
let opening = null;
let isDrawn = false;

function button(words, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: words });
  made.addEventListener("click", act);
  return made;
}

function lineOf(one) {
  const line = document.createElement("li");
  const name = Object.assign(document.createElement("span"), { className: "name", textContent: one.file.name });
  const bar = Object.assign(document.createElement("progress"), { max: Math.max(one.file.size, 1), value: 0 });
  bar.setAttribute("aria-label", one.file.name);
  const words = Object.assign(document.createElement("span"), { className: "said" });
  const cancel = button("Cancel", () => uploads.cancel(one));
  const retry = button("Retry", () => uploads.retry(one));
  cancel.setAttribute("aria-label", `Cancel ${one.file.name}`);
  retry.setAttribute("aria-label", `Retry ${one.file.name}`);
  line.append(name, bar, words, retry, cancel);
  return { line, bar, words, cancel, retry };
}

function drawOne(one) {
  const { line, bar, words, cancel, retry } = lines.get(one);
  bar.value = one.state === "done" ? bar.max : one.sent;
  words.textContent = one.reason || WORDS[one.state] || `${Math.floor((100 * one.sent) / bar.max)} %`;
  retry.hidden = one.state !== "failed";
  cancel.hidden = one.state === "done" || one.state === "cancelled";
  line.className = one.state;
}

function draw() {
  isDrawn = false;
  const wanted = uploads.all.filter((one) => one.state !== "cancelled");
  const size = wanted.reduce((sum, one) => sum + Math.max(one.file.size, 1), 0);
  const sent = wanted.reduce((sum, one) => sum + (one.state === "done" ? Math.max(one.file.size, 1) : one.sent), 0);
  part("all").value = size ? sent / size : 1;
  const failed = uploads.failed ? `, ${uploads.failed} failed` : "";
  part("count").textContent = `${uploads.arrived} of ${wanted.length} stored${failed}`;
  part("cancel-all").hidden = !uploads.isBusy;
  part("retry-all").hidden = uploads.isBusy || !uploads.failed;
  part("onward").hidden = uploads.isBusy || !uploads.failed || !uploads.arrived;
}

function changed(one) {
  drawOne(one);
  if (!isDrawn) {
    isDrawn = true;
    requestAnimationFrame(draw);
  }
  if (!uploads.isBusy && uploads.arrived && !uploads.failed) arrive();
}

// The table of what arrived is a page of its own; the browser opens it by itself.
function arrive() {
  const there = new URL(zone.dataset.address, location.href);
  if (there.pathname === location.pathname) location.reload();
  else location.assign(there);
}

// The first drop opens a batch; what is dropped meanwhile waits for it and goes into the same one.
async function openBatch() {
  const answer = await fetch(zone.dataset.new, { method: "POST", headers: { "X-CSRFToken": cookie("csrftoken") } });
  if (!answer.ok) throw new Error(String(answer.status));
  const made = await answer.json();
  zone.dataset.batch = String(made.batch);
  zone.dataset.address = made.address;
}

async function send(found) {
  if (!found.length) return;
  part("arriving").hidden = false;
  for (const one of uploads.add(found)) {
    lines.set(one, lineOf(one));
    part("files").append(lines.get(one).line);
    drawOne(one);
  }
  draw();
  try {
    if (!zone.dataset.batch) await (opening ??= openBatch());
  } catch {
    opening = null;
    say("The notebook cannot be reached; nothing was sent yet. ", button("Retry", () => send(found)));
    return;
  }
  part("onward").href = zone.dataset.address;
  uploads.batch = zone.dataset.batch;
  uploads.next();
}

function startDropping() {
  for (const name of ["dragenter", "dragover"]) {
    addEventListener(name, (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  addEventListener("dragleave", (event) => !event.relatedTarget && zone.classList.remove("over"));
  addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    send(await dropped(event.dataTransfer));
  });
}

function start() {
  for (const one of zone.querySelectorAll("[data-script]")) one.hidden = false;
  for (const one of zone.querySelectorAll("[data-plain]")) one.hidden = true;
  for (const input of zone.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => {
      const found = chosen(input.files);
      input.value = "";
      send(found);
    });
  }
  part("cancel-all").addEventListener("click", () => uploads.cancelAll());
  part("retry-all").addEventListener("click", () => uploads.retryAll());
  startDropping();
}

if (window.tus?.isSupported) start();
