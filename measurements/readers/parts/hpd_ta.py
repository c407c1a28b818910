"""The comment that HPD-TA writes into a streak image: its keys, the settings and the moment."""

import re
from collections.abc import Mapping

from measurements.readers.parts.written_date import clock_of, day_of, moment_of
from measurements.readers.recording import Caution, Instant, Setting
from measurements.readers.source import decoded

# Sections follow each other without a separator; quoted values hold commas, brackets and line ends.
PIECE = re.compile(
    r"\[(?P<section>[^\[\]\"=\r\n]{1,40})\]|(?P<key>[^=,\[\]\"\s][^=,\[\]\"\r\n]{0,60})="
    r"(?:\"(?P<quoted>[^\"]*)\"?|(?P<plain>[^,\[\r\n]*))"
)
DURATION = re.compile(r"([\d.,]+)\s*(ms|us|µs|ns|s|min)$")
SECONDS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9, "min": 60.0}
ACQUISITIONS = {"1": "live", "2": "acquire", "3": "photon counting", "4": "analog integration"}
WORDS = {
    "device": "Streak camera.DeviceName",
    "sweep_unit": "Streak camera.PluginName",
    "time_range": "Streak camera.Time Range",
    "mode": "Streak camera.Mode",
    "gate_mode": "Streak camera.Gate Mode",
    "spectrograph": "Spectrograph.DeviceName",
    "grating": "Spectrograph.Grating",
    "camera": "Camera.CameraName",
    "binning": "Camera.Binning",
    "comment": "Comment.UserComment",
}
QUANTITIES = {
    "exposures": "Acquisition.NrExposure",
    "mcp_gain": "Streak camera.MCP Gain",
    "center_wavelength_nm": "Spectrograph.Wavelength",
}
SWITCHES = {
    "background_subtracted": "Acquisition.BacksubCorr",
    "shading_corrected": "Acquisition.ShadingCorr",
    "curvature_corrected": "Acquisition.CurveCorr",
    "defects_corrected": "Acquisition.DefectCorrection",
}
Entries = Mapping[str, tuple[str, ...]]


def names_hpd_ta(text: bytes) -> bool:
    """Say whether bytes begin a comment of HPD-TA or its sister HiPic."""
    return text.lstrip()[:1] == b"[" and any(name in text for name in (b"[Application]", b"[Acquisition]"))


def entries_of(comment: bytes) -> Entries:
    """Return the comment's keys as "Section.Key" with all their values."""
    section, found = "", dict[str, list[str]]()
    for piece in PIECE.finditer(decoded(comment.rstrip(b"\0"))[0].replace("\0", "")):
        if piece["section"]:
            section = piece["section"].strip()
            continue
        value = piece["plain"] if piece["quoted"] is None else piece["quoted"]
        found.setdefault(f"{section}.{piece['key'].strip()}", []).append(value.strip())
    return {key: tuple(values) for key, values in found.items()}


def first(entries: Entries, key: str) -> str:
    """Return a key's first value, or nothing."""
    return entries.get(key, ("",))[0]


def settings_of(entries: Entries) -> dict[str, Setting]:
    """Return what is understood of a comment; the exposure is of one of `exposures`, the integration time of all."""
    found: dict[str, Setting] = {name: first(entries, key) for name, key in WORDS.items() if first(entries, key)}
    for name, key in QUANTITIES.items():
        if (amount := _amount(first(entries, key))) is not None:
            found[name] = int(amount) if name == "exposures" else amount
    found |= {name: first(entries, key) == "-1" for name, key in SWITCHES.items() if first(entries, key) in {"-1", "0"}}
    software = (first(entries, f"Application.{key}") for key in ("Software", "SoftwareVersion"))
    if written := " ".join(part for part in software if part):
        found["program"] = written
    if acquisition := ACQUISITIONS.get(first(entries, "Acquisition.AcqMode")):
        found["acquisition"] = acquisition
    return found | _exposure(entries)


def _exposure(entries: Entries) -> dict[str, Setting]:
    duration = DURATION.match(first(entries, "Acquisition.ExposureTime"))
    exposure = _amount(duration[1]) if duration else None
    if duration is None or exposure is None:
        return {}
    exposure_s = round(exposure * SECONDS[duration[2]], 12)
    exposures = _amount(first(entries, "Acquisition.NrExposure"))
    total: dict[str, Setting] = {} if exposures is None else {"integration_time_s": round(exposure_s * exposures, 9)}
    return {"exposure_s": exposure_s, **total}


def _amount(text: str) -> float | None:
    try:
        amount = float(text.replace(",", "."))
    except ValueError:
        return None
    return amount if abs(amount) < 1e15 else None


def instrument_of(settings: Mapping[str, Setting]) -> str:
    """Return the streak camera and what looks at its screen."""
    parts = [str(settings[key]) for key in ("device", "camera") if key in settings]
    return f"Hamamatsu {' + '.join(parts)}" if parts else "Hamamatsu"


def measured_of(entries: Entries, day_hint: str = "") -> tuple[Instant | None, tuple[Caution, ...]]:
    """Return the moment of the image; `day_hint` is another date of the file that tells the month from the day."""
    written, clock = first(entries, "Application.Date"), first(entries, "Application.Time")
    if not written:
        return None, ()
    # Older versions write the month first with dashes, whatever the computer's language.
    read = day_of(written, month_first="-")
    # A second date in the same file, year first, settles which number is the month.
    hinted = day_of(day_hint).day if day_hint else None
    if hinted and {hinted.day, hinted.month} == {int(part) for part in re.findall(r"\d+", written)[:2]}:
        return Instant(f"{written} {clock}".strip(), moment_of(hinted, clock_of(clock))), ()
    said = (Caution(read.doubt),) if read.doubt else ()
    return Instant(f"{written} {clock}".strip(), moment_of(read.day, clock_of(clock))), said
