"""One spectrum of an integrating sphere as it was taken: bands, time, scans, filter, from the file or as stated."""

import re
from dataclasses import dataclass

import numpy as np

from analysis.methods.contract import Signal, Work
from analysis.methods.stating import number, number_or_none, word
from analysis.methods.units import axis_unit
from analysis.physics.fitting.problem import Floats
from analysis.physics.photon_bands import Band, BandRates, Bands, Exposure, band_rates, inside, pixel_widths_nm
from analysis.physics.refusing import CannotAnalyse

ROLES = ("empty", "indirect", "direct")
COUNTS, ENERGY, RAW = "photon counts", "energy per nm", "counts without response correction"
TRANSMISSION, DENSITY = "transmission", "optical density"
FILTER = re.compile(r"\bND\s*=?\s*(\d+(?:[.,]\d+)?)", re.IGNORECASE)
BAND = r"\s*band\s*(?:=|:)?\s*(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*nm"
PHOTONS = re.compile(r"photon[- ](?:corrected|counts|count)|photons", re.IGNORECASE)
# Around the laser's wavelength, and from where no laser light is left to where emission may begin.
LASER_HALF_WIDTH_NM, DARK_FROM_LASER_NM, DARK_TO_EMISSION_NM = 12.0, 35.0, 20.0
USUAL_EMISSION_NM: Band = (560.0, 800.0)
LASER_KEYS = ("excitation_wavelength_nm", "laser_nm")
# A mean of saturated and other scans lies just below the full scale.
FULL_RATIO = 0.99
# So many equal readings at the very top of a bright line are a detector's end, not chance.
FLAT_COUNT, BRIGHT_SIGMA = 3, 30.0


@dataclass(frozen=True, slots=True, eq=False)
class SphereSpectrum:
    """One of the three measurements, and its rates above the dark."""

    role: str
    wavelengths_nm: Floats
    readings: Floats
    exposure: Exposure
    # What the filter's number in the file was, None where none is named.
    written_filter: float | None
    rates: BandRates


def sphere_spectrum(signal: Signal, role: str, work: Work, bands: Bands) -> SphereSpectrum:
    """Return one measurement; raises CannotAnalyse for what is missing or cannot be used."""
    wavelengths_nm, readings = np.asarray(signal.x, dtype=float), np.asarray(signal.values, dtype=float)
    if readings.ndim != 1 or axis_unit(signal.x_unit, signal.x_name) != "nm":
        raise CannotAnalyse(f"The {role} measurement is no spectrum over nm.")
    if not np.isfinite(readings).all():
        raise CannotAnalyse(f"The {role} measurement has gaps; export the whole spectrum.")
    if float(np.ptp(readings)) == 0.0:
        raise CannotAnalyse(f"All readings of the {role} measurement are the same; the file holds no spectrum.")
    written = written_filter(signal, role, work)
    exposure = Exposure(time_s(signal, role, work), scan_count(signal, work), transmission(written, role, work))
    weights = wavelengths_nm * pixel_widths_nm(wavelengths_nm) if spectrum_unit(signal, work) == ENERGY else None
    rates = band_rates(wavelengths_nm, readings, bands, exposure, weights=weights)
    return SphereSpectrum(role, wavelengths_nm, readings, exposure, written, rates)


def comment_of(signal: Signal) -> str:
    """Return what was noted in the file."""
    return str(signal.settings.get("comment", ""))


def spectrum_unit(signal: Signal, work: Work) -> str:
    """Return what the readings are; raises CannotAnalyse when neither file nor person says so."""
    if stated := word(work, "spectrum_unit"):
        return stated
    if "W" in signal.unit or "J" in signal.unit:
        return ENERGY
    if PHOTONS.search(comment_of(signal)) or "photon" in signal.unit.lower():
        return COUNTS
    raise CannotAnalyse(
        f"State what the spectra hold after the correction of the sphere ({COUNTS}, {ENERGY} or {RAW}): spectrum_unit."
    )


def time_s(signal: Signal, role: str, work: Work) -> float:
    """Return the integration time of one scan."""
    found = signal.settings.get("integration_time_s") or number_or_none(work, "integration_time_s")
    if not found or float(found) <= 0:
        raise CannotAnalyse(f"The {role} measurement states no integration time; state it: integration_time_s.")
    return float(found)


def scan_count(signal: Signal, work: Work) -> int:
    """Return how many scans were averaged, one where nothing is said."""
    settings = signal.settings
    found = number_or_none(work, "scan_count") or settings.get("accumulations") or settings.get("accumulation_count")
    return max(int(float(found or 1)), 1)


def written_filter(signal: Signal, role: str, work: Work) -> float | None:
    """Return the number of the ND filter, stated or in the file; None where none is named."""
    stated = number_or_none(work, f"nd_{role}")
    if stated is None:
        stated = signal.settings.get("nd_transmission_ratio")
    found = FILTER.search(comment_of(signal))
    if stated is None and found:
        stated = float(found[1].replace(",", "."))
    return None if stated is None else float(stated)


def transmission(written: float | None, role: str, work: Work) -> float:
    """Return the part of the light that the filter let through, one without a filter."""
    if written is None:
        return 1.0
    if word(work, "nd_reading") == DENSITY:
        return float(10**-written)
    if not 0 < written <= 1:
        raise CannotAnalyse(
            f"The filter of the {role} measurement, ND {written:g}, is no transmission: state nd_reading."
        )
    return written


def bands_of(signals: tuple[Signal, ...], work: Work) -> tuple[Bands, str]:
    """Return the bands and where they are from: stated, noted in the files, or usual around the laser."""
    comment = " ".join(comment_of(one) for one in signals)
    noted_laser, noted_emission = noted_band("laser", comment), noted_band("PL", comment)
    laser = stated_band("laser", work) or noted_laser or around(laser_nm(signals, work))
    emission = stated_band("pl", work) or noted_emission or USUAL_EMISSION_NM
    middle_nm = (laser[0] + laser[1]) / 2
    dark = stated_band("dark", work) or (middle_nm + DARK_FROM_LASER_NM, emission[0] - DARK_TO_EMISSION_NM)
    if not laser[1] < dark[0] < dark[1] <= emission[0]:
        raise CannotAnalyse(
            f"The bands overlap: laser {told(laser)}, dark {told(dark)}, PL {told(emission)}; state them in this order."
        )
    origins = {
        "laser": "stated" if stated_band("laser", work) else "noted in the file" if noted_laser else "usual",
        "PL": "stated" if stated_band("pl", work) else "noted in the file" if noted_emission else "usual",
    }
    return Bands(laser, emission, dark), ", ".join(f"{name} band {origin}" for name, origin in origins.items())


def laser_nm(signals: tuple[Signal, ...], work: Work) -> float:
    """Return the wavelength of the laser; raises CannotAnalyse when neither person nor file says it."""
    found = number_or_none(work, "excitation_wavelength_nm") or next(
        (one.settings[key] for one in signals for key in LASER_KEYS if one.settings.get(key)), None
    )
    if found is None:
        raise CannotAnalyse("State the wavelength of the laser: excitation_wavelength_nm.")
    return float(found)


def around(middle_nm: float) -> Band:
    """Return the band of a laser line."""
    return middle_nm - LASER_HALF_WIDTH_NM, middle_nm + LASER_HALF_WIDTH_NM


def stated_band(name: str, work: Work) -> Band | None:
    """Return a band that a person stated; raises CannotAnalyse for half of one."""
    low_nm, high_nm = number_or_none(work, f"{name}_from_nm"), number_or_none(work, f"{name}_to_nm")
    if low_nm is None and high_nm is None:
        return None
    if low_nm is None or high_nm is None or high_nm <= low_nm:
        raise CannotAnalyse(f"State both ends of the band, the lower first: {name}_from_nm and {name}_to_nm.")
    return low_nm, high_nm


def noted_band(name: str, comment: str) -> Band | None:
    """Return a band that the comment of a file names."""
    found = re.search(rf"\b{name}{BAND}", comment, re.IGNORECASE)
    return (float(found[1]), float(found[2])) if found else None


def told(band: Band) -> str:
    """Return a band in words."""
    return f"{band[0]:g}–{band[1]:g} nm"


def is_saturated(spectrum: SphereSpectrum, work: Work) -> bool:
    """Say whether readings reach the full scale of the detector, or several neighbours share the highest value."""
    highest = float(spectrum.readings.max())
    full = number(work, "saturation_counts")
    is_top = spectrum.readings == highest
    is_flat = bool((is_top[1:] & is_top[:-1]).any()) and int(is_top.sum()) >= FLAT_COUNT
    is_bright = highest - spectrum.rates.dark.level > BRIGHT_SIGMA * spectrum.rates.dark.variance**0.5
    return FULL_RATIO * full <= highest <= full * 1.0001 or (is_flat and is_bright)


def edge_part(spectrum: SphereSpectrum, band: Band) -> float:
    """Return how high the spectrum still is at the edges of a band, as a part of its height there."""
    chosen = spectrum.readings[inside(spectrum.wavelengths_nm, band)] - spectrum.rates.dark.level
    edges = np.sort([chosen[:3].mean(), chosen[-3:].mean()])
    noise = 5 * np.sqrt(spectrum.rates.dark.variance / 3)
    height = float(chosen.max())
    return float(edges[-1]) / height if height > 0 and edges[-1] > noise else 0.0
