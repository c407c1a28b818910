// Run mode: a stamp takes the device's time at the tap; taps wait in line here until the notebook has them.
import { clock, say } from "./saying.js";
import { freshToken, signIn } from "./session.js";

const RETRY_MS = 3000;
const shelf = `run:${location.pathname}`;
let waiting = JSON.parse(localStorage.getItem(shelf) ?? "[]");
let isSending = false;
let late = null;

const now = () => performance.timeOrigin + performance.now();
const main = () => document.getElementById("main");

function keep() {
  if (waiting.length) localStorage.setItem(shelf, JSON.stringify(waiting));
  else localStorage.removeItem(shelf);
}

// The page shows a tap at once; what the notebook says later replaces it.
function showStamp(form, tapped) {
  const button = form.querySelector(".stamp");
  const timer = main().querySelector("[data-clock]");
  if (!button || !timer || button.classList.contains("stamped")) return;
  const at = new Date(tapped);
  button.classList.replace("armed", "stamped");
  button.disabled = true;
  button.lastElementChild.textContent = `${clock(timer.dataset.zone, at)}.${Math.floor(at.getMilliseconds() / 100)} · saving`;
  if (form.dataset.stamp === "injected") timer.dataset.from = at.toISOString();
  if (form.dataset.stamp === "ice_bath") timer.dataset.to = at.toISOString();
  const next = main().querySelector(".stamp.waiting");
  next?.classList.replace("waiting", "armed");
  next?.focus({ preventScroll: true });
}

function showDial(form, button) {
  const box = form.elements.number;
  if (!button?.dataset.by) return;
  const step = button.dataset.by.replace("−", "-");
  const decimals = (step.split(".")[1] ?? "").length;
  const from = Number((box.value || box.placeholder || "0").replace(",", ".").replace("−", "-"));
  if (Number.isNaN(from)) return;
  box.value = (from + Number(step)).toFixed(Math.max(decimals, (box.placeholder.split(".")[1] ?? "").length));
}

// A dial that is tapped many times is sent once, with the number it came to rest at.
const resting = new Map();

function restDial(form) {
  clearTimeout(resting.get(form));
  resting.set(form, setTimeout(() => {
    resting.delete(form);
    post(form, `dial:${form.dataset.dial}`);
  }, 500));
}

function settleDials() {
  for (const [form, timer] of resting) {
    clearTimeout(timer);
    resting.delete(form);
    post(form, `dial:${form.dataset.dial}`);
  }
}

function post(form, action, tapped = now()) {
  const fields = Object.fromEntries(new FormData(form));
  if (form.dataset.dial) {
    // Two numbers in a row: the second was chosen seeing the first.
    form.elements.seen.value = form.elements.number.value;
    form.elements.idempotency_key.value = crypto.randomUUID();
  }
  waiting.push({ address: location.href, moves: "moves" in form.dataset, fields: { ...fields, do: action, tapped_ms: tapped } });
  keep();
  send();
}

async function sendOne(tap) {
  const body = () => new URLSearchParams({
    ...tap.fields,
    sent_ms: now(),
    csrfmiddlewaretoken: main().querySelector("input[name=csrfmiddlewaretoken]")?.value ?? tap.fields.csrfmiddlewaretoken,
  });
  const ask = () => fetch(tap.address, { method: "POST", headers: { "Labbook-Form": "1", Accept: "text/html" }, body: body() });
  let answer = await ask();
  if (answer.status === 403 && answer.headers.get("Labbook-Form") === "expired") {
    await freshToken();
    answer = await ask();
  }
  if (answer.status === 401) {
    if (!(await signIn())) return false;
    answer = await ask();
  }
  if (answer.status >= 500) throw new Error("the notebook could not save this");
  await arrive(tap, answer);
  return true;
}

async function arrive(tap, answer) {
  const there = answer.headers.get("Labbook-Location");
  if (there && new URL(there, location.href).pathname !== location.pathname) {
    location.assign(there);
    return;
  }
  // A later tap still waits: its page is the one to show.
  if (waiting.length > 1 || resting.size) return;
  const shown = there ? await fetch(there, { headers: { Accept: "text/html" } }) : answer;
  const page = new DOMParser().parseFromString(await shown.text(), "text/html");
  if (waiting.length > 1 || resting.size) return;
  // What is being typed stays under the fingers; the page is shown once the field is left.
  if (document.activeElement?.matches("textarea, .dial input")) late = [page, there && tap.moves ? there : ""];
  else showPage(page, there && tap.moves ? there : "");
}

function showPage(page, address) {
  late = null;
  const focused = document.activeElement?.getAttribute("aria-label");
  main().replaceWith(document.adoptNode(page.getElementById("main")));
  document.title = page.title;
  if (address) history.pushState(null, "", address);
  const again = focused && [...main().querySelectorAll("[aria-label]")].find((one) => one.getAttribute("aria-label") === focused);
  (again || main().querySelector(".stamp.armed, .next"))?.focus({ preventScroll: true });
  showAwake();
}

async function send() {
  if (isSending) return;
  isSending = true;
  try {
    while (waiting.length) {
      say("Saving…");
      if (!(await sendOne(waiting[0]))) break;
      waiting.shift();
      keep();
      if (!waiting.length && !main().querySelector("#save-status .ok")) say(`Saved ${clock(main().querySelector("[data-zone]")?.dataset.zone)}`);
    }
  } catch {
    say(`Kept on this device, ${waiting.length} waiting`);
    setTimeout(send, RETRY_MS);
  } finally {
    isSending = false;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-run]")) return;
  event.preventDefault();
  const tapped = now();
  const button = event.submitter;
  if (form.dataset.dial) {
    showDial(form, button);
    restDial(form);
    return;
  }
  settleDials();
  if (button?.value.startsWith("stamp:")) showStamp(form, tapped);
  else if (button) button.disabled = true;
  post(form, button?.value ?? "", tapped);
});

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-dial]");
  if (form) restDial(form);
});

// A number that was typed is sent and answered with a page of its own; so is a pressed button.
document.addEventListener("focusout", () => setTimeout(() => {
  if (late && !waiting.length && !resting.size && !document.activeElement?.matches("textarea, .dial input")) showPage(...late);
}));

addEventListener("online", send);
addEventListener("popstate", () => location.reload());

function tick() {
  const timer = main().querySelector("[data-clock][data-from]");
  if (timer) {
    const end = timer.dataset.to ? Date.parse(timer.dataset.to) : now();
    timer.querySelector("[data-seconds]").textContent = Math.max(0, (end - Date.parse(timer.dataset.from)) / 1000).toFixed(1);
  }
  requestAnimationFrame(tick);
}

// The screen stays on while the page is seen, where the device can do that.
let lock = null;

function showAwake() {
  for (const words of document.querySelectorAll("[data-awake]")) words.hidden = lock === null || lock.released;
}

async function stayAwake() {
  if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
  lock = await navigator.wakeLock.request("screen").catch(() => null);
  lock?.addEventListener("release", showAwake);
  showAwake();
}

document.addEventListener("visibilitychange", stayAwake);
stayAwake();
requestAnimationFrame(tick);
send();
