"""What the documentation promises is there: files it links to, settings it lists, commands it names."""

import re
from pathlib import Path

from measurements.readers.table import READERS

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
