"""What DigitalMicrograph notes beside an image: microscope, settings, the moment, and every other tag."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from measurements.readers.parts.gatan_tags import Array, Group
from measurements.readers.parts.written_date import clock_of, day_of, moment_of
from measurements.readers.recording import Caution, Instant, Setting, Zone

WORDS = {
    "operator": ("Session Info.Operator", "Microscope Info.Operator"),
    "sample_name": ("Session Info.Specimen", "Microscope Info.Specimen"),
    "detector": ("Session Info.Detector", "DataBar.Signal Name"),
    "camera": ("DataBar.Device Name", "Acquisition.Device.Name"),
    "mode": ("Microscope Info.Operation Mode",),
    "imaging_mode": ("Microscope Info.Imaging Mode",),
    "illumination_mode": ("Microscope Info.Illumination Mode",),
}
QUANTITIES = {
    "magnification_ratio": (("Microscope Info.Indicated Magnification",), 1.0),
    "accelerating_voltage_kv": (("Microscope Info.Voltage",), 1e-3),
    "camera_length_mm": (("Microscope Info.STEM Camera Length",), 1.0),
    "exposure_s": (("DataBar.Exposure Time (s)", "Acquisition.Parameters.High Level.Exposure (s)"), 1.0),
    "dwell_time_us": (("DigiScan.Sample Time",), 1.0),
}
INSTRUMENTS = ("Session Info.Microscope", "Microscope Info.Microscope", "Microscope Info.Name")
MOST_HEADER_CHARACTERS = 2_000


def instrument_of(image: Group) -> str:
    """Return the microscope's name."""
    return next((text for key in INSTRUMENTS if (text := image.text(f"ImageTags.{key}"))), "")


def settings_of(image: Group) -> dict[str, Setting]:
    """Return what is understood of an image's tags."""
    found: dict[str, Setting] = {}
    for name, keys in WORDS.items():
        if text := next((text for key in keys if (text := image.text(f"ImageTags.{key}"))), ""):
            found[name] = text
    for name, (keys, factor) in QUANTITIES.items():
        if amount := next((amount for key in keys if (amount := image.amount(f"ImageTags.{key}"))), None):
            found[name] = amount * factor
    return found


def measured_of(image: Group) -> tuple[Instant | None, tuple[Caution, ...]]:
    """Return when the image was taken, in UTC where the tags have the system's own clock."""
    day, clock = (image.text(f"ImageTags.DataBar.Acquisition {part}") for part in ("Date", "Time"))
    written = f"{day} {clock}".strip()
    # The operating system's own clock counts from 1601 in steps of 100 ns, in UTC whatever the language.
    ticks = image.amount("ImageTags.DataBar.Acquisition Time (OS)")
    if ticks and 1.1e17 < ticks < 1.6e17:
        moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
        return Instant(written or moment.isoformat(), moment, Zone.UTC), ()
    if not day:
        return None, ()
    read = day_of(day)
    return Instant(written, moment_of(read.day, clock_of(clock))), (Caution(read.doubt),) if read.doubt else ()


def header_of(image: Group) -> Mapping[str, tuple[str, ...]]:
    """Return every tag of an image as text, by its path."""
    return {
        path: (str(value)[:MOST_HEADER_CHARACTERS],)
        for path, value in image.leaves()
        if not isinstance(value, Array) and value != ""
    }
