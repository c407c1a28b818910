"""What Horiba LabSpec writes about a measurement, in its text exports and in its XML alike."""

import re
from collections.abc import Mapping, Sequence

from measurements.readers.parts.text import is_number
from measurements.readers.parts.written_date import naive_moment, numeric_moments
from measurements.readers.recording import Caution, Instant, Setting

NUMBERS = {
    "acq. time": "exposure_s",
    "exposition": "exposure_s",
    "accumulations": "accumulations",
    "accumulation": "accumulations",
    "detector temperature": "detector_temperature_c",
    "delay time": "delay_s",
    "binning": "binning",
    "hole": "hole_um",
    "slit": "slit_um",
    "windows": "windows",
}
COUNTS = {"accumulations", "binning", "windows"}
TEXTS = {
    "objective": "objective",
    "grating": "grating",
    "nd filter": "nd_filter",
    "filter": "nd_filter",
    "laser": "laser",
    "detector": "detector",
    "title": "title",
    "sample": "sample_name",
    "remark": "comment",
    "project": "project",
    "site": "site",
    "spike filter": "spike_filter",
    "polarization": "polarization",
}
UNITS = {
    "cm-1": "1/cm",
    "cm⁻¹": "1/cm",
    "cm¯¹": "1/cm",
    "cm¹": "1/cm",
    "1/cm": "1/cm",
    "nm": "nm",
    "ev": "eV",
    "cnt": "counts",
    "counts": "counts",
    "cnt/sec": "counts/s",
    "cnt/s": "counts/s",
    "um": "µm",
    "µm": "µm",
    "μm": "µm",
    "sec": "s",
}
AXIS_NAMES = {"nm": "wavelength", "1/cm": "Raman shift", "eV": "energy"}
ORDERS = (
    *("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y.%m.%d %H:%M:%S"),
    *("%Y/%m/%d %H:%M:%S", "%Y.%m.%d %H:%M", "%Y/%m/%d %H:%M", "%d.%m.%Y"),
)
BRACKETS = re.compile(r"\s*\([^)]*\)$")
LINE = re.compile(r"(\d{3,4}(?:[.,]\d+)?)")


def unit_of(text: str) -> str:
    """Return a unit in the form used here; one that is not known stays as it is written."""
    return UNITS.get(text.strip().lower(), text.strip())


def settings_of(header: Mapping[str, Sequence[str]]) -> dict[str, Setting]:
    """Return what is understood of the keys; of a repeated key the first value counts."""
    settings: dict[str, Setting] = {}
    for key, values in header.items():
        name, value = BRACKETS.sub("", key).strip().lower(), values[0].strip()
        if name in NUMBERS and is_number(value):
            amount = float(value.replace(",", "."))
            settings[NUMBERS[name]] = int(amount) if NUMBERS[name] in COUNTS else amount
        elif name in TEXTS and value:
            settings[TEXTS[name]] = value
            if name == "laser" and (line := LINE.match(value)):
                settings["laser_nm"] = float(line[1].replace(",", "."))
    return settings


def measured_of(header: Mapping[str, Sequence[str]]) -> tuple[Instant | None, tuple[Caution, ...]]:
    """Return when a spectrum was taken: the moment it was acquired, or the date of its file."""
    text = next((header[key][0] for key in ("Acquired", "Date") if header.get(key) and header[key][0].strip()), "")
    if not text:
        return None, ()
    moment = naive_moment(text, *ORDERS) or numeric_moments([text])[0]
    said = () if moment else (Caution(f"the date “{text[:60]}” is not understood; it is kept as written"),)
    return Instant(text, moment), said
