// The figure for paper follows the plot above it and the preset that is chosen.

const chooser = document.querySelector("[data-preset]");
const preview = document.querySelector("[data-preview]");
const kept = document.querySelector("[data-kept-query]");
const links = [...document.querySelectorAll("[data-preset-links] a")];

function address(old, query) {
  const there = new URL(old, location.href);
  const dpi = there.searchParams.get("dpi");
  const words = new URLSearchParams(query);
  words.set("preset", chooser.value);
  if (dpi) words.set("dpi", dpi);
  return `${there.pathname}?${words}`;
}

function show(query) {
  const chosen = chooser.selectedOptions[0].dataset;
  preview.width = chosen.width;
  preview.height = chosen.height;
  preview.src = address(preview.src, query);
  for (const link of links) link.href = address(link.href, query);
  if (kept) kept.value = `${query}&preset=${chooser.value}`;
}

if (chooser) {
  let query = document.querySelector("[data-plot]").dataset.query;
  chooser.addEventListener("change", () => show(query));
  document.addEventListener("recipe", (event) => {
    query = event.detail;
    show(query);
  });
}
