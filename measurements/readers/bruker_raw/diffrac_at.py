"""RAW of the versions 1 and 2, as DIFFRAC-AT wrote it: short headers of four-byte floats before each range."""

from measurements.readers.parts.binary_fields import Fields, rest_cautions
from measurements.readers.parts.powder_pattern import DEGREES, labelled, scan_channels, stated, steps
from measurements.readers.parts.scan_moment import scan_moment
from measurements.readers.recording import Axis, Caution, Instant, Recording, Setting, Technique
from measurements.readers.refusal import Unread

INSTRUMENT = "Siemens diffractometer (DIFFRAC-AT)"
MAGIC = int.from_bytes(b"RAW ", "little")
HEADER_1_BYTES = 156
HEADER_2_BYTES = 256
MOST_RANGES = 4096


def read_version_1(fields: Fields) -> tuple[Recording, ...]:
    """Return the ranges of a version 1 file, each with a header that says whether another follows."""
    found: list[Recording] = []
    at, follows = 0, 1
    while follows:
        if found and fields.u32(at) != MAGIC:
            # Early programs wrote the magic once only, before the first range.
            at -= 4
        count, follows = fields.u32(at + 4), fields.u32(at + 152)
        found.append(_range(fields, at + HEADER_1_BYTES, count, _settings_1(fields, at), fields.f32(at + 24)))
        at += HEADER_1_BYTES + 4 * count
        _see_few(found, at)
    return _finished(fields, at, found)


def read_version_2(fields: Fields) -> tuple[Recording, ...]:
    """Return the ranges of a version 2 file; the file's own header says how many there are."""
    shared = _settings_2(fields)
    moment = scan_moment(fields.text(168, 20))
    found: list[Recording] = []
    at = HEADER_2_BYTES
    for _ in range(fields.u16(4)):
        header_bytes, count = fields.u16(at), fields.u16(at + 2)
        if header_bytes < 48:
            raise Unread(f"A range header of {header_bytes} bytes is too short", offset_bytes=at)
        own = stated(
            time_per_step_s=fields.f32(at + 8), step_deg=fields.f32(at + 12), temperature_k=fields.u16(at + 46)
        )
        found.append(_range(fields, at + header_bytes, count, {**shared, **own}, fields.f32(at + 16), *moment))
        at += header_bytes + 4 * count
    return _finished(fields, at, found)


def _settings_1(fields: Fields, at: int) -> dict[str, Setting]:
    return stated(
        sample_name=fields.text(at + 40, 32),
        time_per_step_s=fields.f32(at + 8),
        step_deg=fields.f32(at + 12),
        wavelength_alpha1_angstrom=fields.f32(at + 72),
        wavelength_alpha2_angstrom=fields.f32(at + 76),
    )


def _settings_2(fields: Fields) -> dict[str, Setting]:
    return stated(
        sample_name=fields.text(8, 32),
        comment=fields.text(40, 128),
        anode=fields.text(188, 2),
        wavelength_alpha1_angstrom=fields.f32(190),
        wavelength_alpha2_angstrom=fields.f32(194),
        alpha2_alpha1_ratio=fields.f32(198),
        total_time_s=fields.f32(210),
    )


def _range(
    fields: Fields,
    at: int,
    count: int,
    settings: dict[str, Setting],
    start: float,
    measured: Instant | None = None,
    doubts: tuple[Caution, ...] = (),
) -> Recording:
    counts = fields.numbers(at, count, record_bytes=4)
    step = settings.get("step_deg", 0.0)
    axis = Axis("2theta", DEGREES, steps(start, float(step), count, offset_bytes=at))
    channels, said = scan_channels(axis, counts, "counts")
    label = str(settings.get("sample_name", ""))
    return Recording(Technique.XRD, channels, label, INSTRUMENT, measured, settings, cautions=said + doubts)


def _see_few(found: list[Recording], at: int) -> None:
    if len(found) > MOST_RANGES:
        raise Unread(f"The file chains more than {MOST_RANGES:,} ranges", offset_bytes=at)


def _finished(fields: Fields, at: int, found: list[Recording]) -> tuple[Recording, ...]:
    if not found:
        raise Unread("The file states no ranges", offset_bytes=4)
    return labelled(found, rest_cautions(fields, at))
