// Sending a form so that no tap, timeout or lost network costs what was typed. Without this script the form still works.
import { forgetHere, settle, startDrafts } from "./drafts.js";
import { say, clock } from "./saying.js";
import { freshToken, signIn } from "./session.js";

const sending = new WeakSet();

// Files are sent by the browser itself: a refused form would otherwise carry them up twice.
function isOurs(form, submitter) {
  const isPlain = form.method === "post" && form.enctype !== "multipart/form-data";
  return form.matches("form[data-safe]") && isPlain && !submitter?.hasAttribute("formaction");
}

function parcelOf(form, submitter) {
  return new URLSearchParams(new FormData(form, submitter));
}

// While a form is on its way its buttons say so and cannot be tapped again.
function hold(form, submitter) {
  const buttons = [...form.elements].filter((one) => one.type === "submit");
  const words = submitter ? [...submitter.childNodes] : [];
  buttons.forEach((one) => { one.disabled = true; });
  if (submitter) {
    submitter.setAttribute("aria-busy", "true");
    submitter.textContent = submitter.dataset.pending ?? "Saving…";
  }
  return () => {
    buttons.forEach((one) => { one.disabled = false; });
    submitter?.removeAttribute("aria-busy");
    submitter?.replaceChildren(...words);
  };
}

// The browser sends it once more itself and shows what the server says; nothing was written the first time.
function sendPlainly(form, submitter) {
  if (submitter?.name) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value }));
  }
  HTMLFormElement.prototype.submit.call(form);
}

function arrive(form, place) {
  forgetHere(form);
  say(`Saved ${clock()}`);
  const there = new URL(place, location.href);
  const isHere = there.pathname === location.pathname && there.search === location.search;
  location.assign(there);
  if (isHere) location.reload();
}

function waitForNetwork(form, submitter, words) {
  const retry = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: "Retry" });
  const again = () => {
    removeEventListener("online", again);
    if (!sending.has(form)) send(form, submitter);
  };
  retry.addEventListener("click", again);
  addEventListener("online", again);
  say(words, retry);
}

// The token is read anew for every try: signing in again changes it.
function answerTo(form, parcel) {
  parcel.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  return fetch(form.getAttribute("action") || location.href, {
    method: "POST",
    headers: { "Labbook-Form": "1", Accept: "text/html" },
    body: parcel,
  });
}

async function answerOnceSignedIn(form, parcel) {
  let answer = await answerTo(form, parcel);
  if (answer.status === 403 && answer.headers.get("Labbook-Form") === "expired") {
    await freshToken();
    answer = await answerTo(form, parcel);
  }
  if (answer.status === 401) {
    if (!(await signIn())) return null;
    answer = await answerTo(form, parcel);
  }
  return answer;
}

async function send(form, submitter) {
  sending.add(form);
  say("Saving…");
  // Read before the buttons are disabled: a disabled button is not part of a form.
  const parcel = parcelOf(form, submitter);
  const release = hold(form, submitter);
  try {
    await settle(form);
    const answer = await answerOnceSignedIn(form, parcel);
    if (answer === null) say("Not saved: you are signed out.");
    else if (answer.headers.has("Labbook-Location")) arrive(form, answer.headers.get("Labbook-Location"));
    else if (answer.status >= 500) waitForNetwork(form, submitter, "The notebook could not save this; it is kept here. ");
    else sendPlainly(form, submitter);
  } catch {
    waitForNetwork(form, submitter, "On this device only, will retry. ");
  } finally {
    release();
    sending.delete(form);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !isOurs(form, event.submitter)) return;
  event.preventDefault();
  if (!sending.has(form)) send(form, event.submitter);
});

startDrafts();
