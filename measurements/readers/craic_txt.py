"""Spectra exported as text by CRAIC microspectrometers: name, unit and settings in three lines, then two columns."""

import re
from collections.abc import Sequence

from measurements.readers.parts.numeric_rows import Row, columns_with_gaps, exported_text, separator_of, without_cut_row
from measurements.readers.parts.ruby_line import shows_ruby
from measurements.readers.parts.text import Text, is_number
from measurements.readers.parts.written_date import american_moment, numeric_moments
from measurements.readers.recording import (
    Axis,
    Caution,
    Channel,
    Instant,
    Recording,
    Setting,
    Technique,
    ascending,
)
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

SETTINGS = re.compile(r"^\s*(\w*Mode)((?::[^:=()]+=[^:()]*)+):?\(([^()]*)\)\s*$")
UNITS = {
    "counts": ("counts", Technique.PL),
    "absorbance": ("A", Technique.ABSORBANCE),
    "absorption": ("A", Technique.ABSORBANCE),
    "% transmittance": ("%T", Technique.ABSORBANCE),
    "%transmittance": ("%T", Technique.ABSORBANCE),
    "% transmission": ("%T", Technique.ABSORBANCE),
    "% reflectance": ("%R", Technique.ABSORBANCE),
    "%reflectance": ("%R", Technique.ABSORBANCE),
}


def recognises(source: Source) -> bool:
    """Say whether the third line has the settings and moment of a CRAIC scan, and numbers follow."""
    lines = source.head_lines
    return len(lines) > 2 and bool(SETTINGS.match(lines[2]))


def read(source: Source) -> tuple[Recording, ...]:
    """Return the one spectrum of the file."""
    text = exported_text(source)
    found = SETTINGS.match(text.lines[2]) if len(text.lines) > 2 else None
    if not found:
        raise Unread("The line with the settings is missing", line=min(3, len(text.lines)))
    rows, cut = without_cut_row(_rows(text), text, 2, has_fixed_decimals=True)
    table, gaps = columns_with_gaps(rows, 2)
    values, axes, turned = ascending(table[1], Axis("wavelength", "nm", table[0]))
    stated = text.lines[1].strip()
    unit, technique = UNITS.get(stated.lower(), ("", Technique.SPECTRUM))
    if shows_ruby(axes[0].values, values):
        technique = Technique.RUBY
    measured, said = _measured(found[3])
    return (
        Recording(
            technique=technique,
            channels=(Channel("intensity" if unit == "counts" else stated, unit, values, axes),),
            label=text.lines[0].strip(),
            instrument="CRAIC microspectrometer",
            measured=measured,
            settings=_settings(found[2].strip(":").split(":")),
            header={"": tuple(line.strip() for line in text.lines[:3])},
            cautions=text.cautions + cut + gaps + turned + said,
        ),
    )


def _rows(text: Text) -> list[Row]:
    rows: list[Row] = [
        (number, line.rstrip().split(separator_of(line.strip())))
        for number, line in enumerate(text.lines[3:], start=4)
        if line.strip()
    ]
    if not rows:
        raise Unread("There are no data below the header", line=3)
    return rows


def _settings(parts: Sequence[str]) -> dict[str, Setting]:
    """Return integration times, averaged scans and the objective; a second track has its own."""
    stated = {key.strip().upper(): value.strip() for key, _, value in (part.partition("=") for part in parts)}
    settings: dict[str, Setting] = {}
    for track, suffix in (("1", ""), ("2", "_track_2")):
        exposure = stated.get(f"IT{track}", "").lower()
        if exposure.endswith("ms") and is_number(exposure[:-2]):
            settings[f"integration_time{suffix}_s"] = float(exposure[:-2].replace(",", ".")) / 1000
        if (scans := stated.get(f"NS{track}", "")).isdigit():
            settings[f"accumulations{suffix}"] = int(scans)
    if "OBJ" in stated:
        settings["objective"] = stated["OBJ"]
    return settings


def _measured(text: str) -> tuple[Instant | None, tuple[Caution, ...]]:
    if not text.strip():
        return None, ()
    # A half of the day without leading zeros is how American computers write; others are taken when certain.
    is_american = text.rstrip().upper().endswith("M") and not re.search(r"\b0\d/", text)
    moment = american_moment(text) if is_american else numeric_moments([text])[0]
    if moment is None:
        return Instant(text, None), (Caution(f"the date “{text[:40]}” is not certain and was left out", line=3),)
    return Instant(text, moment), ()
