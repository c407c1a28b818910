"""RAW of the version 3 (`RAW1.01`), as DIFFRAC plus wrote it: a file header, then ranges that say how they scan."""

import numpy as np

from measurements.readers.parts.binary_fields import Fields, rest_cautions
from measurements.readers.parts.powder_pattern import DEGREES, labelled, scan_channels, stated, steps
from measurements.readers.parts.scan_moment import scan_moment
from measurements.readers.recording import Axis, Caution, Instant, Numbers, Recording, Setting, Technique
from measurements.readers.refusal import Unread

INSTRUMENT = "Bruker diffractometer (DIFFRAC plus)"
HEADER_BYTES = 712
LEAST_RANGE_HEADER_BYTES = 260
MOST_RANGES = 4096
UNFINISHED = {2: "active", 3: "aborted", 4: "interrupted"}
TWO_THETA_SCANS = {0: "locked coupled", 1: "unlocked coupled", 2: "detector scan", 20: "unlocked coupled"}
ROCKING_CURVE = 3
# Scans of one more drive each (tilt, turn, table); which start belongs to them is not documented.
OTHER_DRIVES = range(4, 13)


def read_version_3(fields: Fields) -> tuple[Recording, ...]:
    """Return the ranges of a version 3 file."""
    count = fields.u32(12)
    if not 1 <= count <= MOST_RANGES:
        raise Unread(f"The file states {count:,} ranges", offset_bytes=12)
    shared = _shared_settings(fields)
    measured, said = scan_moment(f"{fields.text(16, 10)} {fields.text(26, 10)}")
    if state := UNFINISHED.get(fields.u32(8)):
        said += (Caution(f"the measurement is marked as {state}", offset_bytes=8),)
    found: list[Recording] = []
    at = HEADER_BYTES
    for _ in range(count):
        one, at = _range(fields, at, shared, measured)
        found.append(one)
    return labelled(found, said + rest_cautions(fields, at))


def _shared_settings(fields: Fields) -> dict[str, Setting]:
    return stated(
        operator=fields.text(36, 72),
        site=fields.text(108, 218),
        sample_name=fields.text(326, 60),
        comment=fields.text(386, 160),
        goniometer_radius_mm=fields.f32(564),
        anode=fields.text(608, 4),
        wavelength_average_angstrom=fields.f64(616),
        wavelength_alpha1_angstrom=fields.f64(624),
        wavelength_alpha2_angstrom=fields.f64(632),
        wavelength_beta_angstrom=fields.f64(640),
        alpha2_alpha1_ratio=fields.f64(648),
        total_time_s=fields.f32(664),
    )


def _range(fields: Fields, at: int, shared: dict[str, Setting], measured: Instant | None) -> tuple[Recording, int]:
    header_bytes, count = fields.u32(at), fields.u32(at + 4)
    if header_bytes < LEAST_RANGE_HEADER_BYTES:
        raise Unread(f"A range header of {header_bytes} bytes is too short", offset_bytes=at)
    record_bytes = _record_bytes(fields, at)
    data = at + header_bytes + fields.u32(at + 256)
    counts = fields.numbers(data, count, record_bytes=record_bytes)
    axis, said = _axis(fields, at, count, data)
    channels, doubts = scan_channels(axis, counts, "counts")
    settings = {**shared, **_range_settings(fields, at)}
    label = str(shared.get("sample_name", ""))
    one = Recording(Technique.XRD, channels, label, INSTRUMENT, measured, settings, cautions=said + doubts)
    return one, data + count * record_bytes


def _record_bytes(fields: Fields, at: int) -> int:
    varying, stated_bytes = fields.u32(at + 248), fields.u32(at + 252)
    needed = 4 + 8 * varying.bit_count()
    # Converters leave the length at zero; where it is given it has to fit the list of what varies.
    if stated_bytes not in {0, needed}:
        raise Unread(f"A point has {stated_bytes} bytes where its header lists {needed}", offset_bytes=at + 252)
    return needed


def _axis(fields: Fields, at: int, count: int, data: int) -> tuple[Axis, tuple[Caution, ...]]:
    kind, step = fields.u32(at + 196), fields.f64(at + 176)
    if kind in OTHER_DRIVES:
        raise Unread(f"A scan of the type {kind} does not move along 2theta and is not read", offset_bytes=at + 196)
    if kind == ROCKING_CURVE:
        return Axis("omega", DEGREES, steps(fields.f64(at + 8), step, count, offset_bytes=at + 8)), ()
    said: tuple[Caution, ...] = ()
    if kind not in TWO_THETA_SCANS:
        said = (Caution(f"the scan type {kind} is not known; its axis is taken for 2theta", offset_bytes=at + 196),)
    if fields.u32(at + 248) & 1:
        return Axis("2theta", DEGREES, _measured_angles(fields, data, count, at)), said
    return Axis("2theta", DEGREES, steps(fields.f64(at + 16), step, count, offset_bytes=at + 16)), said


def _measured_angles(fields: Fields, data: int, count: int, at: int) -> Numbers:
    angles = fields.numbers(data, count, record_bytes=_record_bytes(fields, at), kind="<f8", within=4)
    if not count or not np.isfinite(angles).all() or float(np.abs(angles).max()) > 400:
        raise Unread("The angles of the points are no angles", offset_bytes=data)
    return angles


def _range_settings(fields: Fields, at: int) -> dict[str, Setting]:
    kind = fields.u32(at + 196)
    return stated(
        scan_type=TWO_THETA_SCANS.get(kind, "rocking curve" if kind == ROCKING_CURVE else ""),
        step_deg=fields.f64(at + 176),
        time_per_step_s=fields.f32(at + 192),
        rotation_rpm=fields.f32(at + 208),
        tube_voltage_kv=fields.u32(at + 224),
        tube_current_ma=fields.u32(at + 228),
        wavelength_angstrom=fields.f64(at + 240),
        theta_start_deg=fields.f64(at + 8),
        two_theta_start_deg=fields.f64(at + 16),
    )
