"""Series along pressure and temperature that follow known laws."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from analysis.methods.contract import Points, SettingValue, Work
from analysis.physics.fitting.problem import Floats
from analysis.physics.pressure import kink
from analysis.physics.temperature import broadening, gap, quenching
from scripts.coverage.case import Case

PRESSURES_GPA = np.array([0.0, 0.13, 0.25, 0.4, 0.55, 0.7, 0.85, 1.0, 1.27, 1.45, 1.65, 1.8, 2.0, 2.3])
KINK = np.array([1.84, -0.045, 0.017, 0.48])
KINK_TRUTHS = {
    "energy_zero_pressure": KINK[0], "pressure_slope_below": 1e3 * KINK[1], "pressure_slope_above": 1e3 * KINK[2],
    "pressure_kink": KINK[3],
}  # fmt: skip
PRESSURE_STDERR_GPA, SCATTER_EV = 0.004, 4e-4

LIFETIME_GPA = np.array([0.0, 0.4, 1.0, 2.0])

TEMPERATURES_K = np.arange(80.0, 301.0, 20.0)
WIDE_K = np.arange(10.0, 451.0, 20.0)
PHONON_MEV, PHONON_STDERR_MEV = 38.0, 1.5
GAP = np.array([1.90, 2.4e-4, -0.062])
GAP_TRUTHS = {
    "gap_e0": GAP[0], "gap_zero_temperature": GAP[0] + GAP[2], "gap_expansion": GAP[1], "gap_phonon": GAP[2],
    "gap_slope_300k": 1e3 * float(gap.slopes_ev_per_k(GAP, np.array([300.0]), PHONON_MEV / 1e3)[0]),
}  # fmt: skip
WIDTHS = np.array([42.0, 0.06, 110.0, 36.0])
WIDTH_TRUTHS = dict(zip(broadening.NAMES, map(float, WIDTHS), strict=True))
QUENCHING = np.array([np.log(2e5), 4.3, 80.0, -np.inf, 1.0, 0.0, 0.0])
QUENCHING_TRUTHS = {"quenching_intensity": 2e5, "quenching_strength": 4.3, "quenching_energy": 80.0}


def shifted(rng: np.random.Generator, pressures_gpa: Floats, *, has_errors: bool) -> Work:
    """Return peaks that turn round, scattering by more than their fits say."""
    count = len(pressures_gpa)
    stderrs = rng.uniform(0.6e-4, 1.6e-4, count)
    energies = kink.energies_ev(KINK, pressures_gpa) + rng.normal(0.0, np.hypot(stderrs, SCATTER_EV))
    seen = pressures_gpa + rng.normal(0.0, PRESSURE_STDERR_GPA if has_errors else 0.0, count)
    errors, nothing = np.full(count, PRESSURE_STDERR_GPA), np.full(count, np.nan)
    told = (errors, stderrs) if has_errors else (nothing, nothing)
    points = Points(seen, told[0], "GPa", energies, told[1], "eV", ("compression",) * count)
    return Work(points={"energies": points}, settings={"model": "kink"})


def many_rungs(rng: np.random.Generator) -> Work:
    """Return a shift over fourteen rungs."""
    return shifted(rng, PRESSURES_GPA, has_errors=True)


def eight_rungs(rng: np.random.Generator) -> Work:
    """Return a shift over eight rungs without any errors."""
    return shifted(rng, np.array([0.0, 0.13, 0.3, 0.7, 1.0, 1.27, 1.65, 2.0]), has_errors=False)


def straight(rng: np.random.Generator) -> Work:
    """Return a shift along a line over five rungs with errors of both."""
    pressures_gpa = np.array([0.0, 0.3, 0.8, 1.4, 2.1])
    errors_gpa, errors_ev = np.full(5, 0.01), np.full(5, 3e-4)
    seen, energies = rng.normal(pressures_gpa, errors_gpa), rng.normal(1.84 - 0.03 * pressures_gpa, errors_ev)
    points = Points(seen, errors_gpa, "GPa", energies, errors_ev, "eV")
    return Work(points={"energies": points}, settings={"model": "line", "scatter": "stated"})


def lifetimes(rng: np.random.Generator) -> Work:
    """Return lifetimes whose logarithm falls by 0.6 and ends at its minimum."""
    pressures, stderrs = LIFETIME_GPA, np.array([0.08, 0.06, 0.05, 0.05])
    truths = 6.0 * np.exp(-0.3 * pressures)
    nothing = np.full(4, np.nan)
    values = truths + rng.normal(0.0, stderrs)
    return Work(points={"lifetimes": Points(pressures, nothing, "GPa", values, stderrs, "ns", ("50 ns",) * 4)})


def gap_work(rng: np.random.Generator, temperatures_k: Floats, scatter_ev: float, stderrs_ev: Floats) -> Work:
    """Return peak energies along temperature."""
    scale = np.hypot(np.nan_to_num(stderrs_ev), scatter_ev)
    energies = gap.design(temperatures_k, PHONON_MEV / 1e3) @ GAP + rng.normal(0.0, scale)
    points = Points(temperatures_k, np.full(len(temperatures_k), np.nan), "K", energies, stderrs_ev, "eV")
    settings: Mapping[str, SettingValue] = {"phonon_energy_mev": PHONON_MEV, "reading": "Eg(0)"}
    return Work(points={"energies": points}, settings=settings)


def gap_of_fits(rng: np.random.Generator) -> Work:
    """Return energies that scatter by more than their fits say."""
    return gap_work(rng, TEMPERATURES_K, 3e-4, rng.uniform(1e-5, 4e-5, len(TEMPERATURES_K)))


def gap_of_stated_errors(rng: np.random.Generator) -> Work:
    """Return energies that scatter by what is stated."""
    return gap_work(rng, TEMPERATURES_K, 0.0, np.full(len(TEMPERATURES_K), 5e-4))


def gap_of_lent_phonon(rng: np.random.Generator) -> Work:
    """Return energies with a phonon energy that another fit told with its error."""
    work = gap_of_stated_errors(rng)
    lent_mev = rng.normal(PHONON_MEV, PHONON_STDERR_MEV)
    settings = {**work.settings, "phonon_energy_mev": lent_mev, "phonon_energy_stderr_mev": PHONON_STDERR_MEV}
    return replace(work, settings=settings)


def gap_of_five(rng: np.random.Generator) -> Work:
    """Return energies at five temperatures without errors."""
    return gap_work(rng, np.array([80.0, 135.0, 190.0, 245.0, 300.0]), 3e-4, np.full(5, np.nan))


def widths_work(rng: np.random.Generator, temperatures_k: Floats, scatter_mev: float) -> Work:
    """Return linewidths along temperature that scatter by more than their fits say."""
    stderrs = rng.uniform(0.01, 0.03, len(temperatures_k))
    widths = broadening.linewidths_mev(WIDTHS, temperatures_k) + rng.normal(0.0, np.hypot(stderrs, scatter_mev))
    points = Points(temperatures_k, np.full(len(temperatures_k), np.nan), "K", widths, stderrs, "meV")
    return Work(points={"widths": points})


def widths_over_a_wide_range(rng: np.random.Generator) -> Work:
    """Return linewidths that tell all four parameters apart."""
    return widths_work(rng, WIDE_K, 0.1)


def widths_at_seven(rng: np.random.Generator) -> Work:
    """Return linewidths at seven temperatures, where the parameters are nearly degenerate."""
    return widths_work(rng, np.array([20.0, 80.0, 130.0, 180.0, 230.0, 280.0, 330.0]), 0.1)


def quenching_work(rng: np.random.Generator, temperatures_k: Floats, scatter: float) -> Work:
    """Return photons along temperature that scatter by more than their fits say."""
    truths = np.exp(quenching.ln_intensities(QUENCHING, temperatures_k))
    stderrs = truths * rng.uniform(5e-4, 2e-3, len(temperatures_k))
    intensities = truths * np.exp(rng.normal(0.0, np.hypot(stderrs / truths, scatter)))
    points = Points(temperatures_k, np.full(len(temperatures_k), np.nan), "K", intensities, stderrs, "counts")
    return Work(points={"intensities": points}, settings={"channels": "one channel"})


def photons_at_twelve(rng: np.random.Generator) -> Work:
    """Return photons at twelve temperatures."""
    return quenching_work(rng, TEMPERATURES_K, 0.01)


def photons_at_six(rng: np.random.Generator) -> Work:
    """Return photons at six temperatures."""
    return quenching_work(rng, np.array([80.0, 125.0, 170.0, 215.0, 260.0, 300.0]), 0.01)


CASES: tuple[Case, ...] = (
    Case("pressure_shift", "fourteen rungs", many_rungs, KINK_TRUTHS),
    Case("pressure_shift", "eight rungs without errors", eight_rungs, KINK_TRUTHS, is_weak=True),
    Case("pressure_shift", "five rungs on a line", straight, {"energy_zero_pressure": 1.84, "pressure_slope": -30.0}),
    Case("lifetime_against_pressure", "four lifetimes", lifetimes,
         {"lifetime_log_change": -0.6, "lifetime_minimum": 6.0 * float(np.exp(-0.3 * LIFETIME_GPA[-1]))}),
    Case("gap_against_temperature", "errors of fits", gap_of_fits, GAP_TRUTHS),
    Case("gap_against_temperature", "stated errors", gap_of_stated_errors, GAP_TRUTHS),
    Case("gap_against_temperature", "a phonon energy with its error", gap_of_lent_phonon, GAP_TRUTHS),
    Case("gap_against_temperature", "five temperatures without errors", gap_of_five, GAP_TRUTHS, is_weak=True),
    Case("broadening_against_temperature", "10 to 450 K", widths_over_a_wide_range, WIDTH_TRUTHS),
    Case("broadening_against_temperature", "seven temperatures", widths_at_seven, WIDTH_TRUTHS, is_weak=True),
    Case("quenching_against_temperature", "twelve temperatures", photons_at_twelve, QUENCHING_TRUTHS),
    Case("quenching_against_temperature", "six temperatures", photons_at_six, QUENCHING_TRUTHS, is_weak=True),
)  # fmt: skip
