"""Every page that links lead to is fit for everybody: light and dark, desk and phone, with axe watching."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.accessibility import COLORS, SIZES, serious_violations
from tests.browser.conftest import Meet
from tests.browser.journeys.bench import new_crude, start_run
from tests.browser.notebook import Notebook
from tests.browser.person import Person
from tests.browser.watching import Watch

# Files, and what signs the person out.
NOT_PAGES = {"account_logout"}
# Links inside a drawing keep their address in another form than those of the page.
LINKS = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"
DESK, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
# Where the crawl must have been, whatever else there is.
ROOMS = {
    "today", "sample_list", "sample_detail", "specimen_new", "lineage", "recall", "statement", "synthesis_list",
    "synthesis_new", "synthesis_plan", "synthesis_detail", "synthesis_edit", "stock_list", "bottle_detail",
    "bottle_new", "precursor_list", "precursor_detail", "precursor_new", "recipe_list", "recipe_detail", "place_list",
    "equipment_list", "import_new", "people_list", "project_list", "label_list", "activity", "record_history",
    "instrument_list", "instrument_detail", "calibration_new", "session_new", "log_sheet",
}  # fmt: skip
PAINTED = "new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted)))"
OVERFLOW_PX = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def view_name(path: str) -> str | None:
    """Return the name of the view behind a path; None when it is no page."""
    try:
        name = resolve(path).url_name
    except Resolver404:
        return None
    return None if name in NOT_PAGES else name


def pages_from(starts: dict[str, str], page: Page, address: str) -> Iterator[str]:
    """Open one page of every view that links lead to from some pages, breadth first; yield the view's name."""
    waiting, seen = dict(starts), set[str]()
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


def complaints_about(page: Page, name: str) -> list[str]:
    """Look at an open page at a desk in both themes, and on a phone."""
    found = serious_violations(page)
    page.emulate_media(color_scheme="dark")
    page.evaluate(PAINTED)
    found += [f"in the dark: {one}" for one in serious_violations(page, COLORS)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    page.evaluate(PAINTED)
    found += [f"on a phone: {one}" for one in serious_violations(page, SIZES)]
    too_wide_px = page.evaluate(OVERFLOW_PX)
    if too_wide_px > 0:
        found.append(f"on a phone: {name} ({page.url}) scrolls sideways by {too_wide_px} px")
    page.set_viewport_size(DESK)
    return found


def starts(person: Person) -> dict[str, str]:
    """Return where a crawl starts: Today, and pages that no link leads to in a lab where nothing runs."""
    running, crude = start_run(person), new_crude(person)
    return {
        "today": "/",
        "search": "/search?q=NC-00",
        "run_mode": f"/syntheses/{running}/run/?step=3",
        "synthesis_end": f"/syntheses/{running}/end/",
        "clean_up_spin_new": "/syntheses/NC-001/clean-up/",
        "precipitation": f"/syntheses/{crude}/fractions/",
    }


def test_every_page_is_fit_for_everybody(browser: Browser, notebook: Notebook, session: Path, meet: Meet) -> None:
    context = browser.new_context(
        storage_state=session, viewport=DESK, color_scheme="light", reduced_motion="reduce"
    )  # fmt: skip
    watch = Watch(context, notebook.address)
    page, problems, names = context.new_page(), list[str](), list[str]()

    for name in pages_from(starts(meet()), page, notebook.address):
        names.append(name)
        problems += complaints_about(page, name)
    context.close()

    problems += [f"no link led to {name}" for name in sorted(ROOMS - set(names))]
    assert not problems + watch.complaints, "\n".join([*problems, *watch.complaints, notebook.errors()])
