"""What the documentation promises is there: files it links to, settings it lists, commands it names."""

import re
from pathlib import Path

from analysis.methods.contract import Input, Method, Takes
from analysis.methods.table import METHODS
from analysis.quantities import QUANTITIES
from analysis.services.series_fits import ladder_methods
from measurements.models import Series
from measurements.readers.table import READERS
from measurements.techniques import Along
from samples.queries.search_keys import ANALYSED

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
VARIABLE = re.compile(r"\bLABBOOK_[A-Z_]+\b")


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in LINK.findall(page.read_text())
        if not (page.parent / target).exists()
    ]

    assert not broken, "\n".join(broken)


def test_the_index_leads_to_every_page() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / target).resolve() for target in LINK.findall(index.read_text())}

    unlinked = [page.name for page in PAGES if ROOT / "docs" in page.parents and not {page, page.parent} & linked]

    assert set(unlinked) <= {"index.md"}


def test_every_environment_variable_is_documented_and_no_other() -> None:
    sources = [path for folder in ("labbook", "scripts", "tests") for path in (ROOT / folder).rglob("*.py")]
    read = {name for path in sources for name in VARIABLE.findall(path.read_text())}

    documented = set(VARIABLE.findall((ROOT / "docs" / "reference" / "settings.md").read_text()))

    assert read == documented


def test_every_make_target_the_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    named = set(re.findall(r"(?:`|    )make ([a-z-]+)", (ROOT / "README.md").read_text()))

    assert {"run", "test"} <= named <= targets


def test_decisions_are_numbered_without_gaps_and_say_context_choice_and_consequence() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text()
        assert all(f"**{part}.**" in text for part in ("Context", "Choice", "Consequence")), path.name
        assert len(text.splitlines()) <= 60, path.name


def test_the_readme_is_read_in_one_go() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 120


def test_the_table_of_formats_has_every_reader_with_its_suffixes_and_no_other() -> None:
    page = (ROOT / "docs" / "reference" / "formats.md").read_text().split("## Settings")[0]
    rows = re.findall(r"^\| ([^|]+) \| (\.[^|]+) \|", page, re.MULTILINE)

    assert [(title, tuple(suffixes.split())) for title, suffixes in rows] == [
        (reader.title, reader.suffixes) for reader in READERS
    ]


def test_the_table_of_methods_says_what_each_works_on_needs_and_tells() -> None:
    page = (ROOT / "docs" / "reference" / "methods.md").read_text().split("## What fits tell")[0]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)

    assert [tuple(cell.strip() for cell in row[:5]) for row in rows] == [
        (
            one.name, one.title, ", ".join(map(input_in_words, one.inputs)) or "–",
            " ".join(f"`{each.name}`" for each in one.settings if each.is_needed and each.default is None) or "–",
            " ".join(one.results) or "–",
        )
        for one in METHODS.values()
    ]  # fmt: skip
    assert {row[0]: row[5].strip() for row in rows} == {one.name: when_it_runs(one) for one in METHODS.values()}


def input_in_words(one: Input) -> str:
    """Return an input as the table writes it."""
    words = f"{one.role}{'†' if one.takes == Takes.POINTS else ''}{' …' if one.is_many else ''}"
    return words if one.is_needed else f"[{words}]"


def when_it_runs(method: Method) -> str:
    """Return when a method runs as the table writes it."""
    if method.is_automatic:
        return "by itself"
    ladders = (Series(along=along) for along in Along.values)
    return "with Fit all" if any(method in ladder_methods(one) for one in ladders) else "when asked"


def test_the_table_of_quantities_has_every_number_a_fit_can_tell() -> None:
    page = (ROOT / "docs" / "reference" / "methods.md").read_text().split("## What fits tell")[1]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)

    assert [tuple(cell.strip() for cell in row) for row in rows] == [
        (one.name, one.label, one.symbol, one.unit or "1", one.search or "–", "yes" if one.is_in_force else "–")
        for one in QUANTITIES.values()
    ]


def test_every_word_of_fits_that_search_finds_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "search.md").read_text()

    missing = [key.name for key in ANALYSED if f"`{key.name}:" not in page]

    assert not missing
