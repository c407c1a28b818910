"""The bins of a spectrum: where they lie in energy, how wide they are and what a photon there counts for."""

from dataclasses import dataclass

import numpy as np

from analysis.physics.constants import HC_EV_NM
from analysis.physics.fitting.problem import Floats
from analysis.physics.spectra.axes import NM_PER_CM, Scale

# A spectrometer's wavelengths follow a polynomial of this degree in the pixel; what a file rounds away is less
# than this part of a step.
PIXEL_DEGREE = 4
ROUNDING_RATIO = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Bins:
    """Bins of a spectrum, all shapes (n,), in ascending x.

    A line of density L(E) per eV gives exposure × (response × L(E) × width + background) counts in a bin.
    `exposure` is how many times the reading was counted: scans that were averaged.
    """

    energies_ev: Floats
    widths_ev: Floats
    response: Floats
    exposure: float = 1.0

    @property
    def step_ev(self) -> float:
        """The typical width of a bin."""
        return float(np.median(self.widths_ev))

    @property
    def range_ev(self) -> tuple[float, float]:
        """The lowest and the highest energy."""
        return float(self.energies_ev.min()), float(self.energies_ev.max())


def bin_widths(x: Floats) -> Floats:
    """Return how far each bin reaches along x, shape (n,), for bin centres that ascend, shape (n,).

    The slope of a polynomial through the centres where one fits them to a twentieth of a step, so that rounded
    wavelengths do not make the widths jump; else half the distance between the two neighbours.
    """
    steps = np.diff(x)
    if len(x) > 4 * PIXEL_DEGREE:
        places = np.linspace(-1.0, 1.0, len(x))
        smooth = np.polynomial.Polynomial.fit(places, x, PIXEL_DEGREE, domain=[-1, 1])
        slope = np.asarray(smooth.deriv()(places)) * 2.0 / (len(x) - 1)
        if float(np.abs(smooth(places) - x).max()) < ROUNDING_RATIO * float(np.median(steps)) and slope.min() > 0:
            return slope
    return np.asarray(np.gradient(x))


def widths_in_ev(x: Floats, energies_ev: Floats, scale: Scale) -> Floats:
    """Return bin widths in eV, shape (n,): the width along x times the Jacobian |dE/dx| at the bins' centres.

    |dE/dx| is hc/λ² = E/λ along wavelength, one along energy and hc along both kinds of wavenumber; it belongs into
    the model of counts, so that they stay counts.
    """
    if scale is Scale.NM:
        return np.asarray(bin_widths(x) * energies_ev / x)
    return np.asarray(bin_widths(x) * (1.0 if scale is Scale.EV else HC_EV_NM / NM_PER_CM))
