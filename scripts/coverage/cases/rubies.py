"""Ruby spectra with known lines, a λ0 known within its error, and the rubies of one rung."""

from collections.abc import Mapping
from functools import partial

import numpy as np

from analysis.methods.contract import Points, SettingValue, Signal, Work
from analysis.physics.ruby.doublet import predicted_counts
from analysis.physics.ruby.scales import mao_wavelength_nm
from scripts.coverage.case import Case

LAMBDA0_NM, LAMBDA0_STDERR_NM, AXIS_STDERR_NM, PRESSURE_GPA = 694.24, 0.006, 0.004, 1.27
R1_NM = mao_wavelength_nm(PRESSURE_GPA, LAMBDA0_NM)
BACKGROUND_COUNTS = 6.0
SEPARATION_NM, R1_FWHM_NM, R2_FWHM_NM = 1.43, 0.62, 0.55
WIDTHS = {"ruby_r1_fwhm": R1_FWHM_NM, "ruby_r2_fwhm": R2_FWHM_NM, "ruby_splitting": SEPARATION_NM}
LINES = {"ruby_r1": R1_NM, "ruby_r2": R1_NM - SEPARATION_NM, **WIDTHS}
AMBIENT_LINES = {"ruby_r1": LAMBDA0_NM, "ruby_r2": LAMBDA0_NM - SEPARATION_NM, **WIDTHS}
MAO: Mapping[str, SettingValue] = {"lambda0_nm": LAMBDA0_NM, "scale": "Mao1986"}


def spectrum(rng: np.random.Generator, r1_nm: float, height: float) -> Signal:
    """Return a ruby spectrum of Poisson counts."""
    x = np.linspace(688.0, 701.0, 420)
    values = np.array([
        height, r1_nm, R1_FWHM_NM, 0.55 * height, SEPARATION_NM, R2_FWHM_NM, BACKGROUND_COUNTS, 0.5, 1.0,
    ])  # fmt: skip
    counts = rng.poisson(predicted_counts(values, x, float(x.mean()))).astype(float)
    return Signal(counts, "counts", x, "nm")


def pressed(rng: np.random.Generator, height: float) -> Work:
    """Return a ruby under pressure with a λ0 without error."""
    return Work({"ruby": (spectrum(rng, R1_NM, height),)}, settings={**MAO, "shape": "Lorentzian"})


def pressed_with_errors(rng: np.random.Generator) -> Work:
    """Return a ruby whose λ0 and axis are off by their stated errors; the shapes of lines are compared."""
    settings: Mapping[str, SettingValue] = {
        **MAO, "lambda0_nm": rng.normal(LAMBDA0_NM, LAMBDA0_STDERR_NM), "lambda0_stderr_nm": LAMBDA0_STDERR_NM,
        "calibration_stderr_nm": AXIS_STDERR_NM,
    }  # fmt: skip
    return Work({"ruby": (spectrum(rng, rng.normal(R1_NM, AXIS_STDERR_NM), 3000.0),)}, settings=settings)


def ambient(rng: np.random.Generator) -> Work:
    """Return a ruby without pressure."""
    return Work({"ruby": (spectrum(rng, LAMBDA0_NM, 2000.0),)}, settings={"shape": "Lorentzian"})


def rung(rng: np.random.Generator) -> Work:
    """Return rubies of two chips before and after, of one pressure."""
    stderrs = np.array([0.004, 0.006, 0.005, 0.008])
    drift = np.array([-0.01, 0.01, -0.01, 0.01])
    values = PRESSURE_GPA + drift + rng.normal(0.0, stderrs)
    labels = ("chip 1, before", "chip 1, after", "chip 2, before", "chip 2, after")
    nothing = np.full(4, np.nan)
    return Work(points={"rubies": Points(nothing, nothing, "", values, stderrs, "GPa", labels)})


CASES: tuple[Case, ...] = (
    Case("ruby", "bright ruby", partial(pressed, height=3000.0), {"pressure": PRESSURE_GPA, **LINES}),
    Case("ruby", "λ0 and axis with errors", pressed_with_errors, {"pressure": PRESSURE_GPA, **WIDTHS}),
    Case("ruby", "few counts", partial(pressed, height=40.0), {"pressure": PRESSURE_GPA, **LINES}, is_weak=True),
    Case("ruby_lambda0", "ambient ruby", ambient, AMBIENT_LINES),
    Case("rung_pressure", "two chips before and after", rung, {"pressure": PRESSURE_GPA, "pressure_drift": 0.01}),
)
