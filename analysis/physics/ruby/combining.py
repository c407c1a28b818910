"""One pressure of a rung from several rubies, before and after the spectrum."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
from scipy.special import chdtrc

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

BEFORE, AFTER = "before", "after"
UNLIKELY_P = 0.05


@dataclass(frozen=True, slots=True)
class RungPressure:
    """The pressure while a spectrum was taken, in GPa.

    `drift_gpa` is half of what was after minus before, with its sign, None without both; `spread_gpa` the standard
    deviation between chips, None with one. `from_values_gpa` is what the errors of the single values come to alone.
    """

    value_gpa: float
    stderr_gpa: float
    from_values_gpa: float
    drift_gpa: float | None
    drift_stderr_gpa: float | None
    spread_gpa: float | None
    chip_count: int
    p: float | None

    @property
    def stderr_with_drift_gpa(self) -> float:
        """The error if the spectrum may have been taken at any moment between before and after."""
        return hypot(self.stderr_gpa, (self.drift_gpa or 0.0) / np.sqrt(3.0))


def combine_ruby(
    pressures_gpa: Floats, stderrs_gpa: Floats, moments: Sequence[str], chips: Sequence[str]
) -> RungPressure:
    """Return the pressure of a rung from values of shape (n,), each with a moment (before, after or none) and a chip.

    The mean over chips of the mean of before and after. Chips that differ by more than their errors explain (χ², 5 %)
    make the error: their standard deviation over √(number of chips), but never less than the errors of the values.
    """
    if not len(pressures_gpa):
        raise CannotAnalyse("A rung needs the pressure of at least one ruby.")
    if not np.isfinite(pressures_gpa).all():
        raise CannotAnalyse("One of the ruby pressures is no number; leave it out or fit it again.")
    names = sorted(set(chips))
    of_chips = [of_one_chip(pressures_gpa, stderrs_gpa, moments, np.array([one == name for one in chips]))
                for name in names]  # fmt: skip
    means = np.array([mean for mean, _ in of_chips])
    errors = np.array([error for _, error in of_chips])
    from_values_gpa = float(np.sqrt(np.sum(errors**2))) / len(names)
    spread_gpa = float(np.std(means, ddof=1)) if len(names) > 1 else None
    chance = likelihood_of_equal(means, errors)
    stderr_gpa = from_values_gpa
    if spread_gpa is not None and (chance is None or chance < UNLIKELY_P):
        stderr_gpa = max(from_values_gpa, spread_gpa / float(np.sqrt(len(names))))
    drift = drift_of(pressures_gpa, stderrs_gpa, moments)
    return RungPressure(
        float(means.mean()), stderr_gpa, from_values_gpa, *drift, spread_gpa, len(names), chance
    )  # fmt: skip


def of_one_chip(
    pressures_gpa: Floats, stderrs_gpa: Floats, moments: Sequence[str], is_chip: np.ndarray
) -> tuple[float, float]:
    """Return the mean of the means of every moment of one chip, and its error."""
    kinds = sorted({moment for moment, is_one in zip(moments, is_chip, strict=True) if is_one})
    means, variances = [], []
    for kind in kinds:
        is_kind = is_chip & np.array([moment == kind for moment in moments])
        means.append(float(pressures_gpa[is_kind].mean()))
        variances.append(float(np.sum(stderrs_gpa[is_kind] ** 2)) / int(is_kind.sum()) ** 2)
    return float(np.mean(means)), float(np.sqrt(np.sum(variances))) / len(kinds)


def likelihood_of_equal(means: Floats, errors: Floats) -> float | None:
    """Return the p of χ² that all chips saw one pressure; None with one chip or without errors."""
    if len(means) < 2 or not (np.isfinite(errors).all() and (errors > 0).all()):
        return None
    weights = 1.0 / errors**2
    middle = float(weights @ means / weights.sum())
    return float(chdtrc(len(means) - 1, float(weights @ (means - middle) ** 2)))


def drift_of(pressures_gpa: Floats, stderrs_gpa: Floats, moments: Sequence[str]) -> tuple[float | None, float | None]:
    """Return half of the mean after minus the mean before, and its error; nothing without both."""
    ends = []
    for kind in (BEFORE, AFTER):
        is_kind = np.array([moment == kind for moment in moments])
        if not is_kind.any():
            return None, None
        error = float(np.sqrt(np.sum(stderrs_gpa[is_kind] ** 2))) / int(is_kind.sum())
        ends.append((float(pressures_gpa[is_kind].mean()), error))
    (before, before_error), (after, after_error) = ends
    return (after - before) / 2.0, hypot(before_error, after_error) / 2.0
