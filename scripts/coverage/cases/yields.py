"""Spheres with samples of known yield, rates of known yields and lifetimes, sizes and concentrations."""

from collections.abc import Callable
from functools import partial
from math import log

import numpy as np

from analysis.methods.contract import Points, SettingValue, Signal, Work
from analysis.physics.constants import N_A_PER_MOL
from analysis.physics.sizing import energies_ev
from scripts.coverage.case import Case

NM = np.linspace(350.0, 900.0, 512)
DARK_COUNTS, SCANS = 150.0, 20
LASER_PER_S, INDIRECT = 1.2e6, 0.17
TIMES_S = {"empty": 0.1, "indirect": 0.1, "direct": 0.2}
FILTERS = {"empty": 0.5, "indirect": 0.5, "direct": 1.0}
LASER = np.exp(-(((NM - 405.0) / 1.0) ** 2) / 2)
EMISSION = np.exp(-(((NM - 672.0) / 14.0) ** 2) / 2)

REPEATED_PERCENT, BETWEEN_PERCENT = 60.0, 2.0
SPREAD_PERCENT = float(np.hypot(BETWEEN_PERCENT, 0.3))

SIZES_NM = np.array([5.0, 6.0, 7.5, 9.0, 11.0, 13.0, 15.0, 17.0])
CURVE = np.array([1.72, 8.0, 2.0])
ENERGY_STDERR_EV, SIZE_STDERR_NM = 0.003, 0.08

RATE_TRUTHS = {"rate_total": 0.05, "rate_radiative": 0.03, "rate_nonradiative": 0.02, "rate_ratio": 1.5}
EDGE_NM, ABSORPTION_PER_CM, ABSORBANCE = 9.0, 2.0e5, 0.5
CELL_NM3, UNITS_PER_CELL, GRAMS_PER_MOL = 0.9473288, 4, 720.81886196
UNITS = UNITS_PER_CELL * EDGE_NM**3 / CELL_NM3
MOLAR = N_A_PER_MOL * (EDGE_NM * 1e-7) ** 3 * ABSORPTION_PER_CM / (1000 * log(10))


def sphere(rng: np.random.Generator, *, plqy: float, absorptance: float, laser_per_s: float = LASER_PER_S) -> Work:
    """Return the three measurements of a sample."""
    beside = laser_per_s * (1 - INDIRECT)
    emitted_beside = plqy * laser_per_s * INDIRECT
    through = beside * (1 - absorptance)
    emitted = plqy * laser_per_s * absorptance + (1 - absorptance) * emitted_beside
    rates = {"empty": (laser_per_s, 0.0), "indirect": (beside, emitted_beside), "direct": (through, emitted)}
    return Work({role: (spectrum(rng, role, *rates[role]),) for role in rates}, settings={"nd_reading": "transmission"})


def spectrum(rng: np.random.Generator, role: str, laser_per_s: float, emission_per_s: float) -> Signal:
    """Return counts averaged over scans."""
    lines = laser_per_s * LASER / LASER.sum() + emission_per_s * EMISSION / EMISSION.sum()
    counts = rng.poisson((DARK_COUNTS + TIMES_S[role] * FILTERS[role] * lines) * SCANS) / SCANS
    settings = {
        "comment": f"ND={FILTERS[role]:g}; photon-corrected", "laser_nm": 405.0,
        "integration_time_s": TIMES_S[role], "accumulations": SCANS,
    }  # fmt: skip
    return Signal(counts, "", NM, "nm", "wavelength", settings=settings)


def repeats(rng: np.random.Generator, *, count: int) -> Work:
    """Return yields that differ by more than their counts explain."""
    stderrs, runs = np.full(count, 0.3), np.arange(1.0, count + 1)
    values = rng.normal(REPEATED_PERCENT, np.hypot(BETWEEN_PERCENT, stderrs))
    return Work(points={"runs": Points(runs, np.full(count, np.nan), "", values, stderrs, "%")})


def stated_rates(rng: np.random.Generator, *, plqy: float, plqy_stderr: float) -> Work:
    """Return a yield and a lifetime that scatter by their errors."""
    settings: dict[str, SettingValue] = {
        "plqy_percent": 100 * (plqy + plqy_stderr * rng.standard_normal()), "plqy_stderr_percent": 100 * plqy_stderr,
        "lifetime_ns": 20.0 + 0.5 * rng.standard_normal(), "lifetime_stderr_ns": 0.5,
        "lifetime_kind": "mono-exponential", "is_same_sample_and_state": True,
    }  # fmt: skip
    return Work(settings=settings)


def calibration(rng: np.random.Generator, *, exponent: str, with_errors: bool) -> Work:
    """Return sizes and energies that scatter about a curve, with both errors stated or none."""
    size_stderr_nm = SIZE_STDERR_NM if with_errors else 0.0
    sizes_nm = SIZES_NM + size_stderr_nm * rng.standard_normal(len(SIZES_NM))
    measured_ev = energies_ev(CURVE, SIZES_NM) + ENERGY_STDERR_EV * rng.standard_normal(len(SIZES_NM))
    stderrs = (SIZE_STDERR_NM, ENERGY_STDERR_EV) if with_errors else (np.nan, np.nan)
    points = Points(
        sizes_nm, np.full(len(SIZES_NM), stderrs[0]), "nm", measured_ev, np.full(len(SIZES_NM), stderrs[1]), "eV"
    )
    return Work(points={"sizes": points}, settings={"exponent": exponent})


def read_size(rng: np.random.Generator) -> Work:
    """Return an energy that scatters, to be read by a known curve."""
    settings: dict[str, SettingValue] = {
        "energy_ev": float(energies_ev(CURVE, np.array([10.0]))[0]) + 0.002 * rng.standard_normal(),
        "energy_stderr_ev": 0.002, "sizing_limit_ev": CURVE[0], "sizing_coefficient": CURVE[1],
        "sizing_exponent": CURVE[2], "least_size_nm": 5.0, "greatest_size_nm": 17.0, "curve_source": "made",
    }  # fmt: skip
    return Work(settings=settings)


def solution(rng: np.random.Generator) -> Work:
    """Return an absorbance, an edge and a coefficient that scatter by their errors."""
    settings: dict[str, SettingValue] = {
        "wavelength_nm": 400.0, "absorption_source": "made", "path_length_cm": 1.0,
        "absorbance": ABSORBANCE + 0.005 * rng.standard_normal(), "absorbance_stderr": 0.005,
        "absorption_per_cm": ABSORPTION_PER_CM * (1 + 0.03 * rng.standard_normal()),
        "absorption_stderr_per_cm": 0.03 * ABSORPTION_PER_CM,
        "edge_length_nm": EDGE_NM + 0.07 * rng.standard_normal(), "edge_length_stderr_nm": 0.07,
    }  # fmt: skip
    return Work(settings=settings)


def triple(name: str, *, plqy: float, absorptance: float, laser_per_s: float = LASER_PER_S, **flags: bool) -> Case:
    """Return a case of the sphere."""
    simulate: Callable[[np.random.Generator], Work] = partial(
        sphere, plqy=plqy, absorptance=absorptance, laser_per_s=laser_per_s
    )
    truths = {"plqy": 100 * plqy, "absorptance": 100 * absorptance}
    if not flags.get("is_weak"):
        truths |= {"brightness": 100 * plqy * absorptance, "plqy_two_measurements": 100 * plqy}
    return Case("plqy", name, simulate, truths, **flags)


CASES: tuple[Case, ...] = (
    triple("a bright sample", plqy=0.62, absorptance=0.66),
    triple("a dim sample", plqy=0.08, absorptance=0.6),
    triple("a sample that absorbs little", plqy=0.5, absorptance=0.05, laser_per_s=3e4, is_weak=True),
    Case("plqy_repeats", "twenty runs", partial(repeats, count=20), {"plqy": REPEATED_PERCENT}),
    Case(
        "plqy_repeats", "four runs", partial(repeats, count=4),
        {"plqy": REPEATED_PERCENT, "plqy_between_runs": SPREAD_PERCENT}, is_weak=True,
    ),
    Case("rates", "a known yield", partial(stated_rates, plqy=0.6, plqy_stderr=0.02), RATE_TRUTHS),
    Case(
        "rates", "a yield of twice its error", partial(stated_rates, plqy=0.2, plqy_stderr=0.1),
        {"rate_total": 0.05}, is_weak=True,
    ),
    Case(
        "sizing_curve", "without errors", partial(calibration, exponent="2", with_errors=False),
        {"sizing_limit": CURVE[0], "sizing_coefficient": CURVE[1]}, is_weak=True,
    ),
    Case(
        "sizing_curve", "errors of both", partial(calibration, exponent="2", with_errors=True),
        {"sizing_limit": CURVE[0], "sizing_coefficient": CURVE[1]},
    ),
    Case(
        "sizing_curve", "a free exponent without errors", partial(calibration, exponent="free", with_errors=False),
        {"sizing_limit": CURVE[0], "sizing_exponent": CURVE[2]}, is_weak=True,
    ),
    Case("size_from_energy", "by a known curve", read_size, {"size_estimated": 10.0}),
    Case(
        "concentration", "all errors", solution,
        {"concentration": ABSORBANCE / MOLAR * 1e9, "molar_absorption": MOLAR, "units_per_particle": UNITS,
         "mass_concentration": ABSORBANCE / MOLAR * UNITS * GRAMS_PER_MOL},
    ),
)  # fmt: skip
