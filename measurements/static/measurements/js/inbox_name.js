// The tester of names answers while a name is typed; without this its button opens the answer.

const form = document.querySelector("[data-name-tester]");
const answer = document.querySelector("[data-name-answer]");
let latest = 0;
let timer = 0;

async function ask() {
  const mine = ++latest;
  const name = form.elements.name.value.trim();
  if (!name) {
    answer.replaceChildren();
    return;
  }
  const found = await fetch(`${form.action}?${new URLSearchParams({ name })}`);
  if (mine !== latest || !found.ok) return;
  const page = new DOMParser().parseFromString(await found.text(), "text/html");
  answer.replaceChildren(...page.body.childNodes);
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => ask().catch(() => {}), 200);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask().catch(() => form.submit());
});
