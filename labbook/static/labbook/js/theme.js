// Sets the chosen theme before the first paint; loaded without defer so that nothing flashes.
try {
  const chosen = localStorage.getItem("labbook.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be closed to us; the device's own wish then stands.
}
document.documentElement.classList.add("scripted");
