"""J8: the emission of eight samples in one plot, from a filtered list."""

import math
import re
import tempfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.person import Person

FRACTIONS = (
    "NC-001-F1", "NC-001-F2", "NC-001-F3", "NC-002-F1", "NC-002-F2", "NC-002-F3", "NC-003-F1", "NC-003-F2",
)  # fmt: skip
POINTS = 2_000
PATIENCE_MS = 30_000


def walk(person: Person) -> None:
    """Narrow the samples to the fractions with an emission, select all of them, overlay, and see them again."""
    with person.preparing():
        measure_all(person, person.profile.name)
        person.go("/")

    person.press(person.find("link", "Samples", exact=True))
    person.fill(person.page.get_by_label("Code, words or values"), "has:pl kind:fraction")
    expect(person.page).to_have_url(re.compile("has%3Apl"))
    person.press(person.find("button", "Select all shown"))
    person.press(person.find("button", "Overlay", exact=True))
    see_lines(person)

    person.page.reload()
    see_lines(person)


def measure_all(person: Person, seed: str) -> None:
    """Send a spectrum of each fraction and assign them all by their names."""
    with tempfile.TemporaryDirectory() as folder:
        files = [spectrum_file(Path(folder), seed, number) for number in range(len(FRACTIONS))]
        person.go("/inbox/")
        person.page.get_by_label("Files", exact=True).set_input_files(files)
        person.page.wait_for_url(re.compile(r"/inbox/\d+$"), timeout=PATIENCE_MS)
        person.page.get_by_role("button", name=f"Assign {len(FRACTIONS)} files").click()
        expect(person.find("heading", f"{len(FRACTIONS)} files assigned")).to_be_visible(timeout=PATIENCE_MS)


def spectrum_file(folder: Path, seed: str, number: int) -> Path:
    """Write an emission line as WiRE exports it, from high to low; every seed has its own bytes."""
    phase = sum(seed.encode()) % 97
    rows = []
    for index in range(POINTS):
        x = 780 - index * 0.1
        counts = 30 + 900 * math.exp(-(((x - 640 - 6 * number) / 14) ** 2)) + (index * 7 + phase) % 11
        rows.append(f"{x:.6f}\t{counts:.6f}")
    path = folder / f"{FRACTIONS[number]}_PL.txt"
    path.write_text("\r\n".join(["#Wave\t\t#Intensity", *rows, ""]))
    return path


def see_lines(person: Person) -> None:
    """Every fraction has its line, its place in the list and its reading at the cursor."""
    traces = person.page.get_by_role("list", name="Traces").get_by_role("listitem")
    expect(person.page.locator("figure[data-drawn]")).to_be_visible()
    person.page.get_by_role("slider", name="Cursor along Wavelength").focus()
    person.page.keyboard.press("End")
    for code in FRACTIONS:
        expect(traces.filter(has_text=code)).to_have_count(1)
        expect(person.page.locator("[data-plot-readout]")).to_contain_text(code)
