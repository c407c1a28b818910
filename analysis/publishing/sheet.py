"""A table of results as every export takes it: columns with symbol, unit and power of ten, cells, marks and notes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from string import ascii_lowercase

from analysis.publishing.rounding import Number, Printed, as_it_stands, column_decimals, common_power, printed


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `power` −4 means that its cells are read in 10⁻⁴ of its unit."""

    key: str
    label: str
    symbol: str = ""
    unit: str = ""
    power: int = 0
    # Decimals of every cell; None rounds each cell to its own error.
    decimals: int | None = None
    is_text: bool = False
    # Numbers that were set, not measured: printed as they stand, without zeros behind.
    is_exact: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a text, or a number in the column's unit with the fit it is from."""

    number: Number = field(default_factory=Number)
    text: str = ""
    fit_id: int | None = None
    is_stale: bool = False
    is_flagged: bool = False
    marks: tuple[str, ...] = ()

    def written(self, column: Column) -> Printed:
        """Return it as printed under its column."""
        if column.is_text or self.text:
            return Printed(self.text)
        if column.is_exact:
            return Printed(as_it_stands(self.number.value))
        return printed(self.number.scaled(column.power), column.decimals)


@dataclass(frozen=True, slots=True)
class Footnote:
    """One sentence below the table and the mark that leads to it; a sentence about the whole has none."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A whole table; every row is as long as `columns`. `facts` say where it is from, for those who read a file."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    footnotes: tuple[Footnote, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()

    def cells_of(self, index: int) -> Iterator[Cell]:
        """Yield the cells of a column."""
        return (row[index] for row in self.rows)

    def rounded(self, *, is_aligned: bool = True) -> "TableSheet":
        """Return it with powers of ten in its heads and, when aligned, the same decimals down every column."""
        columns = (
            fitted(column, [cell.number for cell in self.cells_of(index)], is_aligned=is_aligned)
            for index, column in enumerate(self.columns)
        )
        return replace(self, columns=tuple(columns))

    def fit_ids(self) -> list[int]:
        """Return every fit that a number of it is from, in the order of their first cell."""
        return list(dict.fromkeys(cell.fit_id for row in self.rows for cell in row if cell.fit_id is not None))


def fitted(column: Column, numbers: list[Number], *, is_aligned: bool) -> Column:
    """Return a column with its power of ten and its decimals; one of words or set numbers stays as it is."""
    if column.is_text or column.is_exact:
        return column
    power = column.power or common_power(one.value for one in numbers)
    decimals = column_decimals(one.scaled(power) for one in numbers) if is_aligned else None
    return replace(column, power=power, decimals=decimals)


class Notes:
    """Collects footnotes while a table is filled and gives each sentence one letter."""

    def __init__(self) -> None:
        self.letters: dict[str, str] = {}
        # Sentences about the whole table.
        self.whole: list[str] = []

    def mark(self, text: str) -> str:
        """Return the letter of a sentence; the same sentence has the same letter."""
        return self.letters.setdefault(text, letter(len(self.letters)))

    def footnotes(self) -> tuple[Footnote, ...]:
        """Return the sentences in the order of their letters, then those about the whole."""
        marked = tuple(Footnote(text, mark) for text, mark in self.letters.items())
        return (*marked, *(Footnote(text) for text in self.whole))


def letter(index: int) -> str:
    """Return a, b … z, aa, ab …: the mark of the n-th footnote."""
    whole, rest = divmod(index, len(ascii_lowercase))
    return (letter(whole - 1) if whole else "") + ascii_lowercase[rest]
