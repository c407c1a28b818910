"""Concentration of particles from absorbance, edge length, and an absorption coefficient that a person vouches for."""

import numpy as np

from analysis.methods.contract import Flag, Outcome, Result, Signal, Work
from analysis.methods.stating import number, number_or_none, word
from analysis.methods.units import axis_unit
from analysis.physics.concentration import Concentration, Known, concentration
from analysis.physics.refusing import CannotAnalyse
from analysis.publishing.rounding import Number, printed

# Below, noise and baseline decide; above, stray light does.
LEAST_ABSORBANCE, MOST_ABSORBANCE = 0.02, 2.5


def run(work: Work) -> Outcome:
    """Return particles and mass per volume of the solution that was in the cell, times its dilution."""
    absorbance = absorbance_of(work)
    found = concentration(
        Known(absorbance, number_or_none(work, "absorbance_stderr") or 0.0),
        stated(work, "edge_length_nm", "edge_length_stderr_nm"),
        stated(work, "absorption_per_cm", "absorption_stderr_per_cm"),
        stated(work, "path_length_cm", "path_length_stderr_cm"),
        std_nm=number_or_none(work, "edge_length_std_nm") or 0.0,
        cell_nm3=number(work, "cell_volume_nm3"),
        molar_mass_g_per_mol=number(work, "molar_mass_g_per_mol"),
    )
    return Outcome(
        results=results_of(found, number(work, "dilution_factor")),
        statistics={
            "formula": "c = A/(ε l), ε = N_A ⟨L³⟩ µ/(1000 ln 10)",
            "absorbance": absorbance,
            "absorption_source": word(work, "absorption_source"),
            "mean_of_cubes": "with the spread of sizes"
            if number_or_none(work, "edge_length_std_nm")
            else "of one size",
            "dilution_factor": number(work, "dilution_factor"),
        },
        flags=flags_of_absorbance(absorbance),
        says=sentence(found, number(work, "dilution_factor")),
    )


def stated(work: Work, name: str, stderr_name: str) -> Known:
    """Return a stated number with its error, zero where none was stated."""
    return Known(number(work, name), number_or_none(work, stderr_name) or 0.0)


def absorbance_of(work: Work) -> float:
    """Return the absorbance that was stated, or that of the spectrum at the wavelength."""
    told = number_or_none(work, "absorbance")
    if told is not None:
        return told
    signals = work.signals.get("spectrum", ())
    if not signals:
        raise CannotAnalyse("State the absorbance at the wavelength of µ, or give the spectrum: absorbance.")
    return read_at(signals[0], number(work, "wavelength_nm"))


def read_at(signal: Signal, wavelength_nm: float) -> float:
    """Return the absorbance of a spectrum at a wavelength; raises CannotAnalyse where it was not measured."""
    if np.ndim(signal.values) != 1 or axis_unit(signal.x_unit, signal.x_name) != "nm":
        raise CannotAnalyse("The absorbance is no spectrum over nm.")
    if not signal.x.min() <= wavelength_nm <= signal.x.max():
        raise CannotAnalyse(f"The spectrum does not reach {wavelength_nm:g} nm; state another µ or the absorbance.")
    order = np.argsort(signal.x)
    return float(np.interp(wavelength_nm, signal.x[order], signal.values[order]))


def results_of(found: Concentration, dilution_factor: float) -> tuple[Result, ...]:
    """Return the numbers, concentrations before dilution; an error of zero is not told."""
    told = (
        ("molar_absorption", found.molar_absorption, 1.0, "1/(M cm)"),
        ("concentration", found.particles_nm, dilution_factor, "nM"),
        ("units_per_particle", found.units_per_particle, 1.0, ""),
        ("mass_concentration", found.mass_g_per_l, dilution_factor, "g/L"),
    )
    return tuple(
        Result(name, one.value * factor, one.stderr * factor or None, unit) for name, one, factor, unit in told
    )


def flags_of_absorbance(absorbance: float) -> tuple[Flag, ...]:
    """Return flags for an absorbance that a spectrometer does not tell well."""
    if absorbance > MOST_ABSORBANCE:
        text = f"An absorbance of {absorbance:.3g} is beyond what stray light lets a spectrometer see; dilute."
        return (Flag("too_dense", text, is_grave=True),)
    if absorbance < LEAST_ABSORBANCE:
        text = f"An absorbance of {absorbance:.2g} is within the errors of the baseline; measure a denser solution."
        return (Flag("too_thin", text, is_grave=True),)
    return ()


def sentence(found: Concentration, dilution_factor: float) -> str:
    """Return what the absorbance says in one sentence."""
    particles, mass = (
        printed(Number(one.value * dilution_factor, one.stderr * dilution_factor or None))
        for one in (found.particles_nm, found.mass_g_per_l)
    )
    return f"{particles} nM of particles, {mass} g/L."
