"""The two ruby lines in a spectrum: where to start, the fit, and what to do when only one stands out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from analysis.physics.fitting.criteria import aicc
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood, Problem
from analysis.physics.fitting.solve import fit
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.ruby.doublet import NAMES, SEPARATION_BOUNDS_NM, SEPARATION_NM, WIDTH_BOUNDS_NM, doublet_problem

FEWEST_POINTS = 20
LEAST_SIGNIFICANCE = 5.0
# A second line lower than this part of the first, or less sure than this, is not seen.
LEAST_R2_RATIO, LEAST_R2_SIGNIFICANCE = 0.05, 4.0
# A separation less sure than this does not come from two lines that are seen apart.
MOST_SEPARATION_STDERR_NM = 0.1
# By how much AICc must fall before lines are called other than Lorentzian.
CLEARLY = 10.0

Question = Callable[..., Problem]


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The lines of ruby in one spectrum: the fit in force and the ones it was compared with, by shape.

    `is_resolved` is false when the separation could not be told from the data and was held at 1.42 nm; `is_single`
    when there is no second line at all, so that nothing tells which of the two was seen.
    """

    wavelengths_nm: Floats
    counts: Floats
    fitted: Fitted
    shape: str
    compared: dict[str, Fitted]
    is_resolved: bool
    is_single: bool

    @property
    def r2_nm(self) -> float:
        """Where R2 lies."""
        return self.fitted.value("r1_nm") - self.fitted.value("separation_nm")

    @property
    def r2_stderr_nm(self) -> float:
        """The error of R2, with the covariance of R1 and the separation."""
        gradient = np.zeros(len(NAMES))
        gradient[NAMES.index("r1_nm")], gradient[NAMES.index("separation_nm")] = 1.0, -1.0
        return self.fitted.derived_stderr(gradient)


def fit_lines(
    wavelengths_nm: Floats, counts: Floats, *, likelihood: Likelihood, shape: str = "best", seed: int = 0
) -> Lines:
    """Return the ruby lines of counts over wavelengths in nm, both of shape (n,) and ascending.

    Two Lorentzians or pseudo-Voigts on a straight background, by Poisson likelihood of raw counts or unweighted; R1 is
    the line at the longer wavelength, 1.0 to 2.0 nm above R2. `shape` is Lorentzian, pseudo-Voigt, or best: the
    pseudo-Voigt only if its AICc is lower by 10. Raises CannotAnalyse where no line stands out.
    """
    starts = first_guesses(wavelengths_nm, counts)

    question = partial(doublet_problem, wavelengths_nm, counts, starts[0], likelihood=likelihood)
    fits = {name: fit_shape(question, starts, name, seed) for name in ("Lorentzian", "pseudo-Voigt")}
    chosen = chosen_shape(fits, shape)
    fitted = fits[chosen]
    is_resolved = not is_alone(fitted) and is_separated(fitted)
    if not is_resolved:
        held = question(is_pseudo_voigt=chosen == "pseudo-Voigt", separation_nm=SEPARATION_NM)
        fitted = fit(held, starts=starts, seed=seed)
    return Lines(wavelengths_nm, counts, fitted, chosen, fits, is_resolved, is_single=is_alone(fitted))


def fit_shape(question: Question, starts: list[Floats], shape: str, seed: int) -> Fitted:
    """Return the best fit of one shape of line."""
    return fit(question(is_pseudo_voigt=shape == "pseudo-Voigt"), starts=starts[1:], seed=seed)


def chosen_shape(fits: dict[str, Fitted], shape: str) -> str:
    """Return the shape asked for, or the simpler one unless the other is clearly better."""
    if shape != "best":
        return shape
    is_clearly_other = aicc(fits["pseudo-Voigt"]) < aicc(fits["Lorentzian"]) - CLEARLY
    return "pseudo-Voigt" if is_clearly_other else "Lorentzian"


def is_alone(fitted: Fitted) -> bool:
    """Say whether only one line is there."""
    first, second = fitted.value("r1_height"), fitted.value("r2_height")
    lower, name = (second, "r2_height") if second <= first else (first, "r1_height")
    return lower < LEAST_R2_RATIO * max(first, second) or lower < LEAST_R2_SIGNIFICANCE * fitted.stderr(name)


def is_separated(fitted: Fitted) -> bool:
    """Say whether the data tell how far the lines lie apart."""
    return "separation_nm" not in fitted.at_bound and fitted.stderr("separation_nm") <= MOST_SEPARATION_STDERR_NM


def first_guesses(wavelengths_nm: Floats, counts: Floats) -> list[Floats]:
    """Return starts, each of shape (9,): the strongest line as R1, and as R2."""
    if len(counts) < FEWEST_POINTS:
        raise CannotAnalyse(f"{len(counts)} points are too few for the ruby doublet; {FEWEST_POINTS} are needed.")
    quiet = smoothed(counts)
    background = float(np.percentile(quiet, 10))
    top = int(np.argmax(quiet))
    height = float(quiet[top]) - background
    noise = float(np.median(np.abs(np.diff(counts)))) / 0.954
    if not height > LEAST_SIGNIFICANCE * noise / np.sqrt(3.0) or height <= 0:
        raise CannotAnalyse("No ruby line stands out of this spectrum; measure longer, or choose another file.")
    low, high = WIDTH_BOUNDS_NM
    above = wavelengths_nm[quiet > background + height / 2]
    fwhm_nm = float(np.clip(wide(above, float(wavelengths_nm[top])), 1.5 * low, high / 2))
    strongest_nm, spread = float(wavelengths_nm[top]), SEPARATION_BOUNDS_NM
    common = [fwhm_nm, 0.6 * height, SEPARATION_NM, fwhm_nm, max(background, 0.0), 0.0, 0.8]
    as_r1 = np.array([height, strongest_nm, *common])
    as_r2 = np.array([0.6 * height, strongest_nm + SEPARATION_NM, *common])
    as_r2[NAMES.index("r2_height")] = height
    narrow = as_r1.copy()
    narrow[NAMES.index("separation_nm")] = (spread[0] + SEPARATION_NM) / 2
    return [as_r1, as_r2, narrow]


def smoothed(counts: Floats) -> Floats:
    """Return the median of every three neighbours, shape (n,), which a cosmic ray does not move."""
    padded = np.concatenate((counts[:1], counts, counts[-1:]))
    return np.asarray(np.median(np.column_stack((padded[:-2], padded[1:-1], padded[2:])), axis=1))


def wide(above_nm: Floats, strongest_nm: float) -> float:
    """Return how wide the strongest line is at half its height, without the other line."""
    near = above_nm[np.abs(above_nm - strongest_nm) < SEPARATION_NM / 2]
    return float(near.max() - near.min()) if len(near) > 1 else 0.5
