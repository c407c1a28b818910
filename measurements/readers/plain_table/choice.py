"""Which columns of a table are what: as a person chose, or as it was guessed for a person to see."""

from dataclasses import dataclass

from measurements.readers.recording import Technique


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """How a table is read; columns and sheets are counted from zero, lines from one as in an editor.

    `delimiter` is one character, or a space for any white space; `header_line` is where the names of the columns
    are, None without names. An empty unit stands for what the header says.
    """

    delimiter: str = ","
    decimal_mark: str = "."
    header_line: int | None = None
    sheet: int = 0
    x_column: int = 0
    y_columns: tuple[int, ...] = (1,)
    x_unit: str = ""
    y_unit: str = ""
    technique: Technique = Technique.TABLE


@dataclass(frozen=True, slots=True)
class Layout:
    """What a person sees of a table before choosing: its names and first rows, and what was guessed.

    Files of the same `signature` have the same columns, so that a choice for one is right for the others.
    `question` says why a person has to choose; it is empty when the guess is certain.
    """

    names: tuple[str, ...]
    first_rows: tuple[tuple[str, ...], ...]
    sheets: tuple[str, ...]
    guess: ColumnChoice
    signature: str
    question: str = ""
