"""Absolute quantum yield from the three measurements of an integrating sphere."""

from dataclasses import dataclass
from math import hypot

import numpy as np

from analysis.methods.contract import Outcome, Plot, Result, ResultTable, SettingValue, Work
from analysis.methods.plqy_checks import refuse_swapped, yield_flags
from analysis.methods.sphere_spectrum import (
    DENSITY,
    ROLES,
    SphereSpectrum,
    bands_of,
    spectrum_unit,
    sphere_spectrum,
    told,
)
from analysis.methods.stating import number, number_or_none, word
from analysis.physics.fitting.problem import Floats
from analysis.physics.photon_bands import Bands
from analysis.physics.quantum_yield import (
    QuantumYield,
    Spread,
    drawn_yields,
    quantum_yield,
    two_measurements,
    without_reabsorption,
)
from analysis.physics.refusing import CannotAnalyse
from analysis.publishing.rounding import Number, printed


@dataclass(frozen=True, slots=True, eq=False)
class Triple:
    """The three measurements with what they give; `drawn` are the intervals of A and Φ where they are skewed."""

    spectra: tuple[SphereSpectrum, ...]
    bands: Bands
    bands_from: str
    rates: Floats
    covariance: Floats
    found: QuantumYield
    drawn: tuple[Spread, Spread] | None
    calibration_ratio: float


def run(work: Work) -> Outcome:
    """Return absorptance and quantum yield of three measurements."""
    triple = triple_of(work)
    return Outcome(
        results=results_of(triple, work),
        statistics=statistics_of(triple, work),
        flags=yield_flags(triple.spectra, triple.bands, triple.found, work),
        plots=(spectra_plot(triple),),
        tables=(rates_table(triple),),
        says=sentence(triple),
    )


def triple_of(work: Work) -> Triple:
    """Return the measurements and their yield; raises CannotAnalyse for what is missing or impossible."""
    signals = tuple(work.signals[role][0] for role in ROLES)
    if len({one.sha256 for one in signals if one.sha256}) < sum(bool(one.sha256) for one in signals):
        raise CannotAnalyse("The same file was given twice; give the empty, the indirect and the direct one.")
    bands, bands_from = bands_of(signals, work)
    spectra = tuple(sphere_spectrum(one, role, work, bands) for one, role in zip(signals, ROLES, strict=True))
    check_filters(spectra)
    refuse_swapped(spectra)
    rates, covariance = together(spectra, number(work, "sphere_factor"))
    found = quantum_yield(rates, covariance)
    drawn = drawn_yields(rates, covariance, seed=work.seed) if found.is_skewed else None
    return Triple(spectra, bands, bands_from, rates, covariance, found, drawn, calibration_ratio(work))


def calibration_ratio(work: Work) -> float:
    """Return the relative error of the correction, stated in percent and with the factor of the sphere."""
    of_factor = (number_or_none(work, "sphere_factor_stderr") or 0.0) / number(work, "sphere_factor")
    return hypot((number_or_none(work, "calibration_stderr_percent") or 0.0) / 100, of_factor)


def check_filters(spectra: tuple[SphereSpectrum, ...]) -> None:
    """Refuse a triple of which only some say which filter was in the beam."""
    silent = [one.role for one in spectra if one.written_filter is None]
    if 0 < len(silent) < len(spectra):
        raise CannotAnalyse(f"The filter of {' and '.join(silent)} is not stated; state nd_{silent[0]}, 1 for none.")


def together(spectra: tuple[SphereSpectrum, ...], sphere_factor: float) -> tuple[Floats, Floats]:
    """Return the rates (La, Lb, Lc, Pb, Pc), shape (5,), and their covariance, shape (5, 5).

    The factor of the sphere is that of its response to laser and emission; it multiplies the emission.
    """
    empty, indirect, direct = (one.rates for one in spectra)
    rates = np.array([empty.laser, indirect.laser, direct.laser, indirect.emission, direct.emission])
    covariance = np.zeros((5, 5))
    covariance[0, 0] = empty.covariance[0, 0]
    covariance[np.ix_([1, 3], [1, 3])] = indirect.covariance
    covariance[np.ix_([2, 4], [2, 4])] = direct.covariance
    factors = np.array([1.0, 1.0, 1.0, sphere_factor, sphere_factor])
    return rates * factors, covariance * np.outer(factors, factors)


def results_of(triple: Triple, work: Work) -> tuple[Result, ...]:
    """Return the numbers in percent; medians and intervals where the distribution is skewed."""
    found = triple.found
    a_stderr, y_stderr, b_stderr = (float(one) for one in found.stderrs)
    calibrated = hypot(y_stderr, found.quantum_yield * triple.calibration_ratio)
    note = "median of draws" if triple.drawn else ""
    absorbed, emitted = triple.drawn or (None, None)
    told_results = [
        percent("plqy", found.quantum_yield, calibrated, emitted, note),
        percent("absorptance", found.absorptance, a_stderr, absorbed, note),
        percent("brightness", found.brightness, hypot(b_stderr, found.brightness * triple.calibration_ratio)),
        percent(
            "plqy_two_measurements", *two_measurements(triple.rates, triple.covariance), note="for comparison only"
        ),
    ]
    reabsorbed = number_or_none(work, "reabsorbed_fraction")
    if reabsorbed is not None:
        value, slope = without_reabsorption(found.quantum_yield, reabsorbed)
        told_results.append(percent("plqy_reabsorption", value, slope * calibrated))
    return tuple(told_results)


def percent(name: str, value: float, stderr: float, spread: Spread | None = None, note: str = "") -> Result:
    """Return a fraction in percent, by its median and interval when it has one."""
    if spread is None or not np.isfinite([spread.low, spread.high]).all():
        return Result(name, 100 * value, 100 * stderr, "%", note=note)
    half = (spread.high - spread.low) / 2
    return Result(name, 100 * spread.median, 100 * half, "%", 100 * spread.low, 100 * spread.high, note)


def statistics_of(triple: Triple, work: Work) -> dict[str, SettingValue]:
    """Return how the numbers came about."""
    bands, found = triple.bands, triple.found
    correlation = found.covariance[0, 1] / max(float(found.stderrs[0] * found.stderrs[1]), 1e-300)
    filters = [one.written_filter for one in triple.spectra]
    return {
        "formula": "three measurements (de Mello)",
        "likelihood": " / ".join(sorted({one.rates.dark.noise for one in triple.spectra})),
        "covariance": "not scaled",
        "propagation": f"{'draws' if triple.drawn else 'gradient'}, dark level included",
        "plqy_stderr_by_gradient_percent": 100 * float(found.stderrs[1]),
        "correlation_absorptance_plqy": correlation,
        "laser_band": told(bands.laser_nm),
        "pl_band": told(bands.emission_nm),
        "dark_band": told(bands.dark_nm),
        "bands_from": triple.bands_from,
        "spectrum_unit": spectrum_unit(work.signals["direct"][0], work),
        "filter": "not stated, taken as the same" if None in filters else reading_told(triple, work),
        "sphere_factor": number(work, "sphere_factor"),
        "calibration_error": "not stated" if not triple.calibration_ratio else f"{100 * triple.calibration_ratio:g} %",
        "seed": work.seed,
    }


def reading_told(triple: Triple, work: Work) -> str:
    """Return how the numbers of the filters were read."""
    numbers = ", ".join(f"{one.written_filter:g}" for one in triple.spectra)
    return f"ND {numbers} read as {DENSITY if word(work, 'nd_reading') == DENSITY else 'transmission'}"


def rates_table(triple: Triple) -> ResultTable:
    """Return laser and emission of each measurement with their errors."""
    columns = (
        ("measurement", ""), ("laser", "1/s"), ("± laser", "1/s"), ("PL", "1/s"), ("± PL", "1/s"), ("dark", "counts"),
        ("time", "s"), ("scans", ""), ("transmission", ""),
    )  # fmt: skip
    rows = tuple(
        (
            one.role, one.rates.laser, float(one.rates.stderrs[0]), one.rates.emission, float(one.rates.stderrs[1]),
            one.rates.dark.level, one.exposure.time_s, float(one.exposure.scan_count), one.exposure.transmission_ratio,
        )
        for one in triple.spectra
    )  # fmt: skip
    return ResultTable("rates", "Photons per second", columns, rows)


def spectra_plot(triple: Triple) -> Plot:
    """Return the three spectra as rates above the dark, with the bands."""
    direct = triple.spectra[-1]
    drawn = {
        one.role: np.interp(direct.wavelengths_nm, one.wavelengths_nm, one.readings - one.rates.dark.level)
        * one.exposure.per_photon
        for one in triple.spectra
    }
    bands = triple.bands
    return Plot(
        "spectra", "Integrating sphere", "Wavelength", "nm", "Photons per pixel", "1/s", direct.wavelengths_nm,
        drawn["direct"], components=drawn,
        bands=((*bands.laser_nm, "laser"), (*bands.emission_nm, "PL"), (*bands.dark_nm, "dark")), is_log=True,
    )  # fmt: skip


def sentence(triple: Triple) -> str:
    """Return what the measurements say in one sentence."""
    found = triple.found
    absorbed = printed(Number(100 * found.absorptance, 100 * float(found.stderrs[0])))
    if triple.drawn:
        spread = triple.drawn[1]
        value = printed(Number(100 * spread.median, None, 100 * spread.low, 100 * spread.high))
    else:
        stderr = hypot(float(found.stderrs[1]), found.quantum_yield * triple.calibration_ratio)
        value = printed(Number(100 * found.quantum_yield, 100 * stderr))
    return f"The sample absorbs {absorbed} % of the laser and emits {value} % of that."
