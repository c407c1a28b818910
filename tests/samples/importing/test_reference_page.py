"""The reference page says what the import reads."""

from pathlib import Path

from samples.importing.reference_page import import_reference

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "import-tables.md"


def test_the_reference_page_is_what_the_code_reads() -> None:
    assert PAGE.read_text() == import_reference()
