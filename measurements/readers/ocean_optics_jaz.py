"""Spectra of the Ocean Optics Jaz: wavelength, dark, reference, sample and processed values side by side."""

from collections.abc import Sequence

from measurements.readers.ocean_optics_txt import (
    NAMED_COLUMNS,
    begin_of,
    body_of,
    first_line_of_data,
    saturation,
    whole_rows,
)
from measurements.readers.parts.numeric_rows import columns_with_gaps, exported_text
from measurements.readers.parts.ocean_optics_header import header_of, measured_of, settings_of, undated
from measurements.readers.recording import Axis, Caution, Channel, Numbers, Recording, Role, Technique, ascending
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

COLUMNS = {
    "P": ("processed", Role.SIGNAL),
    "I": ("irradiance", Role.SIGNAL),
    "S": ("sample", Role.SIGNAL),
    "D": ("dark", Role.DARK),
    "R": ("reference", Role.REFERENCE),
}


def recognises(source: Source) -> bool:
    """Say whether named columns, the wavelength first, follow the opening mark."""
    return bool(NAMED_COLUMNS.match(first_line_of_data(source) or ""))


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording with all columns, the processed values first."""
    text = exported_text(source)
    start = begin_of(text)
    skipped = next((n for n, line in enumerate(text.lines[start + 1 :], start=1) if line.strip()), 0)
    if not skipped:
        raise Unread("The names of the columns are missing", line=start + 1)
    names = text.lines[start + skipped].split()
    body = body_of(text, start, skipped=skipped)
    header = header_of(text.lines[:start])
    settings = settings_of(header)
    measured = measured_of(header)
    rows, said = whole_rows(body, settings)
    table, gaps = columns_with_gaps(rows, len(names))
    channels, turned = _channels(names, table, start + 1 + skipped)
    return (
        Recording(
            technique=Technique.SPECTRUM,
            channels=channels,
            instrument="Ocean Optics Jaz",
            measured=measured,
            settings=settings,
            header=header,
            cautions=text.cautions + said + gaps + turned + undated(measured),
        ),
    )


def _channels(names: Sequence[str], table: Numbers, line: int) -> tuple[tuple[Channel, ...], tuple[Caution, ...]]:
    known = [key for key in COLUMNS if key in names]
    if names[0] != "W" or not known or len(set(names)) < len(names):
        raise Unread(f"The columns “{' '.join(names)[:40]}” are not known", line=line)
    wavelength = Axis("wavelength", "nm", table[0])
    channels = []
    said: tuple[Caution, ...] = ()
    for key in known:
        name, role = COLUMNS[key]
        values, axes, turned = ascending(table[names.index(key)], wavelength)
        said = turned if key in "PI" else turned + saturation(values) + said
        channels.append(Channel(name, "", values, axes, role))
    if unknown := [name for name in names[1:] if name not in COLUMNS]:
        said += (Caution(f"the columns {', '.join(unknown)} are not known and were left out", line=line),)
    return tuple(channels), tuple(dict.fromkeys(said))
