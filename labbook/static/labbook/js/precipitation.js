// The precipitation table: Enter adds the next round, whose volume follows from the one before. Without this, five rows stand open.

const form = document.querySelector("form[data-rounds]");
const rows = [...form.querySelectorAll("tr[data-round]")];
const ratio = Number(form.dataset.ratio);
const tubeMl = Number(form.dataset.tubeMl || 0);
const next = form.querySelector("[data-next-round]");
const stop = form.querySelector("[name=stop]");

const box = (row, name) => row.querySelector(`[name$="-${name}"]`);

// "5,4", "5.4 ml" and "5400 µl" are what people type; anything else is left to the notebook.
function millilitres(text) {
  const found = /^\s*(\d+(?:[.,]\d+)?)\s*(ml|µl|μl|ul)?\s*$/i.exec(text);
  if (!found) return null;
  const number = Number(found[1].replace(",", "."));
  return found[2] && found[2].toLowerCase() !== "ml" ? number / 1000 : number;
}

// To 0.1 ml, a half to the even digit, as the notebook rounds.
function rounded(volume) {
  const tenths = volume * 10;
  const whole = Math.floor(tenths + 1e-9);
  const rest = tenths - whole;
  const up = Math.abs(rest - 0.5) < 1e-9 ? whole % 2 === 1 : rest > 0.5;
  return (whole + (up ? 1 : 0)) / 10;
}

const isBegun = (row) => box(row, "as_planned").checked || box(row, "meoac_ml").value.trim() !== "" || row.classList.contains("asks");

function compute() {
  let volume = millilitres(rows[0].querySelector("[data-in]").dataset.from);
  let fullest = 0;
  for (const row of rows) {
    const typed = millilitres(box(row, "in_ml").value);
    const into = typed ?? volume;
    const plan = into === null ? null : rounded(into / ratio);
    row.querySelector("[data-in]").textContent = into === null ? "" : into.toFixed(1);
    row.querySelector("[data-plan]").textContent = plan === null ? "" : plan.toFixed(1);
    box(row, "in_ml").placeholder = into === null ? "" : into.toFixed(1);
    const added = millilitres(box(row, "meoac_ml").value) ?? plan;
    volume = into === null || added === null ? null : into + added;
    if (!row.hidden && volume !== null) fullest = Math.max(fullest, volume);
  }
  const words = form.querySelector("[data-tube]");
  words.hidden = !(tubeMl && fullest > tubeMl);
  words.textContent = words.hidden ? "" : `${fullest.toFixed(1)} ml is more than one ${tubeMl} ml tube holds; it takes ${Math.ceil(fullest / tubeMl)} tubes.`;
}

const shown = () => rows.filter((row) => !row.hidden);

function addRow() {
  const last = shown().at(-1);
  const added = rows[rows.indexOf(last) + 1];
  if (!added) return false;
  added.hidden = false;
  for (const name of ["rpm", "minutes", "hexane_ml", "place"]) box(added, name).value = box(last, name).value;
  compute();
  box(added, "meoac_ml").focus();
  return true;
}

// A round is dated when it is ticked, or its MeOAc typed, and not when the table is saved.
function stampTime(row) {
  const at = box(row, "at");
  if (at.value || !isBegun(row)) return;
  // Swedish writes a moment as the notebook reads it; the zone is the lab's, wherever the device is.
  at.value = new Date().toLocaleString("sv-SE", { timeZone: form.dataset.zone });
}

function showStop() {
  form.querySelector("[data-stop-reason]").hidden = !stop.checked;
}

function start() {
  const first = rows[0].querySelector("[data-in]");
  first.dataset.from = first.textContent || box(rows[0], "in_ml").value;
  const last = Math.max(0, ...rows.map((row, index) => (isBegun(row) ? index : 0)));
  rows.forEach((row, index) => { row.hidden = index > last; });
  next.type = "button";
  next.querySelector("[data-words]").textContent = "Next round (Enter)";
  compute();
  showStop();
}

form.addEventListener("input", compute);
form.addEventListener("change", (event) => {
  const row = event.target.closest("tr[data-round]");
  if (event.target === stop) showStop();
  if (!row) return;
  if (event.target === box(row, "split") && event.target.checked && Number(box(row, "vials").value) < 2) box(row, "vials").value = 2;
  if (event.target === box(row, "as_planned") && event.target.checked && !box(row, "meoac_ml").value) {
    box(row, "meoac_ml").value = row.querySelector("[data-plan]").textContent;
  }
  stampTime(row);
  compute();
});
form.addEventListener("keydown", (event) => {
  const row = event.target.closest("tr[data-round]");
  if (!row || event.key !== "Enter" || event.ctrlKey || event.metaKey || event.target.matches("summary, button")) return;
  event.preventDefault();
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
  if (row === shown().at(-1)) addRow();
  else box(rows[rows.indexOf(row) + 1], "meoac_ml").focus();
});
next.addEventListener("click", () => {
  if (addRow()) return;
  next.type = "submit";
  next.click();
});

start();
