"""What UVProbe writes around a spectrum: method pages, names, people and moments, as texts with their lengths."""

import math
import re
import struct
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from measurements.readers.parts.text import is_number, number
from measurements.readers.recording import Caution, Instant, Setting

# Page texts by what they mean here; a text that is no number has no unit.
SETTINGS = {
    "Scan Speed:": "scan_speed",
    "Scan Mode:": "scan_mode",
    "Sampling Interval:": "step_nm",
    "Slit Width:": "slit_nm",
    "Accumulation time:": "integration_time_s",
    "Light Source Change Wavelength:": "light_source_change_nm",
    "Detector Unit:": "detector_unit",
    "Attachment:": "attachment",
}
CREATED = re.compile(r"Created new data set:\s*(.+) - [^-]*$")
Pages = Mapping[str, tuple[str, ...]]


def pages_of(contents: Iterable[bytes]) -> dict[str, tuple[str, ...]]:
    """Return the method as the program shows it, page by page: names and their values."""
    pages: dict[str, tuple[str, ...]] = {}
    for content in contents:
        texts = _counted_texts(content)
        for key, value in zip(texts[::2], texts[1::2], strict=False):
            pages[key] = (*pages.get(key, ()), value)
    return pages


def _counted_texts(content: bytes) -> list[str]:
    """Return the texts of a page: two numbers, a title, how many pairs there are, and the pairs."""
    title, at = _text_at(content, 8)
    if title is None or at + 4 > len(content):
        return []
    pairs, at = struct.unpack_from("<I", content, at)[0], at + 4
    texts: list[str] = []
    while len(texts) < 2 * pairs:
        text, at = _text_at(content, at)
        if text is None:
            break
        texts.append(text)
    return texts


def _text_at(content: bytes, at: int) -> tuple[str | None, int]:
    """Return the text that begins with its length, and where it ends; None beyond the end."""
    if at >= len(content):
        return None, at
    length, at = content[at], at + 1
    if length == 0xFF and at + 2 <= len(content):
        length, at = struct.unpack_from("<H", content, at)[0], at + 2
    end = at + length
    return (content[at:end].decode("cp1252", errors="replace"), end) if end <= len(content) else (None, at)


def texts_of(content: bytes) -> list[str]:
    """Return every readable text among numbers whose meaning is not known."""
    texts, at = [], 0
    while at < len(content):
        text, end = _text_at(content, at)
        is_text = bool(text) and text is not None and text.isprintable()
        if is_text and text is not None:
            texts.append(text)
        at = end if is_text else at + 1
    return texts


def first_text(content: bytes) -> str:
    """Return the text that a stream begins with."""
    return _text_at(content, 0)[0] or ""


def label_of(history: Iterable[str]) -> str:
    """Return what a spectrum was called when it was measured, without the name of its data set."""
    found = (CREATED.search(text) for text in history)
    return next((one.group(1) for one in found if one), "")


def page_text(pages: Pages, name: str) -> str:
    """Return the first value of a name on the pages, or nothing."""
    return pages.get(name, ("",))[0].strip()


def settings_of(pages: Pages) -> dict[str, Setting]:
    """Return what is understood of the method, numbers where the text begins with one."""
    settings: dict[str, Setting] = {}
    for name, key in SETTINGS.items():
        text = page_text(pages, name)
        first = text.split(" ")[0]
        if is_number(first):
            settings[key] = number(first)
        elif text:
            settings[key.removesuffix("_nm").removesuffix("_s")] = text
    return settings


def header_of(content: bytes) -> tuple[str, Instant | None, dict[str, str], tuple[Caution, ...]]:
    """Return a data set's name, moment, people and program, as far as its header goes."""
    name, at = _text_at(content, 0)
    if name is None or at + 12 > len(content):
        return name or "", None, {}, ()
    days = struct.unpack_from("<d", content, at + 4)[0]
    operator, at = _text_at(content, at + 12)
    texts = texts_of(content[at:])
    people = {"operator": operator} if operator else {}
    if "UVProbe" in texts:
        program = texts[texts.index("UVProbe") :]
        named = zip(("program", "program_version", "kind", "series", "model", "serial_number"), program, strict=False)
        people.update({key: text for key, text in named if key != "kind"})
    measured, doubts = _moment(days)
    return name, measured, people, doubts


def _moment(days: float) -> tuple[Instant | None, tuple[Caution, ...]]:
    """Return the moment of an OLE date: days since the end of 1899, on the clock of the instrument's computer."""
    written = f"{days:.8f} days since 1899-12-30"
    # 1980 to 2100; anything else is a clock that was never set.
    if not math.isfinite(days) or not 29221 <= days < 73051:
        return None, (Caution(f"the moment of measurement cannot be right: {written}"),)
    whole = math.floor(days)
    midnight = datetime.combine(date(1899, 12, 30) + timedelta(whole), time())
    return Instant(written, midnight + timedelta(seconds=round((days - whole) * 86400))), ()
