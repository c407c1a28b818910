"""UVProbe's text of everything: the pages of its method as names and values, and one spectrum below `[DATA]`."""

from collections.abc import Mapping, Sequence

from measurements.readers.parts.absorption import curve, technique_of
from measurements.readers.parts.numeric_rows import columns_with_gaps
from measurements.readers.parts.text import Text
from measurements.readers.parts.written_date import clock_of, day_of, moment_of
from measurements.readers.recording import Caution, Instant, Recording, Setting
from measurements.readers.refusal import Unread

FIRST_LINE, DATA_LINE = "[SUMMARY]", "[DATA]"
UNITS = {"absorbance": "A", "transmittance": "%T", "reflectance": "%R", "energy": ""}
SETTINGS = {
    "Analyst:": "operator",
    "Comments:": "comment",
    "Instrument Name:": "model",
    "Scan Speed:": "scan_speed",
    "Scan Mode:": "scan_mode",
    "Attachment:": "attachment",
    "Version:": "program_version",
}
NUMBERS = {
    "Sampling Interval:": "step_nm",
    "Slit Width:": "slit_nm",
    "Light Source Change Wavelength:": "light_source_change_nm",
    "Detector Change Wavelength:": "detector_change_nm",
}
Names = Mapping[str, tuple[str, ...]]


def is_summary(lines: Sequence[str]) -> bool:
    """Say whether lines begin as the text of everything does."""
    return bool(lines) and lines[0].strip() == FIRST_LINE and any("UVProbe" in line for line in lines[:6])


def summarised(text: Text) -> Recording:
    """Return the spectrum with its method.

    Raises Unread, naming the line, where no data follow, and for text among the numbers.
    """
    at = next((index for index, line in enumerate(text.lines) if line.strip() == DATA_LINE), None)
    if at is None:
        raise Unread("The data are missing", line=len(text.lines))
    names = _names(text.lines[:at])
    # Below the mark stand the names of the columns.
    rows = [(line, row.split()) for line, row in enumerate(text.lines[at + 2 :], at + 3) if row.strip()]
    uneven = next((line for line, cells in rows if len(cells) != 2), None)
    if uneven or not rows:
        raise Unread("The row is no pair of numbers" if uneven else "There are no rows", line=uneven or at + 1)
    (x, y), gaps = columns_with_gaps(rows, 2)
    unit = UNITS.get(_first(names, "Measuring Mode:").lower(), "")
    channel, said = curve(x, y, "nm", unit)
    measured, doubts = _measured(_first(names, "Date/Time:"))
    model = _first(names, "Instrument Name:") or _first(names, "Instrument Type:")
    return Recording(
        technique_of("nm", unit),
        (channel,),
        instrument=f"Shimadzu {model}".strip(),
        measured=measured,
        settings=_settings(names),
        header=names,
        cautions=(*said, *gaps, *doubts, *text.cautions),
    )


def _names(lines: Sequence[str]) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for line in lines:
        name, mark, value = line.strip().partition("\t")
        if mark:
            names[name] = (*names.get(name, ()), value.strip())
    return names


def _first(names: Names, name: str) -> str:
    return names.get(name, ("",))[0]


def _settings(names: Names) -> dict[str, Setting]:
    texts: dict[str, Setting] = {key: _first(names, name) for name, key in SETTINGS.items() if _first(names, name)}
    for name, key in NUMBERS.items():
        try:
            texts[key] = float(_first(names, name).removesuffix("nm").strip().replace(",", "."))
        except ValueError:
            continue
    return texts


def _measured(written: str) -> tuple[Instant | None, tuple[Caution, ...]]:
    if not written:
        return None, ()
    day, _, clock = written.partition(" ")
    read = day_of(day)
    return Instant(written, moment_of(read.day, clock_of(clock))), (Caution(read.doubt),) if read.doubt else ()
