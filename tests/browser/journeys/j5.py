"""J5: twenty-four raw files of a pressure session are dropped, matched, and assigned to load and rungs at once."""

import math
import re
import tempfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.person import Person

LOAD = "NC-002-F2-DAC1"
FRACTION = "NC-002-F2"
INSTRUMENT = "Raman microscope"
PRESSURES_GPA = ("0", "0.13", "0.4", "0.7", "1", "1.27", "1.65", "2", "2.4", "2.8", "3.3", "4")
PATIENCE_MS = 30_000


def walk(person: Person) -> None:
    """Drop the files, say which load the session was about, assign all, and find them again after a reload."""
    with tempfile.TemporaryDirectory() as folder:
        files = session_files(Path(folder), person.profile.name)

        person.press(person.find("link", "Upload", exact=True))
        person.attach(person.page.get_by_label("Files", exact=True), files)
        see_table(person)
        person.fill(person.page.get_by_label("Load or sample"), LOAD)
        person.choose(person.page.get_by_label("Instrument", exact=True), INSTRUMENT)
        expect(person.page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
        person.sees(person.find("button", "Assign 24 files"))
        person.press(person.find("button", "Assign 24 files"))
        expect(person.find("heading", "24 files assigned")).to_be_visible(timeout=PATIENCE_MS)

        person.page.reload()
        see_links(person)
        with person.preparing():
            see_nothing_doubled(person, files)


def session_files(folder: Path, seed: str) -> list[Path]:
    """Write a session's files: emission named by the load, ruby by the fraction only; every profile has its own."""
    phase = sum(seed.encode()) % 97
    files = []
    for number, pressure in enumerate(PRESSURES_GPA):
        emission = folder / f"{LOAD}_PL_{pressure}GPa.txt"
        emission.write_text(wire_text(580, 780, centre=690 - number, phase=phase))
        ruby = folder / f"{FRACTION} ruby {pressure}GPa before.txt"
        ruby.write_text(wire_text(4230, 4560, centre=4400 + number, phase=phase))
        files += [emission, ruby]
    return files


def wire_text(first: int, last: int, *, centre: float, phase: int) -> str:
    """Return a spectrum as WiRE exports it: two columns under a head, x from high to low."""
    step = (last - first) / 400
    rows = []
    for index in range(401):
        x = last - index * step
        counts = 30 + 900 * math.exp(-(((x - centre) / (20 * step)) ** 2)) + (index * 7 + phase) % 11
        rows.append(f"{x:.6f}\t{counts:.6f}")
    return "\r\n".join(["#Wave\t\t#Intensity", *rows, ""])


def see_table(person: Person) -> None:
    """The browser opens the table by itself once all files are stored."""
    person.page.wait_for_url(re.compile(r"/inbox/\d+$"), timeout=PATIENCE_MS)
    expect(person.page.locator("tr[data-line]")).to_have_count(24)


def see_links(person: Person) -> None:
    """The receipt lists every link, and a rung that was not there before."""
    rows = person.find("region", "Links made").locator("tbody tr")
    expect(rows).to_have_count(24)
    expect(rows.filter(has_text=f"{LOAD}_PL_1.27GPa.txt")).to_contain_text(LOAD)
    expect(rows.filter(has_text=f"{FRACTION} ruby 1.27GPa before.txt")).to_contain_text("1.27 GPa before")


def see_nothing_doubled(person: Person, files: list[Path]) -> None:
    """The same files again are known by their bytes and set aside."""
    person.go("/inbox/")
    person.attach(person.page.get_by_label("Files", exact=True), files)
    person.page.wait_for_url(re.compile(r"/inbox/\d+$"), timeout=PATIENCE_MS)
    expect(person.page.get_by_text(f"already on {LOAD}, measurement")).to_have_count(24)
    expect(person.page.locator("tr[data-line]")).to_have_count(0)
