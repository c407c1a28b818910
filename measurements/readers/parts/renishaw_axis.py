"""The unit of a Renishaw export's x axis, which the file leaves out, told from its numbers where that is certain."""

import numpy as np

from measurements.readers.recording import Axis, Caution, Numbers

# No grating of these microscopes spreads Raman light so far that neighbouring pixels lie closer than this.
FINEST_STEP_PER_CM = 0.4
# What their optics pass and their detectors see.
SHORTEST_NM, LONGEST_NM = 180.0, 2300.0
# Silicon sees nothing beyond the one, detectors for longer waves nothing below the other.
LONGEST_SILICON_NM, SHORTEST_INFRARED_NM = 1200.0, 780.0


def x_of(values: Numbers) -> tuple[Axis, tuple[Caution, ...]]:
    """Return an ascending axis with its unit, which is empty when both remain possible, and say why."""
    lowest, highest = float(values[0]), float(values[-1])
    step = float(np.median(np.abs(np.diff(values)))) if len(values) > 1 else 0.0
    is_seen_by_none = lowest < SHORTEST_INFRARED_NM and highest > LONGEST_SILICON_NM
    if lowest < SHORTEST_NM or highest > LONGEST_NM or is_seen_by_none:
        said = "the file does not state the unit of x; no detector sees such a range in nm, so it is 1/cm"
        return Axis("Raman shift", "1/cm", values), (Caution(said),)
    if 0 < step < FINEST_STEP_PER_CM:
        said = f"the file does not state the unit of x; steps of {step:.3g} are too fine for 1/cm, so it is nm"
        return Axis("wavelength", "nm", values), (Caution(said),)
    said = "the file does not state the unit of x, and its numbers may be nm or 1/cm"
    return Axis("x", "", values), (Caution(said),)
