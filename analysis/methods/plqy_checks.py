"""What speaks against a triple of sphere measurements: swapped, saturated, clipped, impossible."""

from itertools import pairwise

import numpy as np

from analysis.methods.contract import Flag, Work
from analysis.methods.sphere_spectrum import DENSITY, RAW, SphereSpectrum, edge_part, is_saturated, spectrum_unit
from analysis.methods.stating import word
from analysis.physics.photon_bands import Bands
from analysis.physics.quantum_yield import LEAST_ABSORPTANCE, QuantumYield
from analysis.physics.refusing import CannotAnalyse

# Laser light differs by more than chance beyond so many standard errors.
MOST_SIGMA = 4.0
# Of the height of a line at the edge of its band: more of it lies outside than the errors allow for.
MOST_EDGE_PART = 0.02
# Emission band in the empty sphere against that in the direct measurement.
MOST_STRAY_PART, GRAVE_STRAY_PART = 0.01, 0.05


def refuse_swapped(spectra: tuple[SphereSpectrum, ...]) -> None:
    """Refuse three measurements whose laser light does not fall from empty to indirect to direct."""
    by_light = sorted(spectra, key=lambda one: -one.rates.laser)
    for before, after in pairwise(spectra):
        stderr = float(np.hypot(before.rates.stderrs[0], after.rates.stderrs[0]))
        if after.rates.laser - before.rates.laser > MOST_SIGMA * stderr:
            order = ", ".join(one.role for one in by_light)
            raise CannotAnalyse(
                f"The {after.role} measurement has more laser light per time than the {before.role} one (most first: "
                f"{order}). Look whether the three are swapped, then at integration times and ND filters (nd_reading)."
            )


def yield_flags(spectra: tuple[SphereSpectrum, ...], bands: Bands, found: QuantumYield, work: Work) -> tuple[Flag, ...]:
    """Return what a person should know before the yield is used."""
    return (
        *detector_flags(spectra, work),
        *band_flags(spectra, bands),
        *value_flags(found),
        *choice_flags(spectra, work),
    )


def detector_flags(spectra: tuple[SphereSpectrum, ...], work: Work) -> tuple[Flag, ...]:
    """Return flags for measurements in which the detector was full, or whose noise is not that of counts."""
    full = [one.role for one in spectra if is_saturated(one, work)]
    odd = [one.role for one in spectra if one.rates.dark.noise != "Poisson"]
    text = (
        f"The dark readings of {' and '.join(odd)} do not scatter as averaged counts do; their own scatter was used. "
        "Look at the number of scans, and whether a dark spectrum was subtracted."
    )
    saturated = f"The detector was full in {' and '.join(full)}; measure again with less light or time."
    return (
        *((Flag("saturated", saturated, is_grave=True),) if full else ()),
        *((Flag("noise", text),) if odd else ()),
    )


def band_flags(spectra: tuple[SphereSpectrum, ...], bands: Bands) -> tuple[Flag, ...]:
    """Return flags for lines that reach beyond their band, and for laser light in the band of the emission."""
    flags = []
    empty, _, direct = spectra
    for name, band, code in (("laser", bands.laser_nm, "laser_clipped"), ("PL", bands.emission_nm, "pl_clipped")):
        looked_at = spectra if name == "laser" else (direct,)
        if max(edge_part(one, band) for one in looked_at) > MOST_EDGE_PART:
            text = f"The {name} reaches beyond its band, {band[0]:g}–{band[1]:g} nm; state a wider one."
            flags.append(Flag(code, text, is_grave=True))
    stray, stderr = empty.rates.emission, float(empty.rates.stderrs[1])
    part = stray / direct.rates.emission if direct.rates.emission > 0 else float("inf")
    if stray > MOST_SIGMA * stderr and part > MOST_STRAY_PART:
        text = (
            f"The empty sphere has light in the PL band, {100 * part:.2g} % of the PL: the tail of the laser or stray "
            "light. Start the band at a longer wavelength (pl_from_nm)."
        )
        flags.append(Flag("laser_tail", text, is_grave=part > GRAVE_STRAY_PART))
    return tuple(flags)


def value_flags(found: QuantumYield) -> tuple[Flag, ...]:
    """Return flags for numbers that cannot be, or that are hardly known."""
    flags = []
    value, stderr = found.quantum_yield, float(found.stderrs[1])
    if found.absorptance < LEAST_ABSORPTANCE:
        text = f"Only {100 * found.absorptance:.2g} % of the laser was absorbed; measure a thicker or denser sample."
        flags.append(Flag("little_absorbed", text, is_grave=True))
    if value > 1 + 2 * stderr or value < -2 * stderr:
        text = f"A yield of {100 * value:.4g} % cannot be; look at filters, times, bands and the sphere's correction."
        flags.append(Flag("impossible", text, is_grave=True))
    elif not 0 <= value <= 1:
        flags.append(Flag("beyond", f"{100 * value:.3g} % lies outside 0–100 % by less than twice its error."))
    if 0 <= value < 3 * stderr:
        flags.append(Flag("not_detected", "The emission is less than three of its errors; read it as an upper bound."))
    return tuple(flags)


def choice_flags(spectra: tuple[SphereSpectrum, ...], work: Work) -> tuple[Flag, ...]:
    """Return flags for spectra that were not corrected, and for filters whose number could be read in two ways."""
    flags = []
    if spectrum_unit(work.signals["direct"][0], work) == RAW:
        text = "The spectra are not corrected for sphere and spectrometer; the yield is in units of their response."
        flags.append(Flag("uncorrected", text, is_grave=True))
    if word(work, "nd_reading") != DENSITY and may_be_densities(spectra):
        text = (
            "The ND numbers were read as transmissions; read as optical densities they are possible too (nd_reading)."
        )
        flags.append(Flag("nd_reading", text))
    return tuple(flags)


def may_be_densities(spectra: tuple[SphereSpectrum, ...]) -> bool:
    """Say whether the filters' numbers would give falling laser light as optical densities, and another answer."""
    numbers = [one.written_filter for one in spectra]
    if None in numbers or len(set(numbers)) == 1:
        return False
    lights = [
        one.rates.laser * one.exposure.transmission_ratio * 10 ** float(one.written_filter or 0.0) for one in spectra
    ]
    return lights[0] >= lights[1] > lights[2]
