"""Tables of numbers as text or Excel, read when no other reader knows the file, or by columns that a person chose.

Lines are cut at tabs, semicolons, commas or white space, whichever cuts them into even rows of numbers, with a
decimal point or comma. The first column of numbers is x, the others are channels called by their header, with the
unit in brackets or in a row of units; where the header repeats the name of x, a new pair begins.

A comma is the decimal mark only when something else separates the columns or cells are quoted. Where whole numbers
are cut by commas alone, `400,5` may be two numbers or one: a header with as many names decides, and so does a cell
that no decimal could have (a sign, a point, digits that end in zero and differ in length). A mark that only stands
before three digits, in a column that also has smaller whole numbers without it, may be one between thousands.
What is left open is refused, and a person chooses.
"""

from measurements.readers.plain_table.choice import ColumnChoice, Layout
from measurements.readers.plain_table.chosen import read_columns
from measurements.readers.plain_table.evidence import best_fit
from measurements.readers.plain_table.guess import Guess, guess_of, table_of
from measurements.readers.plain_table.lines import sampled, sheets_in
from measurements.readers.plain_table.table import recording_of
from measurements.readers.plain_table.workbook import is_workbook
from measurements.readers.recording import Recording
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

__all__ = ["ColumnChoice", "Layout", "columns_in", "read", "read_columns", "recognises"]

SHOWN_ROWS = 12


def recognises(source: Source) -> bool:
    """Say whether a file is an Excel workbook, or a text with at least two even rows of numbers."""
    return is_workbook(source) or best_fit(sampled(source)) is not None


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording for every sheet that has a table.

    Raises Unread for text among the numbers, for uneven rows, and where a person has to choose.
    """
    return tuple(read_guess(guess) for _, guess in guesses_of(source))


def read_guess(guess: Guess) -> Recording:
    """Return the recording of one sheet."""
    if guess.question:
        raise Unread(guess.question, line=guess.fit.first_line)
    return recording_of(table_of(guess), guess.groups, label=guess.sheet.name)


def columns_in(source: Source) -> Layout:
    """Return what a person chooses columns from.

    Raises Unread when the file has no table.
    """
    sheets = sheets_in(source)
    index, guess = guesses_of(source)[0]
    return Layout(
        tuple(column.name for column in guess.names.columns),
        tuple(tuple(cells) for _, cells in guess.first_rows(SHOWN_ROWS)),
        tuple(sheet.name for sheet in sheets),
        guess.choice(index),
        guess.signature(),
        guess.question,
    )


def guesses_of(source: Source) -> list[tuple[int, Guess]]:
    """Return what each sheet with a table most likely is, with the sheet's index.

    Raises Unread when no sheet has one.
    """
    guesses = [(index, guess_of(sheet)) for index, sheet in enumerate(sheets_in(source))]
    found = [(index, guess) for index, guess in guesses if guess]
    if not found:
        raise Unread("There are no two even rows of numbers in it", line=1)
    return found
