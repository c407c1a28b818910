// Signing in again in place: a dialog over the form, so that nothing typed is lost.

export function cookie(name) {
  const found = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

// Every form of the page gets the token that belongs to the session of now.
export async function freshToken() {
  await fetch(location.href, { headers: { Accept: "text/html" } });
  for (const mark of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) mark.value = cookie("csrftoken");
}

async function signInForm(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = page.querySelector(`main form[action="${document.body.dataset.signIn}"]`);
  const problems = page.querySelector("main .problems");
  return { form: form && document.importNode(form, true), problems: problems && document.importNode(problems, true) };
}

function dialogOf() {
  const dialog = document.createElement("dialog");
  const head = Object.assign(document.createElement("h2"), { textContent: "Sign in again" });
  const words = Object.assign(document.createElement("p"), {
    textContent: "You were signed out meanwhile. What you typed is still here and is saved right after.",
  });
  head.id = "sign-in-again";
  dialog.setAttribute("aria-labelledby", head.id);
  dialog.append(head, words);
  document.body.append(dialog);
  return dialog;
}

// Resolves to true once the same person is signed in, to false when the dialog was closed or somebody else came.
export async function signIn() {
  const first = await fetch(document.body.dataset.signIn, { headers: { Accept: "text/html" } });
  const parts = await signInForm(first);
  if (!parts.form) return true;
  const dialog = dialogOf();
  return new Promise((resolve) => {
    const done = async (isIn) => {
      dialog.remove();
      if (isIn) await freshToken();
      resolve(isIn);
    };
    dialog.addEventListener("close", () => done(false));
    draw(dialog, parts, done);
    dialog.showModal();
  });
}

function draw(dialog, { form, problems }, done) {
  dialog.querySelectorAll("form, .problems").forEach((one) => one.remove());
  if (problems) dialog.append(problems);
  dialog.append(form);
  form.querySelector("input:not([type=hidden])")?.focus();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", headers: { "Labbook-Form": "1" }, body });
    if (!answer.headers.has("Labbook-Location")) {
      const parts = await signInForm(answer);
      if (parts.form) draw(dialog, parts, done);
      return;
    }
    if (answer.headers.get("Labbook-Person") === document.body.dataset.person) await done(true);
    else location.reload();
  });
}
