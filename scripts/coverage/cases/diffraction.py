"""Powder patterns, single lines, breadths, cells and compressions made from known numbers."""

from functools import partial

import numpy as np

from analysis.methods.contract import Points, SettingValue, Signal, Work
from analysis.physics.diffraction.equation_of_state import volume_at
from analysis.physics.diffraction.phase_lines import Diffractometer
from analysis.physics.diffraction.radiation import radiation, spacing_angstrom
from analysis.physics.diffraction.structures import DELTA, GAMMA_293K
from analysis.physics.diffraction.whole_pattern import Pattern, WholePattern, phase_of
from analysis.physics.fitting.problem import Floats, Likelihood
from scripts.coverage.case import Case

EDGES = (8.5712, 8.8502, 12.4655)
DELTA_EDGES = (10.4301, 4.7884, 17.7552)
SIZE_NM, STRAIN, DELTA_SIZE_NM, DELTA_PERCENT = 11.4, 6e-4, 32.0, 22.0
GAUSS_DEG = 0.09
CU_ANGSTROM, MO_ANGSTROM = 1.54056, 0.71073
CU_DEG, MO_DEG = np.arange(9.0, 42.0, 0.11), np.arange(4.0, 20.0, 0.05)
GAMMA_TRUTHS = {
    "cell_a": EDGES[0], "cell_b": EDGES[1], "cell_c": EDGES[2], "cell_volume": float(np.prod(EDGES)),
    "crystallite_size": SIZE_NM, "microstrain": STRAIN,
}  # fmt: skip
DELTA_TRUTHS = {
    "delta_fraction": DELTA_PERCENT, "delta_cell_a": DELTA_EDGES[0], "delta_cell_b": DELTA_EDGES[1],
    "delta_cell_c": DELTA_EDGES[2], "delta_cell_volume": float(np.prod(DELTA_EDGES)), "delta_size": DELTA_SIZE_NM,
}  # fmt: skip
WH_DEG = np.array([14.36, 20.24, 28.96, 35.99, 41.16])
VOLUME_ANGSTROM3, MODULUS_GPA = 947.3, 17.5
PRESSURES_GPA = np.array([0.0, 0.2, 0.6, 1.1, 1.9, 3.0])
HKL = np.array([[0, 0, 2], [1, 1, 0], [0, 2, 0], [1, 1, 2], [2, 0, 0], [0, 0, 4], [2, 2, 0], [0, 2, 4], [3, 1, 2]])


def expected(angles_deg: Floats, wavelength_angstrom: float, scale: float, delta_part: float) -> Floats:
    """Return what a diffractometer would count on average, with δ in a part of the mass."""
    setup = Diffractometer(radiation(wavelength_angstrom))
    gamma = phase_of(GAMMA_293K, setup, float(angles_deg[-1]))
    delta = phase_of(DELTA, setup, float(angles_deg[-1]), unit=gamma.unit)
    blank = Pattern(angles_deg, np.zeros_like(angles_deg), Likelihood.POISSON)
    model = WholePattern(blank, setup, {"gamma": gamma, "delta": delta}, 3)
    values = np.array([
        0.01, 2.2, GAUSS_DEG, 1.0,
        scale * (1 - delta_part), *EDGES, SIZE_NM, STRAIN,
        scale * delta_part, *DELTA_EDGES, DELTA_SIZE_NM, 0.0,
        240.0, -70.0, 25.0, -6.0,
    ])  # fmt: skip
    return model.predicted(values)


PURE = expected(CU_DEG, CU_ANGSTROM, 4000.0, 0.0)
AGED = expected(CU_DEG, CU_ANGSTROM, 4000.0, DELTA_PERCENT / 100)
FLAT = expected(MO_DEG, MO_ANGSTROM, 3000.0, 0.0)
USUAL: dict[str, SettingValue] = {
    "instrument_fwhm_deg": GAUSS_DEG, "background_degree": 3.0, "texture": "none",
}  # fmt: skip


def counted(rng: np.random.Generator, mean: Floats, phases: str = "γ and δ") -> Work:
    """Return a pattern of counts."""
    counts = rng.poisson(mean).astype(float)
    signal = Signal(counts, "counts", CU_DEG, "deg 2theta", settings={"wavelength_alpha1_angstrom": CU_ANGSTROM})
    return Work({"pattern": (signal,)}, settings={**USUAL, "phases": phases})


def integrated(rng: np.random.Generator) -> Work:
    """Return a profile of an area detector: it scatters less with angle, and nobody says by how much."""
    values = FLAT + rng.normal(0.0, np.sqrt(FLAT / (8 + 4 * MO_DEG)))
    signal = Signal(values, "", MO_DEG, "deg 2theta", settings={"wavelength_angstrom": MO_ANGSTROM})
    return Work({"pattern": (signal,)}, settings=USUAL)


LINE_DEG, LINE_FWHM_DEG = np.arange(12.0, 17.2, 0.05), 0.78


def single_line(rng: np.random.Generator, brightness: float) -> Work:
    """Return the doublet 002 and 110 of γ alone."""
    counts = rng.poisson(brightness * LINE).astype(float)
    signal = Signal(counts, "counts", LINE_DEG, "deg 2theta", settings={"wavelength_alpha1_angstrom": CU_ANGSTROM})
    return Work({"pattern": (signal,)}, settings={"instrument_fwhm_deg": 0.0})


def doublet() -> Floats:
    """Return the counts of one line of tied reflections on average."""
    from analysis.physics.diffraction.pattern import sticks
    from analysis.physics.diffraction.peak_fit import PeakModel
    from analysis.physics.diffraction.peaks import Found, tied_to

    beam = radiation(CU_ANGSTROM)
    reference = sticks(GAMMA_293K, beam, float(LINE_DEG[0]), float(LINE_DEG[-1]))
    ties = tied_to([Found(14.36, 1.0, LINE_FWHM_DEG)], reference)
    blank = Pattern(LINE_DEG, np.zeros_like(LINE_DEG), Likelihood.POISSON)
    model = PeakModel(blank, beam, tuple(ties), 1)
    return model.predicted(np.array([1500.0, 14.37, LINE_FWHM_DEG, 0.75, 120.0, -10.0]))


LINE = doublet()


def breadths(rng: np.random.Generator, *, has_errors: bool) -> Work:
    """Return breadths of lines that scatter, with their errors or without any."""
    half = np.radians(WH_DEG / 2)
    width = np.degrees(0.9 * CU_ANGSTROM / (150.0 * np.cos(half)) + 4 * 0.004 * np.tan(half))
    stderrs = np.full(len(WH_DEG), 0.006)
    values, nothing = width + rng.normal(0.0, stderrs), np.full(len(WH_DEG), np.nan)
    points = Points(WH_DEG, nothing, "deg", values, stderrs if has_errors else nothing, "deg")
    return Work(points={"breadths": points}, settings={"wavelength_angstrom": CU_ANGSTROM})


def indexed(rng: np.random.Generator) -> Work:
    """Return angles of indexed lines with their errors, all moved by a zero."""
    sine = CU_ANGSTROM / 2 * np.sqrt((HKL**2) @ np.array(EDGES) ** -2.0)
    stderrs = np.full(len(HKL), 0.015)
    angles = 2 * np.degrees(np.arcsin(sine)) + 0.02 + rng.normal(0.0, stderrs)
    labels = tuple(" ".join(str(one) for one in indices) for indices in HKL)
    nothing = np.full(len(HKL), np.nan)
    points = Points(np.arange(len(HKL), dtype=float), nothing, "", angles, stderrs, "deg", labels)
    return Work(points={"lines": points}, settings={"wavelength_angstrom": CU_ANGSTROM, "shift": "zero"})


def compressed(rng: np.random.Generator, *, has_errors: bool) -> Work:
    """Return volumes along pressure, both with errors or both without."""
    pressure_errors = np.full(len(PRESSURES_GPA), 0.03)
    volume_errors = np.full(len(PRESSURES_GPA), 0.8)
    volumes = np.array([volume_at(float(one), VOLUME_ANGSTROM3, MODULUS_GPA) for one in PRESSURES_GPA])
    nothing = np.full(len(PRESSURES_GPA), np.nan)
    told = (pressure_errors, volume_errors) if has_errors else (nothing, nothing)
    points = Points(
        PRESSURES_GPA + rng.normal(0.0, pressure_errors), told[0], "GPa",
        volumes + rng.normal(0.0, volume_errors), told[1], "Å³",
    )  # fmt: skip
    return Work(points={"volumes": points})


LINE_TRUTHS = {
    "line_angle": 14.37, "line_spacing": spacing_angstrom(14.37, CU_ANGSTROM), "line_fwhm": LINE_FWHM_DEG,
    "crystallite_size": 0.09 * CU_ANGSTROM / (np.radians(LINE_FWHM_DEG) * np.cos(np.radians(14.37 / 2))),
}  # fmt: skip
CELL_TRUTHS = {name: GAMMA_TRUTHS[name] for name in ("cell_a", "cell_b", "cell_c", "cell_volume")}
WH_TRUTHS = {"crystallite_size": 15.0, "microstrain": 0.004}
STATE_TRUTHS = {"bulk_modulus": MODULUS_GPA, "cell_volume_zero": VOLUME_ANGSTROM3}

CASES: tuple[Case, ...] = (
    Case("powder_pattern", "γ by counts", partial(counted, mean=PURE), GAMMA_TRUTHS),
    Case("powder_pattern", "γ and δ by counts", partial(counted, mean=AGED), GAMMA_TRUTHS | DELTA_TRUTHS),
    Case("powder_pattern", "γ on an area detector", integrated, GAMMA_TRUTHS),
    Case("powder_pattern", "γ of few counts", partial(counted, mean=PURE / 30, phases="γ"), CELL_TRUTHS, is_weak=True),
    Case("diffraction_peaks", "002 and 110", partial(single_line, brightness=1.0), LINE_TRUTHS),
    Case("diffraction_peaks", "few counts", partial(single_line, brightness=0.05), LINE_TRUTHS, is_weak=True),
    Case("williamson_hall", "five lines", partial(breadths, has_errors=True), WH_TRUTHS),
    Case("williamson_hall", "five lines without errors", partial(breadths, has_errors=False), WH_TRUTHS, is_weak=True),
    Case("cell", "nine lines and a zero", indexed, CELL_TRUTHS),
    Case("equation_of_state", "six pressures", partial(compressed, has_errors=True), STATE_TRUTHS),
    Case("equation_of_state", "six without errors", partial(compressed, has_errors=False), STATE_TRUTHS, is_weak=True),
)
