"""J9: eight decays of a load are fitted whole, the flagged one is judged, and Table S2 leaves as LaTeX."""

import re
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import expect

from measurements.demonstration.decays import Decay
from measurements.demonstration.shapes import Emission
from measurements.demonstration.streak import streak_image
from tests.browser.person import Person

# A load of which the demonstration lab has no series.
LOAD = "NC-002-F2-DAC1"
PRESSURES_GPA = ("0", "0.13", "0.4", "0.7", "1", "1.27", "1.65", "2")
# On this rung the slow component is longer than any window could show; its fit asks to be looked at.
FLAGGED = "2"
LIFETIMES_NS = {FLAGGED: (3.4, 400.0)}
PATIENCE_MS = 120_000
LIVE_JOB = 'hx-get="/jobs/'


def walk(person: Person) -> None:
    """Open the series, fit all, accept the flagged row, make the table, and take it away."""
    with person.preparing():
        measure_decays(person)
        person.go("/series/")

    person.press(person.page.get_by_role("link", name=re.compile(f"^{LOAD}")).first)
    person.press(person.find("button", "Fit all"))
    see_fits(person)
    person.press(person.page.get_by_role("button", name=re.compile("^Accept")).first)
    person.press(person.page.get_by_role("button", name="Table S2").or_(person.find("link", "Table S2")))
    see_table(person)
    with person.page.expect_download() as taken:
        person.press(person.find("link", "LaTeX"))
    see_latex(Path(taken.value.path()))

    person.page.reload()
    see_table(person)


def measure_decays(person: Person) -> None:
    """Send the streak images of the ladder and assign them all by their names."""
    with tempfile.TemporaryDirectory() as folder:
        files = [decay_file(Path(folder), person.profile.name, number) for number in range(len(PRESSURES_GPA))]
        person.go("/inbox/")
        person.page.get_by_label("Files", exact=True).set_input_files(files)
        person.page.wait_for_url(re.compile(r"/inbox/\d+$"), timeout=PATIENCE_MS)
        person.page.get_by_role("button", name=f"Assign {len(PRESSURES_GPA)} files").click()
        heading = person.find("heading", f"{len(PRESSURES_GPA)} files assigned")
        expect(heading).to_be_visible(timeout=PATIENCE_MS)


def decay_file(folder: Path, seed: str, number: int) -> Path:
    """Write the streak image of one rung; every profile has its own noise."""
    pressure = PRESSURES_GPA[number]
    at = datetime(2026, 10, 10, 9, tzinfo=UTC) + timedelta(minutes=20 * number)
    decay = Decay(LIFETIMES_NS.get(pressure, (2.2 + 0.1 * number, 8.0 + 0.3 * number)))
    line = Emission(1.86, 0.09, 90.0)
    image = streak_image(line, decay, from_to_nm=(590.0, 750.0), at=at, seed=f"{seed} {pressure}")
    path = folder / f"{LOAD}_TRPL_{pressure}GPa_50ns.img"
    path.write_bytes(image)
    return path


def see_fits(person: Person) -> None:
    """The job ends, the page comes anew by itself, and shows what asks to be looked at."""
    expect(person.page.locator("#analysis")).to_contain_text("fits", timeout=PATIENCE_MS)
    address = person.page.url.partition("#")[0] + "/analysis"
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while LIVE_JOB in person.page.request.get(address).text() and time.monotonic() < deadline:
        person.page.wait_for_timeout(300)
    # What is pressed before the page has come anew would be pressed on the old one.
    expect(person.page.locator("[hx-get*='/jobs/']")).to_have_count(0, timeout=PATIENCE_MS)
    person.page.wait_for_load_state()
    expect(person.page.get_by_role("button", name=re.compile("^Accept")).first).to_be_visible(timeout=PATIENCE_MS)


def see_table(person: Person) -> None:
    """The table has a row for every pressure and both lifetimes with their errors."""
    table = person.page.get_by_role("table").first
    expect(table).to_contain_text("0.13")
    expect(table).to_contain_text("±")


def see_latex(path: Path) -> None:
    """The file is a table as a paper prints it."""
    text = path.read_text()
    assert r"\toprule" in text
    assert r"\pm" in text
