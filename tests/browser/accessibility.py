"""Runs axe-core on a page and returns what it calls serious or critical."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RUN = """axe.run(document, {
  runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
  resultTypes: ["violations"],
})"""


def serious_violations(page: Page) -> list[str]:
    """Return one line per serious or critical violation, with the first element it is about."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    return [
        f"{found['id']} ({found['impact']}) on {page.url}: {found['nodes'][0]['html'][:160]}"
        for found in page.evaluate(RUN)["violations"]
        if found["impact"] in {"serious", "critical"}
    ]
