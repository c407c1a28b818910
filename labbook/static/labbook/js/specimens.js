// New specimens: what was typed goes along when another kind is chosen. Without this only the sources do.

const CARRIED = ["count", "amount", "at", "note"];

function carry(event) {
  const link = event.target.closest("[data-kinds] a");
  const form = document.querySelector("[data-specimens]");
  if (!link || !form || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const typed = new FormData(form);
  const there = new URL(link.href);
  there.searchParams.delete("from");
  for (const code of String(typed.get("source") ?? "").split(",")) {
    if (code.trim()) there.searchParams.append("from", code.trim());
  }
  for (const name of CARRIED) {
    const text = String(typed.get(name) ?? "").trim();
    if (text) there.searchParams.set(name, text);
  }
  event.preventDefault();
  location.assign(there);
}

document.addEventListener("click", carry);
