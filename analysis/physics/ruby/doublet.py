"""The model of a ruby spectrum: two lines on a straight background, and its derivatives."""

import numpy as np

from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem

NAMES = (
    "r1_height", "r1_nm", "r1_fwhm_nm", "r2_height", "separation_nm", "r2_fwhm_nm", "offset", "slope_per_nm",
    "lorentzian_fraction",
)  # fmt: skip
SEPARATION_NM = 1.42
SEPARATION_BOUNDS_NM = (1.0, 2.0)
WIDTH_BOUNDS_NM = (0.1, 3.0)


def line(distances_nm: Floats, fwhm_nm: float, lorentzian_fraction: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Return a pseudo-Voigt line of height one and its derivatives, each of shape (n,).

    η/(1 + u²) + (1 − η) exp(−u² ln 2) with u = 2 (λ − λ_line)/w, w the full width of both parts; the derivatives are
    with respect to the line's place, w and η.
    """
    u = 2.0 * distances_nm / fwhm_nm
    lorentzian = 1.0 / (1.0 + u * u)
    gaussian = np.exp(-np.log(2.0) * u * u)
    shape = lorentzian_fraction * lorentzian + (1.0 - lorentzian_fraction) * gaussian
    by_u = -2.0 * u * lorentzian_fraction * lorentzian**2
    by_u -= 2.0 * np.log(2.0) * u * (1.0 - lorentzian_fraction) * gaussian
    return shape, -2.0 / fwhm_nm * by_u, -u / fwhm_nm * by_u, lorentzian - gaussian


def predicted_counts(values: Floats, wavelengths_nm: Floats, middle_nm: float) -> Floats:
    """Return the counts of a doublet, shape (n,), for parameters in the order of `NAMES`."""
    h1, r1, w1, h2, separation, w2, offset, slope, eta = values
    first = line(wavelengths_nm - r1, w1, eta)[0]
    second = line(wavelengths_nm - (r1 - separation), w2, eta)[0]
    return np.asarray(h1 * first + h2 * second + offset + slope * (wavelengths_nm - middle_nm))


def derivatives(values: Floats, wavelengths_nm: Floats, middle_nm: float) -> Floats:
    """Return the derivatives of `predicted_counts`, shape (n, 9)."""
    h1, r1, w1, h2, separation, w2, _, _, eta = values
    first, first_place, first_width, first_eta = line(wavelengths_nm - r1, w1, eta)
    second, second_place, second_width, second_eta = line(wavelengths_nm - (r1 - separation), w2, eta)
    return np.column_stack((
        first, h1 * first_place + h2 * second_place, h1 * first_width,
        second, -h2 * second_place, h2 * second_width,
        np.ones_like(wavelengths_nm), wavelengths_nm - middle_nm, h1 * first_eta + h2 * second_eta,
    ))  # fmt: skip


def doublet_problem(
    wavelengths_nm: Floats, counts: Floats, start: Floats, *, likelihood: Likelihood, is_pseudo_voigt: bool = False,
    separation_nm: float | None = None,
) -> Problem:  # fmt: skip
    """Return the question of where the two lines lie in counts over wavelengths, both of shape (n,).

    R1 is the line at the longer wavelength by construction. A stated `separation_nm` is held, and then both lines
    keep one background and shape but their own widths.
    """
    middle_nm = float(np.mean(wavelengths_nm))
    low_nm, high_nm = float(wavelengths_nm.min()), float(wavelengths_nm.max())
    lowest_height = 0.0 if likelihood is Likelihood.POISSON else -np.inf
    bounds = (
        (0.0, np.inf), (low_nm, high_nm), WIDTH_BOUNDS_NM, (0.0, np.inf), SEPARATION_BOUNDS_NM, WIDTH_BOUNDS_NM,
        (lowest_height, np.inf), (-np.inf, np.inf), (0.0, 1.0),
    )  # fmt: skip
    units = ("counts", "nm", "nm", "counts", "nm", "nm", "counts", "counts/nm", "")
    held = {} if is_pseudo_voigt else {"lorentzian_fraction": 1.0}
    held |= {} if separation_nm is None else {"separation_nm": separation_nm}
    parameters = tuple(
        Parameter(name, held.get(name, float(value)), *bound, unit, is_fixed=name in held)
        for name, value, bound, unit in zip(NAMES, start, bounds, units, strict=True)
    )
    return Problem(
        parameters,
        lambda values: predicted_counts(values, wavelengths_nm, middle_nm),
        lambda values: derivatives(values, wavelengths_nm, middle_nm),
        counts,
        likelihood,
    )
