"""How long until a person sees the first plot: a hundred thousand points, eight spectra, a streak image."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from scripts.bench.corpus import made_spectrum
from scripts.bench.figure import Figure
from scripts.bench.uploads import batch_of
from scripts.bench.visitor import Visitor
from scripts.chromium import chromium
from scripts.console import say
from scripts.front_end import install_front_end
from tests.browser.notebook import running_notebook
from tests.browser.opening import open_browser

ROWS, COLUMNS = 512, 640
# First paint of an overlay within a second, and of anything else within two.
MOST_OVERLAY_S, MOST_S = 1.0, 2.0
OPENED = 5
DRAWN_AT = "performance.getEntriesByType('mark').find(mark => mark.name.endsWith('drawn')).startTime"
LOADED_AT = "performance.getEntriesByType('navigation')[0].domComplete"


def figures() -> Iterator[Figure]:
    """Yield the time from asking for a page to its drawn plot, the median of several openings."""
    install_front_end(dev=True)
    chromium()
    with tempfile.TemporaryDirectory(prefix="labbook-bench-") as folder, running_notebook(Path(folder)) as notebook:
        visitor = Visitor.signed_in(notebook.address, notebook.sign_in_link)
        batch = batch_of(visitor)
        points = curve_of(visitor, batch, "points.txt", made_spectrum(0, 100_000))
        spectra = [curve_of(visitor, batch, f"{index}.txt", made_spectrum(index)) for index in range(1, 9)]
        image = curve_of(visitor, batch, "streak.dat", streak_matrix())
        with open_browser() as browser:
            yield from opened(browser, visitor, points, spectra, image)


def opened(browser: Browser, visitor: Visitor, points: int, spectra: list[int], image: int) -> Iterator[Figure]:
    """Open each plot several times, the first one not counted."""
    say("Opening plots …")
    empty_s = first_plot(browser, visitor, "/samples/", "")
    eight = "&".join(f"c={one}" for one in spectra)
    wanted = (
        ("first plot of 100,000 points", f"/overlay?c={points}", MOST_S),
        ("first plot of 8 spectra of 2,048 points", f"/overlay?{eight}", MOST_OVERLAY_S),
        (f"first plot of a map of {ROWS}×{COLUMNS}", f"/curves/{image}", MOST_S),
    )
    for what, path, most in wanted:
        seconds = first_plot(browser, visitor, path, "[data-drawn=true]")
        yield Figure(what, seconds, "s", "a page without a plot", seconds / empty_s, most)


def first_plot(browser: Browser, visitor: Visitor, path: str, drawn: str) -> float:
    """Return the median time in seconds until the plot is drawn, or the page is there; nothing is in the cache."""
    taken = []
    for _ in range(OPENED + 1):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": one, "value": it, "url": visitor.address} for one, it in visitor.cookies.items()])
        page = context.new_page()
        page.goto(visitor.address + path)
        if drawn:
            page.wait_for_selector(drawn, timeout=60_000)
        taken.append(float(page.evaluate(DRAWN_AT if drawn else LOADED_AT)) / 1e3)
        context.close()
    return sorted(taken[1:])[OPENED // 2]


def curve_of(visitor: Visitor, batch: str, name: str, content: bytes) -> int:
    """Send a file and return the curve that was read of it."""
    sent = visitor.send(batch, name, content)
    file = json.loads(visitor.ask("GET", f"/api/v1/files/{sent.headers['Labbook-File']}").body)
    found = visitor.ask("GET", f"/api/v1/curves?file={file['sha256']}")
    items = json.loads(found.body)["items"]
    if not items:
        raise RuntimeError(f"{name} gave no curve.")
    return int(items[0]["id"])


def streak_matrix() -> bytes:
    """Return a streak image as a matrix of text with its axes: a decay of a line over wavelength and time."""
    head = "\t".join(["ns", *(f"{590 + column * 0.25:.2f}" for column in range(COLUMNS))])
    lines = [head]
    for row in range(ROWS):
        height = 4_000 * 0.99**row
        counts = (int(5 + height / (1 + ((column - 320) / 60) ** 2)) for column in range(COLUMNS))
        lines.append("\t".join([f"{row * 0.1:.3f}", *map(str, counts)]))
    return ("\n".join(lines) + "\n").encode()
