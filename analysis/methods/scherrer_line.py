"""One fitted line of a powder pattern: its spacing, and Scherrer's size through the instrument's part."""

from dataclasses import dataclass
from math import radians, tan

import numpy as np

from analysis.methods.contract import ResultTable, Work
from analysis.methods.stating import number, number_or_none, word
from analysis.physics.diffraction.breadths import without_instrument_deg
from analysis.physics.diffraction.peak_fit import PeakModel
from analysis.physics.diffraction.radiation import spacing_angstrom
from analysis.physics.diffraction.scherrer import scherrer_size
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.refusing import CannotAnalyse


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One fitted line; the size is None where the instrument leaves nothing of the breadth."""

    label: str
    angle_deg: float
    angle_stderr_deg: float
    spacing_angstrom: float
    spacing_stderr_angstrom: float
    fwhm_deg: float
    fwhm_stderr_deg: float
    eta: float
    area: float
    size_nm: float | None
    size_stderr_nm: float | None


def line_of(work: Work, model: PeakModel, fitted: Fitted, place: int) -> Line:
    """Return one line with its spacing and size."""
    names = [f"{name}{place + 1}" for name in ("angle", "fwhm", "eta", "area")]
    angle, fwhm, eta, area = (fitted.value(name) for name in names)
    length = model.beam.first.value_angstrom
    spacing = spacing_angstrom(angle, length)
    angle_error = fitted.stderr(names[0])
    spacing_error = spacing / tan(radians(angle / 2)) * radians(angle_error) / 2
    size, size_error = size_of(work, fitted, place, length)
    return Line(
        model.ties[place].label, angle, angle_error, spacing, spacing_error, fwhm, fitted.stderr(names[1]), eta,
        area, size, size_error,
    )  # fmt: skip


def size_of(work: Work, fitted: Fitted, place: int, length_angstrom: float) -> tuple[float | None, float | None]:
    """Return Scherrer's size of a line and its error, through the instrument's part; None where nothing is left."""
    angle, fwhm, eta = (fitted.value(f"{name}{place + 1}") for name in ("angle", "fwhm", "eta"))
    instrument, shape = number_or_none(work, "instrument_fwhm_deg") or 0.0, word(work, "instrument_shape")

    def breadth(width: float, share: float) -> float:
        return without_instrument_deg(width, instrument, shape, share) if instrument else width

    try:
        left = breadth(fwhm, eta)
        step = 1e-5
        slope = np.zeros(len(fitted.values))
        slope[fitted.index(f"fwhm{place + 1}")] = (breadth(fwhm * (1 + step), eta) - left) / (fwhm * step)
        turn = -step if eta > 0.5 else step
        slope[fitted.index(f"eta{place + 1}")] = (breadth(fwhm, eta + turn) - left) / turn
        told = scherrer_size(
            angle, left, length_angstrom, constant=number(work, "scherrer_k"),
            breadth_stderr_deg=fitted.derived_stderr(slope),
        )  # fmt: skip
    except CannotAnalyse:
        return None, None
    return told.size_nm, told.stderr_nm


def table_of(lines: list[Line]) -> ResultTable:
    """Return every line."""
    columns = (
        ("Reflections", ""), ("2θ", "deg"), ("σ(2θ)", "deg"), ("d", "Å"), ("FWHM", "deg"), ("σ(FWHM)", "deg"),
        ("η", ""), ("Area", ""), ("L", "nm"), ("σ(L)", "nm"),
    )  # fmt: skip
    rows = tuple(
        (one.label, one.angle_deg, one.angle_stderr_deg, one.spacing_angstrom, one.fwhm_deg, one.fwhm_stderr_deg,
         one.eta, one.area, one.size_nm, one.size_stderr_nm)
        for one in lines
    )  # fmt: skip
    return ResultTable("lines", "Lines", columns, rows)
