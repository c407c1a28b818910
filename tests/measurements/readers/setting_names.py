"""Which names of settings are agreed on: those with a unit for their last word, and the words that are listed."""

import re
from collections.abc import Mapping
from pathlib import Path

from measurements.readers.recording import Setting

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "formats.md"
GLOSSARY = PAGE.read_text().split("## Settings")[1]
ENDINGS = tuple(re.findall(r"\| `(_\w+)` \|", GLOSSARY))
WORDS = frozenset(re.findall(r"`(\w+)`", GLOSSARY.split("Words and counts have no unit:")[1]))


def not_agreed(settings: Mapping[str, Setting]) -> list[str]:
    """Return the settings whose name nobody agreed on, and those with a unit that are no numbers."""
    return [name for name, value in settings.items() if name not in WORDS and not _is_quantity(name, value)]


def _is_quantity(name: str, value: Setting) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and f"_{name}".endswith(ENDINGS)
