"""Symbols and units as papers set them: "A_TE" and "τ₁" with lowered parts, "eV/K" as eV K⁻¹, heads with powers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from analysis.publishing.sheet import Column
from labbook.quantities.units import shown_unit

Place = Literal["", "sub", "sup"]

LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+−", strict=True))
RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+−", strict=True))
RAISED_DIGITS = str.maketrans({digit: raised for raised, digit in RAISED.items()} | {"-": "⁻"})
# "_" lowers the letters and digits after it; ⟨τ⟩ lowers the letter behind it.
PARTS = re.compile(
    rf"_(?P<word>\w+)|(?<=⟩)(?P<kind>[a-z])|(?P<low>[{''.join(LOWERED)}]+)|(?P<high>[{''.join(RAISED)}]+)"
)
# In sentences only what is surely a symbol: one letter with something lowered.
SYMBOLS = re.compile(rf"(?<!\w)([^\W\d_])_(\w+)|([{''.join(LOWERED)}]+)|([{''.join(RAISED)}]+)")
QUOTIENT = re.compile(r"([^/ ]+)/([^/ ]+?)(\d?)")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text on one height."""

    text: str
    place: Place = ""


def runs(text: str) -> list[Run]:
    """Return a text in pieces on the line, lowered and raised."""
    return list(pieces(text))


def pieces(text: str) -> Iterator[Run]:
    """Yield the pieces of a text in their order."""
    end = 0
    for found in PARTS.finditer(text):
        if found.start() > end:
            yield Run(text[end : found.start()])
        if word := found["word"] or found["kind"]:
            yield Run(word, "sub")
        elif low := found["low"]:
            yield Run("".join(LOWERED[one] for one in low), "sub")
        else:
            yield Run("".join(RAISED[one] for one in found["high"]), "sup")
        end = found.end()
    if end < len(text):
        yield Run(text[end:])


def sentence_runs(text: str) -> list[Run]:
    """Return a sentence in pieces; names of settings keep their underscores."""
    made: list[Run] = []
    end = 0
    for found in SYMBOLS.finditer(text):
        made.append(Run(text[end : found.start()] + (found[1] or "")))
        made.append(runs(found[0])[-1])
        end = found.end()
    return [one for one in (*made, Run(text[end:])) if one.text]


def unit_text(unit: str) -> str:
    """Return a unit as papers print it: "eV/K" is eV K⁻¹, "1/ns" is ns⁻¹."""
    found = QUOTIENT.fullmatch(unit)
    if not found or unit in {"", "%"}:
        return shown_unit(unit) if unit else ""
    above, below, power = found.groups()
    raised = f"-{power or 1}".translate(RAISED_DIGITS)
    return f"{'' if above == '1' else f'{shown_unit(above)} '}{shown_unit(below)}{raised}"


def power_text(power: int) -> str:
    """Return "10⁻⁴", or nothing for a power of zero."""
    return f"10{str(power).translate(RAISED_DIGITS)}" if power else ""


def head(column: Column) -> str:
    """Return what stands above a column: "A_TE (10⁻⁴ eV K⁻¹)"."""
    behind = " ".join(filter(None, (power_text(column.power), unit_text(column.unit))))
    name = column.symbol or column.label
    return f"{name} ({behind})" if behind else name
