// The lineage: pointing at a card shows its way to the page's own sample; arrow keys walk the list. The statement is copied.

for (const graph of document.querySelectorAll("[data-lineage]")) {
  const links = [...graph.querySelectorAll("path[data-from]")];
  const here = graph.querySelector(".node.here")?.dataset.node;
  graph.querySelector(".node.here")?.scrollIntoView({ block: "nearest", inline: "center" });
  const usual = links.filter((link) => link.classList.contains("path"));
  let pinned = null;

  const reach = (start, from, to) => {
    const found = new Set([start]);
    for (const key of found) {
      for (const link of links) if (link.dataset[from] === key) found.add(link.dataset[to]);
    }
    return found;
  };
  const way = (key) => {
    const between = (one, other) => {
      const down = reach(one, "from", "to");
      const up = reach(other, "to", "from");
      return links.filter((link) => down.has(link.dataset.from) && up.has(link.dataset.to));
    };
    const found = [...between(key, here), ...between(here, key)];
    return found.filter((link) => link.dataset.from !== link.dataset.to);
  };
  const show = (key) => {
    const bold = new Set(key && key !== here ? way(key) : usual);
    for (const link of links) link.classList.toggle("path", bold.has(link));
  };
  const key = (event) => event.target.closest("[data-node]")?.dataset.node ?? null;

  graph.addEventListener("pointerover", (event) => show(key(event) ?? pinned));
  graph.addEventListener("pointerleave", () => show(pinned));
  graph.addEventListener("focusin", (event) => show(key(event) ?? pinned));
  graph.addEventListener("focusout", () => show(pinned));
  // "p" on a card keeps its way shown until it is pressed again.
  graph.addEventListener("keydown", (event) => {
    if (event.key !== "p" || !key(event)) return;
    pinned = pinned === key(event) ? null : key(event);
    show(pinned);
  });
}

for (const tree of document.querySelectorAll("[data-tree]")) {
  const step = { ArrowDown: 1, ArrowUp: -1 };
  tree.addEventListener("keydown", (event) => {
    const links = [...tree.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (at < 0) return;
    const item = links[at].closest("li");
    let next = null;
    if (event.key in step) next = links[at + step[event.key]];
    if (event.key === "ArrowRight") next = item.querySelector(":scope > ul a");
    if (event.key === "ArrowLeft") next = item.parentElement.closest("li")?.querySelector("a");
    if (event.key === "Home") next = links[0];
    if (event.key === "End") next = links.at(-1);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

// Copies a part of the statement as plain text.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).innerText);
    button.append(" ✓");
  });
}
