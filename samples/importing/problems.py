"""What is wrong with a table, down to the file, row and column."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person has to mend; the row is the line of the sheet as a spreadsheet counts it."""

    file: str
    message: str
    row: int | None = None
    column: str | None = None

    def plain(self) -> dict[str, Any]:
        """Return the problem as JSON shows it."""
        return asdict(self)


class Unreadable(Exception):
    """A value that cannot be read; the message says why."""
