"""What every diffraction reader does alike: a scan's axis and its limits, its counts with gaps said, settings."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from measurements.readers.recording import Axis, Caution, Channel, Numbers, Recording, Role, Setting, ascending
from measurements.readers.refusal import Unread

DEGREES = "deg"
# No goniometer turns further; a larger angle means that something else was read as an angle.
MOST_DEG = 400.0
# Finer than any goniometer moves.
FINEST_STEP_DEG = 1e-6
TWO_THETA_DRIVES = {
    "2theta", "twotheta", "twothetatheta", "twothetaomega", "2thetatheta", "2thetaomega", "thetatwotheta",
    "theta2theta", "omega2theta", "omegatwotheta", "gonio", "coupled", "lockedcoupled", "unlockedcoupled",
    "detectorscan", "twothetachi", "2thetachi", "coupledtwothetatheta",
}  # fmt: skip
AXIS_NAMES = {
    "theta": "theta", "omega": "omega", "rockingcurve": "omega", "chi": "chi", "khi": "chi", "psi": "psi", "phi": "phi",
}  # fmt: skip


def axis_name(drive: str) -> str:
    """Return what a scanned drive is called here: every drive that moves the detector along 2theta is "2theta"."""
    plain = re.sub(r"[^a-z0-9]", "", drive.lower().replace("θ", "theta"))
    if plain in TWO_THETA_DRIVES:
        return "2theta"
    return AXIS_NAMES.get(plain, drive.strip().lower())


def steps(
    start: float, step: float, count: int, *, line: int | None = None, offset_bytes: int | None = None
) -> Numbers:
    """Return the positions of an evenly stepped scan.

    Raises Unread for a scan without points, a step that is none, and angles that no goniometer reaches.
    """
    if count < 1:
        raise Unread("The scan has no points", line=line, offset_bytes=offset_bytes)
    last = start + step * (count - 1)
    if not math.isfinite(start) or not math.isfinite(last) or max(abs(start), abs(last)) > MOST_DEG:
        raise Unread(
            f"The scan runs from {start:g} to {last:g}°, which is no angle", line=line, offset_bytes=offset_bytes
        )
    if count > 1 and abs(step) < FINEST_STEP_DEG:
        raise Unread(f"The scan has {count:,} points but a step of {step:g}°", line=line, offset_bytes=offset_bytes)
    return start + step * np.arange(count)


def scan_channels(
    axis: Axis, values: Numbers, unit: str, *, stderr: Numbers | None = None
) -> tuple[tuple[Channel, ...], tuple[Caution, ...]]:
    """Return a scan as channels over an ascending axis, and what was turned or is missing in it."""
    values, gaps = with_gaps(values)
    turned, axes, said = ascending(values, axis)
    found = [Channel("Intensity", unit, turned, axes)]
    if stderr is not None:
        errors = ascending(with_gaps(stderr)[0], axis)[0]
        found.append(Channel("Standard error", unit, errors, axes, Role.STDERR))
    return tuple(found), gaps + said


def with_gaps(values: Numbers) -> tuple[Numbers, tuple[Caution, ...]]:
    """Return values with everything that is not finite as a gap, and say how many there are and where they begin."""
    missing = ~np.isfinite(values)
    if not missing.any():
        return values, ()
    count, first = int(missing.sum()), int(np.argmax(missing)) + 1
    return np.where(missing, np.nan, values), (
        Caution(f"{count:,} of {len(values):,} values are not numbers, the first at point {first:,}; they are gaps"),
    )


def stated(**settings: Setting | None) -> dict[str, Setting]:
    """Return the settings that a file states: programs write nothing, or zero, for what they do not know."""
    return {name: value for name, value in settings.items() if value is not None and is_stated(value)}


def is_stated(value: Setting) -> bool:
    """Say whether a setting means something."""
    if isinstance(value, float) and not math.isfinite(value):
        return False
    return isinstance(value, bool) or value not in {"", 0}


def float_or_none(text: str | None) -> float | None:
    """Return a text's number, or None where it has none; a decimal comma is understood."""
    try:
        number = float((text or "").strip().replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def labelled(found: Sequence[Recording], cautions: tuple[Caution, ...] = ()) -> tuple[Recording, ...]:
    """Return the scans of a file, numbered where several share a name, each with what is to be said of the file."""
    names = [one.label for one in found]
    shared = len(set(names)) < len(names)
    return tuple(
        replace(
            one,
            label=f"{one.label} range {number}".strip() if shared else one.label,
            cautions=one.cautions + cautions,
        )
        for number, one in enumerate(found, 1)
    )
