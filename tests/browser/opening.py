"""Opens headless Chromium and signs in as a person does: by the one-time link."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.chromium import found_chromium
from tests.browser.notebook import Notebook

# Chromium must talk to the notebook only, also where it runs as root or without a network.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Yield a headless Chromium; fail when the machine has none."""
    path = found_chromium()
    if path is None:
        raise RuntimeError("There is no Chromium here; `make test` and `make journeys` install one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def sign_in(browser: Browser, notebook: Notebook) -> Path:
    """Press the button behind the one-time link and return a file that holds the session."""
    session = notebook.folder / "session.json"
    context = browser.new_context()
    page = context.new_page()
    page.goto(notebook.sign_in_link)
    page.get_by_role("button", name="Sign in as").click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    context.storage_state(path=session)
    context.close()
    return session
