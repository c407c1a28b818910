"""Names and units of columns, from the header cell alone or from a row of units below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from measurements.readers.plain_table.dialect import COMMENT_MARKS, Dialect

UNITS = {
    "nm": "nm", "ev": "eV", "mev": "meV", "a": "A", "abs": "A", "abs.": "A", "%t": "%T", "t%": "%T", "%r": "%R",
    "r%": "%R", "%": "%", "cm-1": "1/cm", "cm^-1": "1/cm", "cm⁻¹": "1/cm", "1/cm": "1/cm", "deg": "deg",
    "degree": "deg", "degrees": "deg", "°": "deg", "deg.": "deg", "s": "s", "sec": "s", "ms": "ms", "us": "us",
    "µs": "us", "ns": "ns", "ps": "ps", "fs": "fs", "min": "min", "h": "h", "k": "K", "°c": "°C", "gpa": "GPa",
    "counts": "counts", "count": "counts", "cts": "counts", "cps": "counts/s", "counts/s": "counts/s", "um": "µm",
    "µm": "µm", "px": "px", "a.u.": "a.u.", "a. u.": "a.u.", "arb. u.": "a.u.", "arb.u.": "a.u.", "v": "V",
    "mv": "mV", "w": "W", "mw": "mW", "°2th": "deg", "å": "Å", "1/å": "1/Å",
}  # fmt: skip
# “Wavelength (nm)”, “Intensity [counts]”, “Wavelength / nm”.
BRACKETED = re.compile(r"(?P<name>.*?)\s*[(\[{](?P<unit>[^()\[\]{}]*)[)\]}]\s*")
DIVIDED = re.compile(r"(?P<name>.+?)\s+/\s*(?P<unit>\S+)|(?P<word>[^\W\d]{3,})/(?P<of>\S+)")
POWDER_ANGLE = re.compile(r"[°]?(2|two)[\s_-]?(theta|th|θ)\b", re.IGNORECASE)
X_NAME = re.compile(r"wave[\s_-]?(length|number)|raman[\s_-]?shift|2theta|(photon )?energy|time", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """What a header says of one column."""

    name: str
    unit: str = ""


def names_an_x(column: Column) -> bool:
    """Say whether a column is called like what curves are drawn over."""
    return X_NAME.match(column.name) is not None


def columns_of(names: Sequence[str], units: Sequence[str] | None) -> list[Column]:
    """Return the columns a header names, with the units of the row below where there is one."""
    found = [column_of(name) for name in names]
    if units is None:
        return found
    return [Column(one.name, unit_of(unit) or one.unit) for one, unit in zip(found, units, strict=True)]


def column_of(text: str) -> Column:
    """Return a header cell's name and unit; a cell that is only a unit is both."""
    text = text.strip().strip("\"'")
    if POWDER_ANGLE.match(text):
        return Column("2theta", "deg")
    bracketed = BRACKETED.fullmatch(text)
    if bracketed:
        return Column(bracketed["name"] or bracketed["unit"], unit_of(bracketed["unit"]))
    divided = DIVIDED.fullmatch(text)
    if divided and (divided["unit"] or divided["of"]).lower() in UNITS:
        return Column(divided["name"] or divided["word"], unit_of(divided["unit"] or divided["of"]))
    return Column(text, UNITS.get(text.lower(), ""))


def unit_of(text: str) -> str:
    """Return a unit as the notebook writes it; one that it does not know stays as it is."""
    bare = text.strip().strip("()[]").strip().replace("μ", "µ")
    return UNITS.get(bare.lower(), bare)


def is_unit_row(cells: Sequence[str]) -> bool:
    """Say whether a row has nothing but units, at least one of them known."""
    bare = [cell.strip().strip("()[]").strip().lower().replace("μ", "µ") for cell in cells]
    return any(bare) and all(not cell or cell in UNITS for cell in bare)


def header_cells(text: str, dialect: Dialect, width: int) -> list[str] | None:
    """Return a line's cells when it can be the header of so many columns; a remark's mark is left out."""
    cells = dialect.cells(text.strip())
    # A column of running numbers is often called “#”, which is also how a remark begins.
    if cells[:1] != ["#"] or len(cells) != width:
        line = uncommented(text)
        cells = dialect.cells(line)
        if dialect.delimiter == " " and len(cells) != width:
            cells = worded_cells(line)
    # Rows may end with a delimiter that their header lacks.
    if len(cells) == width - 1 and dialect.delimiter != " ":
        cells.append("")
    is_named = len(cells) == width and any(cells) and ":" not in cells[0]
    return cells if is_named and not any(map(dialect.is_number, cells[:1])) else None


def uncommented(text: str) -> str:
    """Return a line without the marks of a remark before it."""
    return text.strip().lstrip("".join(COMMENT_MARKS)).strip()


def worded_cells(line: str) -> list[str]:
    """Return the names of a header whose words are apart by one blank and its names by more, or by their units."""
    apart = re.split(r"\t+|\s{2,}", line.strip())
    return apart if len(apart) > 1 else re.findall(r"[^()\[\]]+(?:\([^)]*\)|\[[^\]]*\])", line)
