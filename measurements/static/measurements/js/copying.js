// Buttons that copy a text; they show only where the browser can.

function start() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    const status = document.getElementById("save-status");
    if (status) status.textContent = `${button.dataset.copy} is copied.`;
  });
}

start();
