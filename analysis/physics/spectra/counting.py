"""Whether readings are counts of photons, and of how many exposures."""

from dataclasses import dataclass

import numpy as np

from analysis.physics.fitting.problem import Floats, Likelihood

# Readings are whole numbers of counts when none is further from one than this.
WHOLE_TOLERANCE = 1e-3
# Files round to so many places at the least; averages of scans are whole after multiplying, but for that.
ROUNDED_AT = 0.005
# So many different readings at the least tell the step of one count.
LEAST_DIFFERENT = 10
MOST_PARTS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Readings as one exposure's counts, shape (n,), how many exposures were averaged, and how that is known."""

    readings: Floats
    exposure: float
    likelihood: Likelihood
    how: str
    integration_time_s: float | None = None


def counted(
    readings: Floats, *, is_per_second: bool, integration_time_s: float | None = None, scan_count: float = 1.0
) -> Counted:
    """Return readings, shape (n,), as counts if they are, else with an unknown standard error.

    Counts per second times the integration time are counts; without it the readings' own steps tell it, unless they
    are whole numbers, which may be rounded ones. An average over scans times their number is a count.
    """
    if float(readings.min()) < 0:
        return uncounted(readings, "readings below zero: something was subtracted, so they are no counts")
    if is_per_second:
        return counted_per_second(readings, integration_time_s, scan_count)
    if is_whole(readings):
        return Counted(readings, 1.0, Likelihood.POISSON, "counts, as read")
    if scan_count > 1 and is_whole(readings * scan_count, scan_count * ROUNDED_AT):
        return Counted(readings, scan_count, Likelihood.POISSON, f"counts averaged over {scan_count:g} scans")
    return uncounted(readings, "readings that are no whole counts")


def counted_per_second(readings: Floats, integration_time_s: float | None, scan_count: float) -> Counted:
    """Return counts per second as counts."""
    if integration_time_s is not None:
        how = f"counts per second × {integration_time_s:g} s"
        return Counted(readings * integration_time_s, scan_count, Likelihood.POISSON, how, integration_time_s)
    step = count_step(readings)
    if step is None or abs(step - 1.0) < WHOLE_TOLERANCE:
        return uncounted(readings, "counts per second without an integration time")
    how = f"counts per second in steps of {step:.6g}, which is one count in {1 / step:.4g} s"
    return Counted(np.rint(readings / step), 1.0, Likelihood.POISSON, how, 1.0 / step)


def uncounted(readings: Floats, how: str) -> Counted:
    """Return readings whose scatter is not known."""
    return Counted(readings, 1.0, Likelihood.UNKNOWN, how)


def is_whole(readings: Floats, tolerance: float = WHOLE_TOLERANCE) -> bool:
    """Say whether every reading is a whole number."""
    return bool((np.abs(readings - np.rint(readings)) <= tolerance * 1.000001).all())


def count_step(readings: Floats) -> float | None:
    """Return the step that all readings, shape (n,), are whole multiples of, or none."""
    different = np.unique(readings)
    if len(different) < LEAST_DIFFERENT:
        return None
    # The smallest difference is one count or a few.
    smallest = float(np.diff(different).min())
    for parts in range(1, MOST_PARTS + 1):
        step = smallest / parts
        if is_whole(different / step, 1e-6 * float(different[-1]) / step + WHOLE_TOLERANCE):
            return step
    return None
