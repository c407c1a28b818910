"""Text beside a microscope image: which image it belongs to, how large a pixel is, and how it was taken."""

import re
from collections.abc import Mapping
from datetime import datetime

from measurements.readers.parts.text import text_of
from measurements.readers.parts.tiff_scale import NM_PER, worded_nm_per_px
from measurements.readers.parts.written_date import clock_of, day_of, moment_of
from measurements.readers.recording import Caution, Instant, Recording, Setting, Technique, Zone
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

MARK = re.compile(r"[:=\t]")
LONGEST_KEY, LONGEST_LINE = 40, 400
IMAGE_NAME = re.compile(r".+\.(tiff?|tif\.gz|dm[34]|png|jpe?g|bmp|gif|mrc|ser|emd|emi)$", re.IGNORECASE)
LENGTH = r"(\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?)\s*([µμu]m|nm|pm|Å|A)"
PIXEL = re.compile(LENGTH, re.IGNORECASE)
BAR = re.compile(rf"{LENGTH}\s*(?:=|:|are|is)\s*(\d+(?:[.,]\d+)?)\s*(?:px|pixel)", re.IGNORECASE)
VOLTAGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*kV")
KEYS = {
    "image_file": ("image", "image file", "file", "bild", "bilddatei", "datei"),
    "pixel": ("pixel size", "pixelsize", "pixel", "pixelgröße"),
    "scale": ("scale", "maßstab", "calibration"),
    "bar": ("scale bar", "scalebar", "maßstabsbalken"),
    "microscope": ("microscope", "mikroskop", "instrument"),
    "mode": ("mode", "modus"),
    "magnification": ("magnification", "vergrößerung"),
    "operator": ("operator", "user", "bediener"),
    "sample_name": ("sample", "specimen", "probe"),
    "voltage": ("voltage", "accelerating voltage", "hochspannung", "spannung"),
    "date": ("date", "datum", "acquired", "date/time"),
}
WORDS = ("image_file", "microscope", "mode", "operator", "sample_name")
MAGNIFICATION = re.compile(r"(\d+(?:\.\d+)?)\s*(k?)\s*[x×]?$", re.IGNORECASE)
MOST_BYTES = 64 * 1024
# Notes that name an image and its scale do so near their beginning.
MOST_LINES = 100


def recognises(source: Source) -> bool:
    """Look for a line that names an image file and one that gives a pixel's size or a scale bar."""
    if source.size_bytes > MOST_BYTES:
        return False
    header = _header(source.head_lines[:MOST_LINES])
    return bool(IMAGE_NAME.match(_first(header, "image_file"))) and _nm_per_px(header) is not None


def read(source: Source) -> tuple[Recording, ...]:
    """Return what the text says of the image; the recording has no channels.

    Raises Unread when no image or no scale is named.
    """
    if source.size_bytes > MOST_BYTES:
        raise Unread(f"The text has {source.size_bytes:,} bytes; an image's notes are shorter")
    text = text_of(source)
    header = _header(text.lines)
    nm_per_px = _nm_per_px(header)
    if not _first(header, "image_file") or nm_per_px is None:
        raise Unread("The text does not name an image and the size of its pixels", line=1)
    settings: dict[str, Setting] = {name: _first(header, name) for name in WORDS if _first(header, name)}
    settings["nm_per_px"] = nm_per_px
    if volts := VOLTAGE.search(_first(header, "voltage") or _first(header, "microscope")):
        settings["accelerating_voltage_kv"] = float(volts[1].replace(",", "."))
    if times := MAGNIFICATION.match(_first(header, "magnification")):
        settings["magnification_ratio"] = float(times[1]) * (1000 if times[2] else 1)
    measured, doubts = _measured(_first(header, "date"))
    return (
        Recording(
            technique=Technique.TEM_IMAGE,
            channels=(),
            label=_first(header, "image_file"),
            instrument=_first(header, "microscope").split(",")[0],
            measured=measured,
            settings=settings,
            header=header,
            cautions=(*text.cautions, *_disagreement(header, nm_per_px), *doubts),
        ),
    )


def _header(lines: list[str] | tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        mark = MARK.search(line[:LONGEST_LINE])
        key = line[: mark.start()].strip() if mark else ""
        if mark and 2 <= len(key) <= LONGEST_KEY:
            found[key] = (*found.get(key, ()), line[mark.end() : LONGEST_LINE].strip())
        elif line.strip():
            found["comment"] = (*found.get("comment", ()), line.strip())
    return found


def _first(header: Mapping[str, tuple[str, ...]], name: str) -> str:
    return next((values[0] for key, values in header.items() if key.strip("#$% ").lower() in KEYS[name]), "")


def _nm_per_px(header: Mapping[str, tuple[str, ...]]) -> float | None:
    if found := PIXEL.match(_first(header, "pixel")):
        return _nm(found[1], found[2]) or None
    return worded_nm_per_px(_first(header, "scale")) or _bar_nm_per_px(header)


def _bar_nm_per_px(header: Mapping[str, tuple[str, ...]]) -> float | None:
    found = BAR.match(_first(header, "bar"))
    pixels = float(found[3].replace(",", ".")) if found else 0.0
    return round(_nm(found[1], found[2]) / pixels, 6) or None if found and pixels else None


def _nm(amount: str, unit: str) -> float:
    per = NM_PER.get(unit) or NM_PER.get(unit.lower()) or NM_PER[unit.upper()]
    return round(float(amount.replace(",", ".")) * per, 12)


def _disagreement(header: Mapping[str, tuple[str, ...]], nm_per_px: float) -> tuple[Caution, ...]:
    bar = _bar_nm_per_px(header)
    if bar is None or abs(bar / nm_per_px - 1) <= 0.01:
        return ()
    return (Caution(f"the scale bar means {bar:g} nm per px, the pixel size {nm_per_px:g}"),)


def _measured(written: str) -> tuple[Instant | None, tuple[Caution, ...]]:
    if not written:
        return None, ()
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        day, _, clock = written.partition(" ")
        read = day_of(day)
        said = (Caution(read.doubt),) if read.doubt else ()
        return Instant(written, moment_of(read.day, clock_of(clock))), said
    return Instant(written, moment, Zone.STATED if moment.tzinfo else Zone.NOT_STATED), ()
