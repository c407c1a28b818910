// Colors of the ground that a plot stands on; light and dark have their own.

const root = document.documentElement;
const wish = matchMedia("(prefers-color-scheme: dark)");

export function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : wish.matches;
}

export function token(name) {
  return getComputedStyle(root).getPropertyValue(`--${name}`).trim();
}

export function onThemeChange(redraw) {
  wish.addEventListener("change", redraw);
  new MutationObserver(redraw).observe(root, { attributeFilter: ["data-theme"] });
}
