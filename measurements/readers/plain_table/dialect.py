"""How a line of a table is cut into cells, and which mark is the decimal one."""

import csv
import re
from dataclasses import dataclass

# A space stands for any white space; where two delimiters fit equally well, the earlier one is meant.
DELIMITERS = ("\t", ";", ",", " ")
NUMBERS = {
    ".": re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?", re.ASCII),
    ",": re.compile(r"[+-]?(\d+(,\d+)?|,\d+)([eEdD][+-]?\d+)?", re.ASCII),
}
# How programs write that there is no value; such a cell stays a gap.
GAPS = frozenset({"", "nan", "-nan", "inf", "+inf", "-inf", "infinity", "-infinity", "#n/a", "--", "null"})
GAPS |= {"1.#inf", "-1.#inf", "1.#ind", "-1.#ind", "1.#qnan", "nan(ind)", "-nan(ind)"}
COMMENT_MARKS = ("#", "%", "//", "!")


@dataclass(frozen=True, slots=True)
class Dialect:
    """A delimiter with a decimal mark."""

    delimiter: str
    decimal_mark: str

    def cells(self, line: str) -> list[str]:
        """Return a line's cells without the space and the quotes around them."""
        if self.delimiter == " ":
            return line.split()
        if '"' in line:
            found = next(csv.reader([line], delimiter=self.delimiter, skipinitialspace=True), [])
        else:
            found = line.split(self.delimiter)
        return [cell.strip() for cell in found]

    def is_number(self, cell: str) -> bool:
        """Say whether a cell is a number."""
        return bool(NUMBERS[self.decimal_mark].fullmatch(cell))


DIALECTS = tuple(Dialect(delimiter, mark) for delimiter in DELIMITERS for mark in (".", ","))


def is_gap(cell: str) -> bool:
    """Say whether a cell says that it has no value."""
    return cell.lower() in GAPS


def is_comment(line: str) -> bool:
    """Say whether a line is empty or a remark."""
    text = line.strip()
    return not text or text.startswith(COMMENT_MARKS)
