"""A table with the names of its columns, and the recording it becomes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from measurements.readers.plain_table.naming import Column
from measurements.readers.recording import (
    Axis,
    Caution,
    Channel,
    Numbers,
    Recording,
    Technique,
    ascending,
)
from measurements.readers.refusal import Unread

# Columns of x, each with the columns over it.
Groups = Sequence[tuple[int, Sequence[int]]]
MOST_STEPS_BACK = 0.1


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of numbers with what is known of them."""

    columns: list[Column]
    # The numbers of the columns that have any, by their place, and the line of every row.
    numbers: Mapping[int, Numbers]
    lines: Numbers
    header: Mapping[str, tuple[str, ...]]
    cautions: tuple[Caution, ...] = ()


def recording_of(table: Table, groups: Groups, *, technique: Technique = Technique.TABLE, label: str = "") -> Recording:
    """Return a table as one recording: groups of a column x with the columns over it."""
    channels: list[Channel] = []
    cautions = list(table.cautions)
    for x_column, y_columns in groups:
        found, said = channels_of(table, x_column, y_columns)
        channels += found
        cautions += said
    kept = tuple(dict.fromkeys(cautions))
    return Recording(technique, tuple(channels), label=label, header=table.header, cautions=kept)


def channels_of(table: Table, x_column: int, y_columns: Sequence[int]) -> tuple[list[Channel], list[Caution]]:
    """Return the columns over one x as channels; rows without an x are left out and said."""
    x, lines = table.numbers[x_column], table.lines
    matrix = np.stack([table.numbers[column] for column in y_columns])
    has_x = np.isfinite(x)
    if not has_x.any():
        raise Unread(f"{table.columns[x_column].name} has no numbers", line=int(lines[0]))
    said = [
        *counted(~has_x & np.isfinite(matrix).any(axis=0), lines, "no x and left out"),
        *counted(has_x & np.isnan(matrix).any(axis=0), lines, "gaps, which are kept"),
    ]
    seen = Axis(table.columns[x_column].name, table.columns[x_column].unit, x[has_x])
    matrix, axis, turned = rising(matrix[:, has_x], seen)
    channels = [
        Channel(table.columns[column].name, table.columns[column].unit, values.copy(), (axis,))
        for column, values in zip(y_columns, matrix, strict=True)
    ]
    return channels, [*said, *turned]


def rising(matrix: Numbers, x: Axis) -> tuple[Numbers, Axis, tuple[Caution, ...]]:
    """Return rows over x from left to right; a curve drawn by hand may step back here and there on its way down."""
    step = np.diff(x.values)
    back = int(np.sum(step >= 0))
    if 0 < back < len(step) * MOST_STEPS_BACK:
        said = f"{x.name} runs downwards in the file, with {back:,} steps back, and was turned"
        return matrix[:, ::-1], Axis(x.name, x.unit, x.values[::-1]), (Caution(said),)
    matrix, (_, axis), turned = ascending(matrix, Axis("column", "", np.arange(len(matrix))), x)
    return matrix, axis, turned


def counted(rows: Numbers, lines: Numbers, what: str) -> list[Caution]:
    """Return a caution that counts the marked rows and names the first, or none."""
    count = int(rows.sum())
    said = f"{count:,} {'row' if count == 1 else 'rows'} with {what}"
    return [Caution(said, line=int(lines[rows][0]))] if count else []
