"""Text of instrument files: its encoding, its lines, and numbers with a decimal point or comma."""

import math
import re
from dataclasses import dataclass

from measurements.readers.recording import Caution
from measurements.readers.refusal import Unread
from measurements.readers.source import Source, decoded

NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eEdD][+-]?\d+)?$")


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text in lines without their ends, and what had to be guessed to read it."""

    lines: tuple[str, ...]
    encoding: str
    cautions: tuple[Caution, ...] = ()


def text_of(source: Source) -> Text:
    """Return a file's text in lines; every usual line end counts, the stray LF CR of some exports as one.

    Raises Unread for an empty file and for bytes that are no text.
    """
    if not source.size_bytes:
        raise Unread("The file is empty")
    text, encoding = decoded(source.content)
    if "\0" in text:
        raise Unread("The file is not text", offset_bytes=source.content.find(b"\0"))
    said = (Caution(f"the file is not UTF-8; it was read as {encoding}"),) if encoding in {"cp1252", "latin-1"} else ()
    normal = text.replace("\r\n", "\n").replace("\n\r", "\n").replace("\r", "\n")
    return Text(tuple(normal.split("\n")), encoding, said)


def is_number(cell: str) -> bool:
    """Say whether a cell is one number, with a decimal point or comma."""
    return bool(NUMBER.match(cell.strip()))


def number(cell: str, *, line: int | None = None) -> float:
    """Return a cell's number; a comma is a decimal mark.

    Raises Unread, naming the line, for anything that is not one finite number.
    """
    text = cell.strip()
    if not NUMBER.match(text):
        raise Unread(f"“{text[:40]}” is not a number", line=line)
    value = float(text.replace(",", ".").replace("D", "e").replace("d", "e"))
    if not math.isfinite(value):
        raise Unread(f"“{text[:40]}” is beyond all measure", line=line)
    return value
