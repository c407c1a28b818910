"""Every page that links lead to from Today is fit for everybody: light and dark, desk and phone, with axe watching."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page

from tests.browser.accessibility import serious_violations
from tests.browser.notebook import Notebook
from tests.browser.watching import Watch

# Files, and what signs the person out.
NOT_PAGES = {"account_logout"}
# Links inside a drawing keep their address in another form than those of the page.
LINKS = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"
OVERFLOW_PX = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def view_name(path: str) -> str | None:
    """Return the name of the view behind a path; None when it is no page."""
    try:
        name = resolve(path).url_name
    except Resolver404:
        return None
    return None if name in NOT_PAGES else name


def pages_from_today(page: Page, address: str) -> Iterator[str]:
    """Open one page of every view that links lead to, breadth first, and yield the view's name."""
    waiting, seen = {"today": "/"}, set[str]()
    while waiting:
        name = next(iter(waiting))
        path = waiting.pop(name)
        seen.add(name)
        page.goto(address + path)
        yield name
        for link in page.locator("a[href]:not([download])").evaluate_all(LINKS):
            parts = urlsplit(link)
            found = view_name(parts.path) if f"{parts.scheme}://{parts.netloc}" == address else None
            if found and found not in seen and "." not in parts.path.rpartition("/")[2]:
                waiting.setdefault(found, parts.path + (f"?{parts.query}" if parts.query else ""))


@pytest.mark.parametrize(
    ("scheme", "width_px"), [("light", 1440), ("dark", 1440), ("light", 390)], ids=["light", "dark", "phone"]
)
def test_every_page_is_fit_for_everybody(
    browser: Browser, notebook: Notebook, session: str, scheme: str, width_px: int
) -> None:
    context = browser.new_context(
        storage_state=session,
        viewport={"width": width_px, "height": 844 if width_px < 600 else 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    watch = Watch(context, notebook.address)
    page, problems, names = context.new_page(), list[str](), list[str]()

    for name in pages_from_today(page, notebook.address):
        names.append(name)
        problems += serious_violations(page)
        too_wide_px = page.evaluate(OVERFLOW_PX)
        if too_wide_px > 0:
            problems.append(f"{name} ({page.url}) scrolls sideways by {too_wide_px} px")
    context.close()

    assert len(names) > 10, names
    assert not problems + watch.complaints, "\n".join([*problems, *watch.complaints, notebook.errors()])
