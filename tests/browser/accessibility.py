"""Runs axe-core on a page and returns what it calls serious or critical."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
EVERYTHING: dict[str, object] = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# What another theme, and what another width, can make worse.
COLORS: dict[str, object] = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SIZES: dict[str, object] = {
    "type": "rule",
    "values": ["color-contrast", "target-size", "scrollable-region-focusable", "link-name", "label"],
}
RUN = "runOnly => axe.run(document, {runOnly, resultTypes: ['violations']})"


def serious_violations(page: Page, rules: dict[str, object] = EVERYTHING) -> list[str]:
    """Return one line per serious or critical violation, with the first element it is about."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    return [
        f"{found['id']} ({found['impact']}) on {page.url}: {found['nodes'][0]['html'][:160]}"
        for found in page.evaluate(RUN, rules)["violations"]
        if found["impact"] in {"serious", "critical"}
    ]
