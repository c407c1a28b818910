"""Filling many lines at once from pasted words: rungs in order, or the log sheet of a day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from labbook.errors import Refusal
from measurements.matching.codes import key_of
from measurements.matching.rungs import rung_in
from measurements.models import Batch, InboxRow, RowState
from measurements.services.inbox_editing import SETTERS, Editor, locked_lines
from measurements.services.proposing import RUNG, SAMPLE, TECHNIQUE

MOST_LINES = 1000
UNITS = ("GPa", "K", "d")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
SPOT = "spot"
# What the columns of a log sheet are called → the cell they fill; a sheet without a head has them in this order.
COLUMNS = {
    "file": "file", "name": "file", "sample": SAMPLE, "code": SAMPLE, "rung": RUNG, "pressure": RUNG,
    "temperature": RUNG, "age": RUNG, "technique": TECHNIQUE, "what": TECHNIQUE, "spot": SPOT,
}  # fmt: skip
ORDER = ("file", SAMPLE, RUNG, TECHNIQUE)


@dataclass(frozen=True, slots=True)
class Filled:
    """How many lines a paste filled, and what of it found no place, line by line."""

    count: int
    problems: tuple[str, ...]


def rungs_in_order(batch: Batch, ids: Sequence[int], text: str, unit: str, editor: Editor) -> int:
    """Give lines the pasted rungs one after the other; `unit` is meant where none is written.

    Raises Refusal when there are not as many rungs as lines.
    """
    found = {row.pk: row for row in locked_lines(batch, ids)}
    rows = [found[one] for one in ids if one in found]
    rungs = [with_unit(part, unit) for part in parts_of(text)]
    if not rungs or len(rungs) != len(rows):
        raise Refusal(f"There are {len(rungs)} rungs for {len(rows)} ticked lines.", field="rungs")
    for row, words in zip(rows, rungs, strict=True):
        SETTERS[RUNG](row, words, editor)
        row.save()
    return len(rows)


def parts_of(text: str) -> list[str]:
    """Return pasted rungs one by one; a comma between digits without a blank behind it is a decimal one."""
    return [part.strip() for part in re.split(r"[;\t\n…]|,(?!\d)|,(?=\s)", text) if part.strip()][:MOST_LINES]


def with_unit(part: str, unit: str) -> str:
    """Return a rung with the unit that is meant behind its bare number."""
    return part if has_ladder(part) else NUMBER.sub(lambda found: f"{found[0]} {unit}", part, count=1)


def has_ladder(part: str) -> bool:
    """Say whether a text names a pressure, a temperature or an age with its unit."""
    rung = rung_in(part).rung
    return any(value is not None for value in (rung.pressure_gpa, rung.temperature_k, rung.age_days))


def paste_log(batch: Batch, text: str, editor: Editor) -> Filled:
    """Fill lines from a log sheet with tabs or semicolons: file name, sample, rung, technique.

    Names match whatever their case, separators and suffix. What matches nothing is said and changes nothing.
    """
    lines = [line for line in text.splitlines() if line.strip()][:MOST_LINES]
    if not lines:
        raise Refusal("Paste the rows of the log sheet.", field="log")
    columns, has_head = columns_of(cells_of(lines[0]))
    by_key = lines_by_key(batch)
    problems, count = [], 0
    for number, line in enumerate(lines[1:] if has_head else lines, start=2 if has_head else 1):
        cells = dict(zip(columns, cells_of(line), strict=False))
        try:
            count += fill_line(by_key, cells, editor)
        except Refusal as refusal:
            problems.append(f"Line {number}: {refusal.message}")
    return Filled(count, tuple(problems))


def cells_of(line: str) -> list[str]:
    """Return the cells of a pasted line."""
    return [cell.strip().strip('"') for cell in re.split(r"\t|;", line)]


def columns_of(first: list[str]) -> tuple[list[str], bool]:
    """Return what the columns mean, and whether the first line is a head that says so."""
    words = [cell.casefold().split(" ")[0].split(",")[0] for cell in first]
    if words and words[0] in COLUMNS:
        return [COLUMNS.get(word, "") for word in words], True
    return list(ORDER), False


def lines_by_key(batch: Batch) -> dict[str, list[InboxRow]]:
    """Return the lines of a batch that are not assigned, by file name with and without suffix as compared."""
    rows = InboxRow.objects.select_for_update(of=("self",)).filter(batch=batch).exclude(state=RowState.ASSIGNED)
    found: dict[str, list[InboxRow]] = {}
    for row in rows.select_related("sample", "file_name"):
        name = row.file_name.name
        for key in {key_of(name), key_of(name.rpartition(".")[0] or name)}:
            found.setdefault(key, []).append(row)
    return found


def fill_line(by_key: dict[str, list[InboxRow]], cells: dict[str, str], editor: Editor) -> int:
    """Fill the lines of one file; raises Refusal when the sheet's words mean nothing here."""
    name = cells.get("file", "")
    rows = by_key.get(key_of(name)) or by_key.get(key_of(name.rpartition(".")[0]), [])
    if not key_of(name):
        raise Refusal("no file name.")
    if not rows:
        raise Refusal(f"no file {name[:80]} waits here.")
    if len({row.file_name.folder for row in rows}) > 1:
        raise Refusal(f"{name[:80]} waits in several folders; fill these by hand.")
    cells = {**cells, RUNG: with_spot(cells.get(RUNG, ""), cells.get(SPOT, ""))}
    for row in rows:
        for cell in (SAMPLE, TECHNIQUE, RUNG):
            if cells.get(cell):
                SETTERS[cell](row, cells[cell], editor)
    for row in rows:
        row.save()
    return len(rows)


def with_spot(rung: str, spot: str) -> str:
    """Return a rung with the spot that stands in a column of its own; a number alone is that of a spot."""
    return f"{rung} {f'spot {spot}' if spot.isdigit() else spot}".strip()
