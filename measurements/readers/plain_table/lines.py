"""The lines of a table: those of a text, or the rows of an Excel sheet joined by tabs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from measurements.readers.parts.text import text_of
from measurements.readers.plain_table.dialect import DIALECTS, Dialect, is_comment
from measurements.readers.plain_table.workbook import is_workbook, sheets_of
from measurements.readers.recording import Caution
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

# A table in memory takes a dozen times its file's size.
MOST_TEXT_BYTES = 32 * 1024 * 1024


class Line(NamedTuple):
    """A line that is not empty, with its number counted from one."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All lines of a text, or of one sheet."""

    name: str
    texts: Sequence[str]
    dialects: tuple[Dialect, ...] = DIALECTS
    cautions: tuple[Caution, ...] = ()

    def lines(self, first: int = 1) -> Iterator[Line]:
        """Return the lines from a number on, the empty ones left out."""
        for number, text in enumerate(self.texts[first - 1 :], start=first):
            if text and not text.isspace():
                yield Line(number, text)

    def rows(self, first: int = 1) -> Iterator[Line]:
        """Return the lines from a number on that may be rows: neither empty nor a remark."""
        return (line for line in self.lines(first) if not is_comment(line.text))


def sheets_in(source: Source) -> list[Sheet]:
    """Return the sheets of a file; a text is one sheet without a name.

    Raises Unread for what is neither, and for what is too large.
    """
    if is_workbook(source):
        # Excel keeps numbers as numbers; only those typed as text have a mark of their own.
        return [Sheet(name, rows, DIALECTS[:2]) for name, rows in sheets_of(source)]
    if source.size_bytes > MOST_TEXT_BYTES:
        said = f"The text has {source.size_bytes:,} bytes; tables up to {MOST_TEXT_BYTES:,} are read"
        raise Unread(f"{said}: export fewer points, or cut it into parts", line=1)
    text = text_of(source)
    return [Sheet("", text.lines, cautions=text.cautions)]


def sampled(source: Source) -> Sheet:
    """Return the beginning of a file as a sheet, for recognising it."""
    text = source.head_text.replace("\r\n", "\n").replace("\n\r", "\n").replace("\r", "\n")
    return Sheet("", text.split("\n"))
