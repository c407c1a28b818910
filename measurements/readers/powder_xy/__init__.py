"""Powder patterns in columns: EVA, TOPAS, CrysAlis Pro, VESTA, pyFAI, Fit2D and beamline exports of 2theta, counts."""

from measurements.readers.parts.numeric_rows import exported_text
from measurements.readers.parts.powder_pattern import DEGREES, scan_channels
from measurements.readers.parts.text import number
from measurements.readers.powder_xy.preamble import Preamble, is_foreign, preamble_of
from measurements.readers.powder_xy.rows import LAST_DEG, Rows, first_row_in, looks_like_a_pattern, rows_of
from measurements.readers.recording import Axis, Caution, Channel, Numbers, Recording, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

# A preamble longer than this belongs to something else.
MOST_PREAMBLE_LINES = 400
FEWEST_ROWS = 2
# Short rows take more room than long ones; a pattern of 300,000 points has less than this.
MOST_BYTES = 8 * 1024 * 1024


def recognises(source: Source) -> bool:
    """Say whether the columns are a powder pattern: a header that says so, or numbers that can be little else."""
    lines = source.head_lines
    first = first_row_in(lines[:MOST_PREAMBLE_LINES])
    if first is None or is_foreign(lines[:first]):
        return False
    preamble = preamble_of(lines[:first])
    if preamble.says_powder:
        rows = rows_of(lines[first : first + MOST_PREAMBLE_LINES], is_whole=False)
        has_columns = rows.width in {2, 3} or len(preamble.names) == rows.width
        return len(rows.cells) >= FEWEST_ROWS and has_columns and _may_be_angles(preamble, rows)
    return not preamble.has_prose and looks_like_a_pattern(lines[first:])


def read(source: Source) -> tuple[Recording, ...]:
    """Return the pattern, its standard errors beside it where a third column has them.

    Raises Unread, naming the line, for text among the numbers and for rows that miss one.
    """
    text = exported_text(source, MOST_BYTES)
    rows = rows_of(text.lines, is_whole=True)
    if len(rows.cells) < FEWEST_ROWS:
        raise Unread("The file has no rows of numbers", line=len(text.lines))
    preamble = preamble_of(text.lines[: rows.first_line - 1])
    table, gaps = rows.table()
    x = table[0]
    axis = Axis(preamble.axis_name, preamble.axis_unit or DEGREES, x)
    stderr, left_out = _standard_errors(table, preamble)
    channels, said = scan_channels(axis, table[1], "", stderr=stderr)
    more, doubts = _more_channels(axis, table, preamble, has_stderr=stderr is not None)
    return (
        Recording(
            Technique.XRD,
            channels + more,
            label=str(preamble.settings.get("sample_name", "")),
            instrument=preamble.instrument,
            measured=preamble.measured,
            settings=preamble.settings,
            header={**preamble.header, **rows.comments},
            cautions=text.cautions
            + preamble.cautions
            + rows.cautions
            + gaps
            + said
            + left_out
            + doubts
            + _missing(preamble, rows),
        ),
    )


def _may_be_angles(preamble: Preamble, rows: Rows) -> bool:
    # Neutrons counted by their time of flight name an angle too, that of the detector bank.
    return bool(preamble.axis_unit) or number(rows.cells[-1][1][0]) <= LAST_DEG


def _standard_errors(table: Numbers, preamble: Preamble) -> tuple[Numbers | None, tuple[Caution, ...]]:
    is_other = len(preamble.names) == 3 and not preamble.names_a_standard_error
    if len(table) != 3 or is_other:
        return None, ()
    if not table[2].any():
        return None, (Caution("the third column is zero throughout and was left out"),)
    return table[2], ()


def _more_channels(
    axis: Axis, table: Numbers, preamble: Preamble, *, has_stderr: bool
) -> tuple[tuple[Channel, ...], tuple[Caution, ...]]:
    if has_stderr or len(preamble.names) != len(table):
        return (), ()
    found = tuple(
        Channel(name, "", channel.values, channel.axes)
        for name, values in zip(preamble.names[2:], table[2:], strict=True)
        if values.any()
        for channel in scan_channels(axis, values, "")[0]
    )
    return found, ()


def _missing(preamble: Preamble, rows: Rows) -> tuple[Caution, ...]:
    promised, count = preamble.points_stated, len(rows.cells)
    if promised is None or promised <= count:
        return ()
    return (Caution(f"{promised:,} points are stated and {count:,} are there: cut off", line=rows.last_line),)
