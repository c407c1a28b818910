"""The header that Ocean Optics programs write above a spectrum: what it sets, who measured, and when."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, timedelta, timezone
from math import isfinite

from measurements.readers.parts.text import is_number
from measurements.readers.parts.written_date import naive_moment, numeric_moments
from measurements.readers.recording import Caution, Instant, Setting, Zone

CHEVRONS = ">>>>>"
MODELS = {
    "MAYP": "Maya2000 Pro",
    "MAYA": "Maya2000",
    "USB2+": "USB2000+",
    "USB2": "USB2000",
    "USB4+": "USB4000+",
    "USB4": "USB4000",
    "USB6": "USB650",
    "HR2+": "HR2000+",
    "HR2": "HR2000",
    "HR4": "HR4000",
    "HR+": "HR4000",
    "JAZ": "Jaz",
    "QEP": "QE Pro",
    "QE": "QE65000",
    "FLMS": "Flame-S",
    "FLMT": "Flame-T",
    "NQ": "NIRQuest",
    "STS": "STS",
    "TOR": "Torus",
}
# Of the abbreviations only these mean one thing wherever the computer stands: BST, EST or CEST do not.
FIXED_ZONES: Mapping[str, int] = {"GMT": 0, "UTC": 0, "Z": 0, "CET": 1, "MEZ": 1}
WRITTEN = re.compile(
    r"[A-Za-z]{2,4}\.? ([A-Za-z]{3}) +(\d{1,2}) (\d{1,2}:\d{2}:\d{2})(?: ([A-Za-z][A-Za-z0-9:+-]*))? (\d{4})$"
)
ISO_ORDERS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M:%S")
# Keys are translated with the program; these beginnings are the same in many of its languages.
INTEGRATION = re.compile(r"int[eé]gra")
AVERAGED = re.compile(r"averag|promedi|moyenn|mittel")
PIXELS = re.compile(r"p[ií]xel")
PARTS_OF_A_SECOND = (("(usec)", 1e6), ("(µsec)", 1e6), ("(msec)", 1e3), ("(sec)", 1.0))
X_MODES = {
    "wavelengths": ("wavelength", "nm"),
    "raman shifts": ("Raman shift", "1/cm"),
    "raman shift": ("Raman shift", "1/cm"),
    "wavenumbers": ("wavenumber", "1/cm"),
    "pixels": ("pixel", "px"),
}
LASER = re.compile(r"\blaser\s+(\d+(?:\.\d+)?)\s*nm", re.IGNORECASE)
TEMPERATURE = re.compile(r"\bT\s*=\s*(\d+(?:\.\d+)?)\s*K\b")


def header_of(lines: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the "key: value" lines, a repeated key with all its values; lines without a key are kept under ""."""
    header: dict[str, tuple[str, ...]] = {}
    for line in lines:
        if not line.strip() or not line.strip("+ \t"):
            continue
        key, colon, value = line.partition(":")
        name, text = (key.strip(), value.strip()) if colon else ("", line.strip())
        header[name] = (*header.get(name, ()), text)
    return header


def settings_of(header: Mapping[str, tuple[str, ...]]) -> dict[str, Setting]:
    """Return what is understood of a header, in both the words of SpectraSuite and those of OceanView."""
    settings: dict[str, Setting] = {}
    for key, values in header.items():
        words = re.sub(r"\s+", " ", key.lower())
        value = _without_serial(values[0])
        settings.update(_time_or_count(words, value))
        settings.update(_text(words, value))
    return settings


def _without_serial(value: str) -> str:
    return re.sub(r"\s*\([^()]*\)\s*$", "", value)


def _time_or_count(words: str, value: str) -> dict[str, Setting]:
    if not is_number(value):
        return {}
    amount = float(value.replace(",", "."))
    if not isfinite(amount):
        return {}
    if INTEGRATION.search(words):
        part = next((part for unit, part in PARTS_OF_A_SECOND if unit in words), None)
        return {} if part is None else {"integration_time_s": amount / part}
    if "boxcar" in words:
        return {"boxcar_width": int(amount)}
    if AVERAGED.search(words):
        return {"accumulations": int(amount)}
    return {"pixels": int(amount)} if PIXELS.search(words) else {}


def _text(words: str, value: str) -> dict[str, Setting]:
    if words == "user":
        return {"operator": value}
    if words in {"spectrometers", "spectrometer", "spectrometer serial number"}:
        return {"serial_number": value}
    if words.endswith("spectrum present"):
        return {words.replace(" ", "_"): value.lower() in {"yes", "true"}}
    return _comment(value) if words in {"comment", "comments"} else {}


def _comment(value: str) -> dict[str, Setting]:
    found: dict[str, Setting] = {"comment": value}
    if laser := LASER.search(value):
        found["laser_nm"] = float(laser[1])
    if temperature := TEMPERATURE.search(value):
        found["temperature_k"] = float(temperature[1])
    return found


def model_of(serial_number: str) -> str:
    """Return the instrument's name, which its serial number begins with."""
    for start in sorted(MODELS, key=len, reverse=True):
        if serial_number.upper().startswith(start):
            return f"Ocean Optics {MODELS[start]}"
    return "Ocean Optics"


def x_of(header: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """Return name and unit of x: nanometres, unless OceanView says that it was told to show something else."""
    mode = header.get("XAxis mode", ("Wavelengths",))[0]
    return X_MODES.get(mode.lower(), (mode, ""))


def measured_of(header: Mapping[str, tuple[str, ...]]) -> Instant | None:
    """Return the moment of a header; where the key is translated, the value still looks as it always does."""
    if "Date" in header:
        return instant_of(header["Date"][0])
    return next((instant_of(value) for values in header.values() for value in values if WRITTEN.match(value)), None)


def instant_of(text: str) -> Instant | None:
    """Return the moment of a date; only an abbreviation that means one zone makes it aware."""
    if not text:
        return None
    found = WRITTEN.match(text)
    if not found:
        return Instant(text, naive_moment(text, *ISO_ORDERS) or numeric_moments([text])[0])
    month, day, clock, zone, year = found.groups()
    moment = naive_moment(f"{month} {day} {clock} {year}", "%b %d %H:%M:%S %Y")
    if moment is None or not zone:
        return Instant(text, moment)
    if zone not in FIXED_ZONES:
        return Instant(text, moment, Zone.AMBIGUOUS)
    hours = FIXED_ZONES[zone]
    aware = moment.replace(tzinfo=timezone(timedelta(hours=hours)) if hours else UTC)
    return Instant(text, aware, Zone.STATED if hours else Zone.UTC)


def undated(measured: Instant | None) -> tuple[Caution, ...]:
    """Return the caution for a date that was written but cannot be used."""
    if measured is None or measured.moment is not None:
        return ()
    return (Caution(f"the date “{measured.as_written[:60]}” is not certain and was left out"),)
