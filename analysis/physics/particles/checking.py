"""Which lists of edge lengths are worked with: numbers above zero, in one unit that is a length."""

import numpy as np
from numpy.typing import NDArray

from analysis.physics.fitting.problem import Floats
from analysis.physics.particles.moments import MAD_FACTOR
from analysis.physics.refusing import CannotAnalyse

NM_PER = {"nm": 1.0, "pm": 1e-3, "å": 0.1, "angstrom": 0.1, "µm": 1e3, "μm": 1e3, "um": 1e3}
# Between neighbours in size: no ensemble has such a hole, two units or a lost decimal mark have.
GAP_RATIO = 4.0
# In robust standard deviations: one in two million of a normal distribution.
OUTLIER_SIGMA = 5.0
MOST_NAMED = 8


def in_nm(values: Floats, unit: str, nm_per_px: float | None) -> Floats:
    """Return lengths in nm; raises CannotAnalyse for a unit that is no length, and for pixels without a scale."""
    if unit.lower() in {"px", "pixel", "pixels"}:
        if nm_per_px is None:
            raise CannotAnalyse("The edges are in pixels; state the scale: nm_per_px.")
        return values * nm_per_px
    factor = NM_PER.get(unit.lower())
    if factor is None:
        raise CannotAnalyse(f"The unit of the edges is “{unit or 'not stated'}”; give a list in nm, Å, µm or px.")
    return values * factor


def check_edges(edges_nm: Floats, particles: Floats) -> None:
    """Refuse a list with an edge that is no number, or not above zero, or of another unit; says which particles."""
    is_bad = ~np.isfinite(edges_nm) | (edges_nm <= 0)
    if is_bad.any():
        raise CannotAnalyse(
            f"{int(is_bad.sum())} of {len(edges_nm)} edges are not above zero: {named(particles, is_bad)}. "
            "Correct the list, or leave those lines out."
        )
    check_units(edges_nm, particles)


def check_units(edges_nm: Floats, particles: Floats) -> None:
    """Refuse a list with a hole of a factor of four in it."""
    ordered = np.sort(edges_nm)
    steps = ordered[1:] / ordered[:-1]
    if len(steps) and float(steps.max()) > GAP_RATIO:
        place = int(steps.argmax())
        small, large = edges_nm <= ordered[place], edges_nm > ordered[place]
        few = small if small.sum() <= large.sum() else large
        raise CannotAnalyse(
            f"Nothing lies between {ordered[place]:g} and {ordered[place + 1]:g} nm; the list seems to mix units "
            f"or to have lost a decimal mark: {named(particles, few)}. Correct the list."
        )


def outliers(edges_nm: Floats, particles: Floats) -> str:
    """Return which particles lie beyond five robust standard deviations both of L and of ln L, or nothing."""
    is_far = is_outside(edges_nm) & is_outside(np.log(edges_nm))
    return named(particles, is_far) if is_far.any() else ""


def is_outside(values: Floats) -> NDArray[np.bool_]:
    """Return which values lie beyond five robust standard deviations of their median."""
    distance = np.abs(values - np.median(values))
    width = MAD_FACTOR * float(np.median(distance))
    return np.asarray(distance > OUTLIER_SIGMA * width) if width > 0 else np.zeros(len(values), dtype=bool)


def named(particles: Floats, is_meant: NDArray[np.bool_]) -> str:
    """Return the numbers of some particles in words, the first eight by number."""
    numbers = [f"{float(particles[place]):g}" for place in np.flatnonzero(is_meant)]
    rest = f" and {len(numbers) - MOST_NAMED} more" if len(numbers) > MOST_NAMED else ""
    return f"particle{'s' if len(numbers) > 1 else ''} {', '.join(numbers[:MOST_NAMED])}{rest}"
