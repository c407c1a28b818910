"""What the absorbance of nanocrystals is made of: scattering, excitons and a broadened edge."""

from dataclasses import dataclass
from math import pi, sqrt

import numpy as np
from scipy.special import ndtr

from analysis.physics.constants import FWHM_PER_SIGMA, HC_EV_NM
from analysis.physics.fitting.problem import Floats, Parameter

SCATTER_AT_NM = 500.0
SCATTER_AT_EV = HC_EV_NM / SCATTER_AT_NM
EV_PER_MEV = 1e-3
# Baseline and scattering, then the edge: height, energy, width, slope; then three values for each exciton.
BASE_COUNT, EDGE_COUNT, EXCITON_COUNT = 2, 4, 3
EDGE_HEIGHT, EDGE_ENERGY, EDGE_WIDTH, EDGE_SLOPE, FIRST_ENERGY = 2, 3, 4, 5, 7


@dataclass(frozen=True, slots=True, eq=False)
class AbsorbanceModel:
    """Absorbance over energies, shape (n,); absorbance is no density, so that no Jacobian belongs to it.

    A(E) = c₀ + c₁ (λ/500 nm)⁻⁴ + Φ((E − E_c)/s) [B + k max(E − E₁, 0)] + Σ Aᵢ exp(−4 ln 2 (E − Eᵢ)²/FWHMᵢ²),
    with the normal distribution Φ as a step broadened by s: a continuum that rises from the first exciton on, or from
    its own edge where there is none. Energies in eV, widths in meV.
    """

    energies_ev: Floats
    exciton_count: int

    def predict(self, values: Floats) -> Floats:
        """Return the absorbance, shape (n,)."""
        return np.asarray(sum(self.parts(values).values()))

    def parts(self, values: Floats) -> dict[str, Floats]:
        """Return what the absorbance is made of, each of shape (n,)."""
        told = {"scattering": values[0] + values[1] * self.scatter, "edge": self.edge(values)}
        for index in range(self.exciton_count):
            first = BASE_COUNT + EDGE_COUNT + EXCITON_COUNT * index
            height, energy_ev, fwhm_mev = values[first : first + EXCITON_COUNT]
            told[f"exciton {index + 1}"] = height * self.gaussian(energy_ev, fwhm_mev)
        return told

    def jacobian(self, values: Floats) -> Floats:
        """Return the derivatives, shape (n, p)."""
        columns = [np.ones_like(self.energies_ev), self.scatter, *self.edge_slopes(values)]
        for index in range(self.exciton_count):
            first = BASE_COUNT + EDGE_COUNT + EXCITON_COUNT * index
            columns.extend(self.exciton_slopes(values[first : first + EXCITON_COUNT]))
        rise = self.step(values) * values[EDGE_SLOPE] * (self.energies_ev > values[self.foot])
        columns[self.foot] = columns[self.foot] - rise
        return np.column_stack(columns)

    @property
    def scatter(self) -> Floats:
        """Scattering by particles small beside the wavelength, one at 500 nm, shape (n,)."""
        return np.asarray((self.energies_ev / SCATTER_AT_EV) ** 4)

    def gaussian(self, energy_ev: float, fwhm_mev: float) -> Floats:
        """Return a Gaussian of height one, shape (n,)."""
        away = (self.energies_ev - energy_ev) / (fwhm_mev * EV_PER_MEV / FWHM_PER_SIGMA)
        return np.asarray(np.exp(-0.5 * away**2))

    def exciton_slopes(self, values: Floats) -> list[Floats]:
        """Return an exciton's derivatives by height, energy and width."""
        height, energy_ev, fwhm_mev = values
        unit = self.gaussian(energy_ev, fwhm_mev)
        sigma_ev = fwhm_mev * EV_PER_MEV / FWHM_PER_SIGMA
        away = (self.energies_ev - energy_ev) / sigma_ev
        return [unit, height * unit * away / sigma_ev, height * unit * away**2 / fwhm_mev]

    @property
    def foot(self) -> int:
        """Which parameter is the energy that the continuum rises from."""
        return FIRST_ENERGY if self.exciton_count else EDGE_ENERGY

    def step(self, values: Floats) -> Floats:
        """Return the broadened step, shape (n,)."""
        return np.asarray(ndtr((self.energies_ev - values[EDGE_ENERGY]) / (values[EDGE_WIDTH] * EV_PER_MEV)))

    def continuum(self, values: Floats) -> Floats:
        """Return what the step lets through, shape (n,)."""
        above = np.maximum(self.energies_ev - values[self.foot], 0.0)
        return np.asarray(values[EDGE_HEIGHT] + values[EDGE_SLOPE] * above)

    def edge(self, values: Floats) -> Floats:
        """Return the edge, shape (n,)."""
        return np.asarray(self.step(values) * self.continuum(values))

    def edge_slopes(self, values: Floats) -> list[Floats]:
        """Return the edge's derivatives by height, energy, width and slope, but for the foot of the continuum."""
        width_ev = values[EDGE_WIDTH] * EV_PER_MEV
        away = (self.energies_ev - values[EDGE_ENERGY]) / width_ev
        step = self.step(values)
        bell = np.exp(-0.5 * away**2) / sqrt(2 * pi) * self.continuum(values)
        above = np.maximum(self.energies_ev - values[self.foot], 0.0)
        return [step, -bell / width_ev, -bell * away / values[EDGE_WIDTH], step * above]


def parameters(
    exciton_count: int, start: Floats, range_ev: tuple[float, float], step_mev: float
) -> tuple[Parameter, ...]:
    """Return the parameters of the model with their bounds, from where they start, shape (p,)."""
    low_ev, high_ev = range_ev
    most_mev = (high_ev - low_ev) * 500.0
    bounds: list[tuple[str, float, float, str]] = [
        ("baseline", -np.inf, np.inf, ""),
        ("scattering", 0.0, np.inf, ""),
        ("edge_height", 0.0, np.inf, ""),
        ("edge_energy", low_ev, high_ev, "eV"),
        ("edge_width", 0.25 * step_mev, most_mev, "meV"),
        ("edge_slope", -np.inf, np.inf, "1/eV"),
    ]
    for index in range(1, exciton_count + 1):
        bounds.append((f"absorbance{index}", 0.0, np.inf, ""))
        bounds.append((f"energy{index}", low_ev, high_ev, "eV"))
        bounds.append((f"fwhm{index}", step_mev, 2.0 * most_mev, "meV"))
    return tuple(
        Parameter(name, float(np.clip(value, low, high)), low, high, unit)
        for (name, low, high, unit), value in zip(bounds, start, strict=True)
    )
