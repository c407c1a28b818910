"""Takes the pictures of the documentation from a demonstration notebook of their own: `make pictures`."""

import re
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect

from measurements.demonstration.load import LOAD
from scripts.chromium import chromium
from scripts.console import say
from scripts.front_end import install_front_end
from tests.browser.notebook import ROOT, running_notebook
from tests.browser.opening import open_browser, sign_in

FOLDER = ROOT / "docs" / "pictures"
# Picture → the page it shows.
PICTURES = {"synthesis": "/syntheses/NC-003/"}
SERIES = "series"
PATIENCE_MS = 120_000


def main() -> None:
    """Start a notebook, open each page as a desk in daylight shows it, and write what is seen."""
    install_front_end(dev=True)
    chromium()
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="labbook-pictures-") as folder,
        running_notebook(Path(folder)) as notebook,
        open_browser() as browser,
    ):
        context = browser.new_context(
            storage_state=sign_in(browser, notebook), base_url=notebook.address, color_scheme="light",
            viewport={"width": 1440, "height": 1000}, reduced_motion="reduce",
        )  # fmt: skip
        page = context.new_page()
        for name, path in PICTURES.items():
            page.goto(path)
            take(page, name)
        open_fitted_series(page)
        take(page, SERIES)


def open_fitted_series(page: Page) -> None:
    """Open the pressure series of the load and have it fitted."""
    page.goto("/series/")
    page.get_by_role("link", name=re.compile(f"^{LOAD}")).first.click()
    page.get_by_role("button", name="Fit all").click()
    expect(page.locator("#laws")).to_be_visible(timeout=PATIENCE_MS)
    page.goto(page.url.partition("#")[0])
    page.wait_for_load_state("networkidle")


def take(page: Page, name: str) -> None:
    """Write what is seen."""
    page.screenshot(path=FOLDER / f"{name}.png")
    say(f"{FOLDER.relative_to(ROOT) / name}.png shows {page.url}")


if __name__ == "__main__":
    main()
