// The frame: menus that close, toasts that leave, the theme switch, and the focus on what is wrong.
import { startKeys } from "./keys.js";

const root = document.documentElement;

function remember(name, text) {
  try {
    if (text) localStorage.setItem(name, text);
    else localStorage.removeItem(name);
  } catch {
    // Without storage the choice lasts for this page only.
  }
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open], details.formula[open]")) {
    if (menu !== except) menu.open = false;
  }
}

function startMenus() {
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu, details.formula")));
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.("details.menu[open], details.formula[open]");
    if (event.key === "Escape") {
      closeMenus();
      menu?.querySelector("summary").focus();
    }
    if (menu && (event.key === "ArrowDown" || event.key === "ArrowUp")) moveInside(menu, event);
  });
}

function moveInside(menu, event) {
  const stops = [...menu.querySelectorAll(".sheet a, .sheet button:not([hidden])")];
  if (!stops.length) return;
  event.preventDefault();
  const at = stops.indexOf(document.activeElement);
  const step = event.key === "ArrowDown" ? 1 : -1;
  stops[(at + step + stops.length) % stops.length].focus();
}

function startTheme() {
  const choices = document.querySelectorAll("[data-theme-is]");
  const show = () => {
    for (const choice of choices) {
      choice.setAttribute("aria-pressed", String(choice.dataset.themeIs === (root.dataset.theme ?? "")));
    }
  };
  for (const choice of choices) {
    choice.addEventListener("click", () => {
      const chosen = choice.dataset.themeIs;
      if (chosen) root.dataset.theme = chosen;
      else delete root.dataset.theme;
      remember("labbook.theme", chosen);
      show();
    });
  }
  for (const part of document.querySelectorAll("[data-theme-switch]")) part.hidden = false;
  show();
}

// Good news leaves by itself, later when it can be undone, and never under a pointer or the focus.
function leaveLater(toast) {
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) leaveLater(toast);
    else toast.remove();
  }, toast.querySelector("form") ? 20_000 : 8_000);
}

function startToasts() {
  for (const button of document.querySelectorAll("[data-dismiss]")) {
    button.hidden = false;
    button.addEventListener("click", () => button.closest(".toast").remove());
  }
  for (const toast of document.querySelectorAll(".toast.success")) leaveLater(toast);
}

// `<button data-opens="id">` opens the dialog of that id; without a script the button is a link to the same form.
function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
  });
}

startMenus();
startTheme();
startToasts();
startDialogs();
startKeys(remember);
const problems = document.querySelector(".problems");
problems?.focus({ preventScroll: true });
problems?.scrollIntoView({ block: "nearest" });
