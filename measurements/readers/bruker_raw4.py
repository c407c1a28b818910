"""Bruker RAW of the version 4 (`RAW4.00`): a chain of segments in which every range says the size of its points."""

from dataclasses import dataclass, field

from measurements.readers.parts.binary_fields import Fields
from measurements.readers.parts.powder_pattern import DEGREES, axis_name, labelled, scan_channels, stated, steps
from measurements.readers.parts.scan_moment import scan_moment
from measurements.readers.recording import Axis, Caution, Recording, Setting, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

MAGIC = b"RAW4.00"
INSTRUMENT = "Bruker diffractometer (DIFFRAC)"
PREAMBLE_BYTES = 61
RANGE_HEADER_BYTES = 160
RANGES, TEXT, TUBE, DRIVE = (0, 160), 10, 30, 50
SEGMENT_BYTES = 8
MOST_SEGMENTS = 100_000
NAMES = {
    "USER": "operator",
    "SAMPLEID": "sample_name",
    "COMMENT": "comment",
    "SITE": "site",
    "CREATOR": "program",
    "CREATOR_VERSION": "program_version",
    "WIZARD_DOCTYPE": "document_type",
}
# The optics and the script, packed and encoded; nobody reads it as text.
PACKED_BYTES = 1000


@dataclass
class File:
    """What the chain has given so far; texts and the tube hold for the ranges that follow them."""

    fields: Fields
    header: dict[str, tuple[str, ...]] = field(default_factory=dict)
    settings: dict[str, Setting] = field(default_factory=dict)
    found: list[Recording] = field(default_factory=list)


def recognises(source: Source) -> bool:
    """Say whether the content begins as RAW of the version 4; text exports put a semicolon before it."""
    return source.head.startswith(MAGIC)


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording per range.

    Raises Unread, naming the byte, when the chain does not hold or a range states more points than there are.
    """
    if not recognises(source):
        raise Unread("The file does not begin as RAW4.00", offset_bytes=0)
    file = File(Fields(source.content))
    at, end = PREAMBLE_BYTES, len(file.fields.content)
    for _ in range(MOST_SEGMENTS):
        if at + SEGMENT_BYTES > end:
            break
        at = _range(file, at) if file.fields.u32(at) in RANGES else _segment(file, at)
    else:
        raise Unread(f"The file chains more than {MOST_SEGMENTS:,} segments", offset_bytes=at)
    if not file.found:
        raise Unread("The file has no ranges", offset_bytes=min(at, end))
    return labelled(file.found)


def _length(fields: Fields, at: int, end: int) -> int:
    length = fields.u32(at + 4)
    if length < SEGMENT_BYTES or at + length > end:
        raise Unread(f"A segment states {length:,} bytes and {end - at:,} are left", offset_bytes=at)
    return length


def _segment(file: File, at: int) -> int:
    kind, length = file.fields.u32(at), _length(file.fields, at, len(file.fields.content))
    if kind == TEXT and length >= 36:
        name, value = file.fields.text(at + 12, 24), file.fields.text(at + 36, length - 36)
        if name in NAMES:
            file.settings |= stated(**{NAMES[name]: value})
        elif len(value) < PACKED_BYTES:
            file.header[name] = (*file.header.get(name, ()), value)
    elif kind == TUBE and length >= 120:
        file.settings |= stated(
            wavelength_average_angstrom=file.fields.f64(at + 72),
            wavelength_alpha1_angstrom=file.fields.f64(at + 80),
            wavelength_alpha2_angstrom=file.fields.f64(at + 88),
            wavelength_beta_angstrom=file.fields.f64(at + 96),
            alpha2_alpha1_ratio=file.fields.f64(at + 104),
            anode=file.fields.text(at + 116, 4),
        )
    return at + length


def _range(file: File, at: int) -> int:
    fields = file.fields
    count, point_bytes = fields.u32(at + 88), fields.u32(at + 136)
    data = at + RANGE_HEADER_BYTES + fields.u32(at + 140)
    if point_bytes < 4 or point_bytes % 4:
        raise Unread(f"A point of {point_bytes} bytes holds no count", offset_bytes=at + 136)
    counts = fields.numbers(data, count, record_bytes=point_bytes)
    axis, said = _axis(fields, at, count, data)
    channels, doubts = scan_channels(axis, counts, "counts")
    measured, unclear = scan_moment(f"{fields.text(12, 12)} {fields.text(24, 10)}")
    if point_bytes > 4:
        said += (Caution(f"each point has {point_bytes} bytes; the first number is its count", offset_bytes=data),)
    label = str(file.settings.get("sample_name", ""))
    settings = {**file.settings, **_range_settings(fields, at)}
    file.found.append(
        Recording(
            Technique.XRD, channels, label, INSTRUMENT, measured, settings, dict(file.header), said + doubts + unclear
        )
    )
    return data + count * point_bytes


def _range_settings(fields: Fields, at: int) -> dict[str, Setting]:
    return stated(
        scan_type=fields.text(at + 32, 24),
        step_deg=fields.f64(at + 80),
        time_per_step_s=fields.f32(at + 92),
        tube_voltage_kv=fields.f32(at + 100),
        tube_current_ma=fields.f32(at + 104),
        wavelength_angstrom=fields.f64(at + 112),
    )


def _axis(fields: Fields, at: int, count: int, data: int) -> tuple[Axis, tuple[Caution, ...]]:
    start, step = fields.f64(at + 72), fields.f64(at + 80)
    kind = fields.text(at + 32, 24)
    # The scanned drive is flagged, and the range starts where it stood.
    moved = [
        name
        for flag, name, position in _drives(fields, at, data)
        if flag and abs(position - start) <= 1e-6 + 1e-5 * abs(start)
    ]
    names = {axis_name(name) for name in moved}
    by_kind = axis_name(kind)
    said: tuple[Caution, ...] = ()
    if by_kind in {"2theta", "omega"} and (not names or by_kind in names):
        name = by_kind
    elif len(names) == 1:
        name = names.pop()
    else:
        name = "2theta"
        said = (Caution(f"the scan “{kind}” does not name its drive; it is taken for 2theta", offset_bytes=at + 32),)
    return Axis(name, DEGREES, steps(start, step, count, offset_bytes=at + 72)), said


def _drives(fields: Fields, at: int, data: int) -> list[tuple[int, str, float]]:
    found = []
    place = at + RANGE_HEADER_BYTES
    while place + SEGMENT_BYTES <= data:
        length = _length(fields, place, data)
        if fields.u32(place) == DRIVE and length >= 64:
            found.append((fields.u32(place + 8), fields.text(place + 12, 24), fields.f64(place + 56)))
        place += length
    return found
