"""A streak image as Hamamatsu stores it: counts, the comment, and the tables of its axes, made one recording."""

import re
from dataclasses import dataclass

import numpy as np

from measurements.readers.parts.hpd_ta import Entries, first, instrument_of, measured_of, settings_of
from measurements.readers.recording import Axis, Caution, Channel, Numbers, Recording, Technique, ascending
from measurements.readers.refusal import Unread

PLACE = re.compile(r"#(\d{1,10}),(\d{1,6})")


@dataclass(frozen=True, slots=True)
class StreakImage:
    """Counts as they are stored, the comment, and the whole file that the axis tables are in."""

    counts: Numbers
    entries: Entries
    content: bytes
    # Where the image ends when nothing else may come before it; tables never lie inside the image.
    tables_from_bytes: int = 0


def recording_of(image: StreakImage, day_hint: str = "") -> tuple[Recording, ...]:
    """Return the streak image over time and wavelength; a focus image has no time."""
    axes, said = [], list[Caution]()
    for letter, name, length in zip("YX", ("time", "wavelength"), image.counts.shape, strict=True):
        axis, cautions = _axis(image, letter, name, length)
        axes.append(axis)
        said.extend(cautions)
    values, turned, turnings = ascending(image.counts, *axes)
    measured, doubts = measured_of(image.entries, day_hint)
    settings = settings_of(image.entries)
    return (
        Recording(
            technique=Technique.TRPL if turned[0].name == "time" else Technique.PL,
            channels=(Channel("intensity", "counts", values, turned),),
            instrument=instrument_of(settings),
            measured=measured,
            settings=settings,
            header=image.entries,
            cautions=(*said, *turnings, *doubts),
        ),
    )


def _axis(image: StreakImage, letter: str, name: str, length: int) -> tuple[Axis, tuple[Caution, ...]]:
    scaling = f"Scaling.Scaling{letter}"
    unit, place = first(image.entries, f"{scaling}Unit"), first(image.entries, f"{scaling}ScalingFile")
    if found := PLACE.match(place):
        table = _table(image, int(found[1]), int(found[2]), name, length)
        return Axis(name, "us" if unit in {"µs", "μs"} else unit, table), ()
    if place.startswith("#") or (first(image.entries, f"{scaling}Type") == "2" and not place):
        raise Unread(f"The table of the {name} axis is not named: “{place[:40]}”", offset_bytes=64)
    pixels = Axis("y" if letter == "Y" else "x", "px", np.arange(length, dtype=float))
    if letter == "Y" and "Focus" in (first(image.entries, "Streak camera.Mode"), place.split(" ")[0]):
        return pixels, (Caution("focus mode: the image has no time axis"),)
    return pixels, (Caution(f"the file has no {name} axis (“{place[:40]}”); it is in px"),)


def _table(image: StreakImage, offset: int, count: int, name: str, length: int) -> Numbers:
    if count != length:
        raise Unread(f"The table of the {name} axis has {count:,} values for {length:,} pixels", offset_bytes=offset)
    if offset < image.tables_from_bytes:
        raise Unread(f"The table of the {name} axis would lie inside the image", offset_bytes=offset)
    if offset + 4 * count > len(image.content):
        raise Unread(f"The table of the {name} axis is missing or cut off", offset_bytes=len(image.content))
    with np.errstate(invalid="ignore"):
        values = np.frombuffer(image.content, "<f4", count, offset).astype(float)
    if not np.all(np.isfinite(values)) or np.any(np.abs(values) > 1e12):
        raise Unread(f"The table of the {name} axis holds values that are no numbers", offset_bytes=offset)
    return values
