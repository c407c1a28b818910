"""The powder pattern that a structure would have."""

import numpy as np
from numpy.typing import NDArray

from analysis.methods.contract import Outcome, Plot, ResultTable, Work
from analysis.methods.stating import number, number_or_none, word
from analysis.physics.diffraction.cif import structure_of_cif
from analysis.physics.diffraction.pattern import Crystallites, Optics, Sticks, profile, sticks
from analysis.physics.diffraction.radiation import radiation
from analysis.physics.diffraction.structures import DELTA, GAMMA_293K, GAMMA_325K, Structure
from analysis.physics.refusing import CannotAnalyse

STRUCTURES = {"γ 293 K": GAMMA_293K, "γ 325 K": GAMMA_325K, "δ": DELTA}
MOST_POINTS = 200_000
LEAST_PERCENT = 0.5


def run(work: Work) -> Outcome:
    """Return sticks and profile of a structure."""
    length = number_or_none(work, "wavelength_angstrom")
    if length is None:
        raise CannotAnalyse("State the wavelength in Å: wavelength_angstrom.")
    beam = radiation(length, number_or_none(work, "wavelength2_angstrom"), number_or_none(work, "k_alpha2_ratio"))
    structure = structure_of(work)
    first, last, step = (number(work, name) for name in ("from_deg", "to_deg", "step_deg"))
    if not first < last or (last - first) / step > MOST_POINTS:
        raise CannotAnalyse("The range ends before it begins, or the step is too small for it.")
    angles = np.asarray(first + step * np.arange(round((last - first) / step) + 1), dtype=float)
    optics = Optics(
        number_or_none(work, "instrument_fwhm_deg") or 0.0, number_or_none(work, "monochromator_deg"),
        bool(work.settings.get("dispersion")),
    )  # fmt: skip
    crystallites = Crystallites(number(work, "size_nm"), number(work, "strain_ratio"), number(work, "scherrer_k"))
    found = sticks(structure, beam, first, last, optics)
    return Outcome(
        statistics={"structure": structure.name, "source": structure.source, "wavelength_angstrom": length},
        plots=(
            Plot(
                "pattern", structure.name, "2θ", "deg", "Intensity over the largest", "", angles,
                profile(structure, beam, angles, crystallites, optics), marks=marks_of(found),
            ),
        ),
        tables=(table_of(found),),
        says=f"{structure.name}: {len(found.angles_deg)} reflections from {first:g} to {last:g}°.",
    )  # fmt: skip


def structure_of(work: Work) -> Structure:
    """Return the structure that was chosen."""
    name = word(work, "structure")
    if name != "CIF":
        return STRUCTURES[name]
    text = word(work, "cif")
    if not text:
        raise CannotAnalyse("State the text of the CIF: cif.")
    return structure_of_cif(text)


def marks_of(found: Sticks) -> tuple[tuple[float, float | None, str], ...]:
    """Return the sticks with their indices."""
    rows = zip(found.angles_deg, found.percents, found.hkl, strict=True)
    return tuple(
        (float(angle), float(percent) / 100, indices(hkl)) for angle, percent, hkl in rows if percent > LEAST_PERCENT
    )


def indices(hkl: NDArray[np.int_]) -> str:
    """Return h k l as they are written."""
    return " ".join(str(one) for one in hkl)


def table_of(found: Sticks) -> ResultTable:
    """Return every reflection."""
    columns = (("h k l", ""), ("2θ", "deg"), ("d", "Å"), ("m", ""), ("|F|²", "e²"), ("LP", ""), ("I", "%"))
    numbers = np.column_stack((
        found.angles_deg, found.spacings_angstrom, found.multiplicity, found.squared_factors,
        found.lorentz_polarisation, found.percents,
    ))  # fmt: skip
    told: tuple[tuple[float | str | None, ...], ...] = tuple(
        (indices(hkl), *(float(one) for one in row)) for hkl, row in zip(found.hkl, numbers, strict=True)
    )
    return ResultTable("reflections", "Reflections", columns, told)
