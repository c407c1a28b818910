// Keyboard shortcuts: "/" finds, "n" opens + New, "u" goes to the inbox, "g" and a letter goes to a room. They can be switched off.
const ROOMS = { t: "Today", y: "Synthesis", s: "Samples", m: "Measurements", f: "Figures", p: "Storage" };
const NAME = "labbook.keys";

function areOn() {
  try {
    return localStorage.getItem(NAME) !== "off";
  } catch {
    return true;
  }
}

function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable], dialog") !== null;
}

function open(menu) {
  if (!menu) return;
  menu.open = true;
  menu.querySelector(".sheet a")?.focus();
}

export function startKeys(remember) {
  let went = 0;
  const toggle = document.querySelector("[data-keys-switch]");
  if (toggle) {
    toggle.hidden = false;
    toggle.setAttribute("aria-pressed", String(areOn()));
    toggle.addEventListener("click", () => {
      remember(NAME, areOn() ? "off" : "");
      toggle.setAttribute("aria-pressed", String(areOn()));
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !areOn()) return;
    const isSecond = Date.now() - went < 1200;
    went = 0;
    if (isSecond && event.key in ROOMS) {
      [...document.querySelectorAll(".rail li a")].find((door) => door.textContent === ROOMS[event.key])?.click();
    } else if (event.key === "/") {
      event.preventDefault();
      document.getElementById("search-box")?.focus();
    } else if (event.key === "n") {
      event.preventDefault();
      open(document.getElementById("new-menu"));
    } else if (event.key === "u") {
      document.querySelector(".top a.upload")?.click();
    } else if (event.key === "g") {
      went = Date.now();
    }
  });
}
