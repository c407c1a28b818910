"""Absolute photoluminescence quantum yield from three measurements in an integrating sphere."""

from dataclasses import dataclass

import numpy as np

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

# Laser light in the empty sphere, with the sample beside the beam and in it; emission beside and in the beam.
RATES = ("empty laser", "indirect laser", "direct laser", "indirect emission", "direct emission")
# Below this absorbed part the quotient is noise; above this relative error it is skewed.
LEAST_ABSORPTANCE, MOST_RELATIVE_STDERR = 0.05, 0.1
DRAW_COUNT = 20_000
# Tails outside the 68.3 % interval.
TAILS = (15.865525393145708, 50.0, 84.13447460685429)


@dataclass(frozen=True, slots=True, eq=False)
class QuantumYield:
    """Absorptance A, quantum yield Φ and brightness Φ A as fractions, with their covariance, shape (3, 3)."""

    absorptance: float
    quantum_yield: float
    brightness: float
    covariance: Floats

    @property
    def stderrs(self) -> Floats:
        """Standard errors of the three, shape (3,)."""
        return np.sqrt(np.clip(np.diag(self.covariance), 0, None))

    @property
    def is_skewed(self) -> bool:
        """Whether the absorbed part is so uncertain that value ± error is no interval of the yield."""
        return bool(self.stderrs[0] > MOST_RELATIVE_STDERR * abs(self.absorptance))


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and 68.3 % interval of a fraction."""

    low: float
    median: float
    high: float


def quantum_yield(rates: Floats, covariance: Floats) -> QuantumYield:
    """Return absorptance and yield of photon rates (La, Lb, Lc, Pb, Pc), shape (5,), with covariance, shape (5, 5).

    A = 1 − Lc/Lb, Φ = [Pc − (1 − A) Pb]/(La A); J. C. de Mello, H. F. Wittmann and R. H. Friend, Adv. Mater. 9
    (1997) 230. Rates are photons per time at equal laser power, never energies. Errors by the gradient, with
    every covariance of the rates. Raises CannotAnalyse when the sample in the beam absorbs nothing.
    """
    la, lb, lc, pb, pc = (float(one) for one in rates)
    if la <= 0 or lb <= 0:
        raise CannotAnalyse("No laser light is left above the dark in the empty or the indirect measurement.")
    if lc >= lb:
        raise CannotAnalyse(
            "The direct measurement has no less laser light than the indirect one, so nothing was absorbed: "
            "look whether the three are swapped, and at ND filters and integration times."
        )
    ratio = lc / lb
    absorptance = 1 - ratio
    value = (pc - ratio * pb) / (la * absorptance)
    jacobian = np.array([absorptance_gradient(rates), yield_gradient(rates), brightness_gradient(rates)])
    return QuantumYield(absorptance, value, value * absorptance, jacobian @ covariance @ jacobian.T)


def absorptance_gradient(rates: Floats) -> Floats:
    """Return ∂A/∂(La, Lb, Lc, Pb, Pc), shape (5,)."""
    _, lb, lc, _, _ = (float(one) for one in rates)
    return np.array([0.0, lc / lb**2, -1 / lb, 0.0, 0.0])


def brightness_gradient(rates: Floats) -> Floats:
    """Return ∂(Φ A)/∂(La, Lb, Lc, Pb, Pc) with Φ A = (Pc − Pb Lc/Lb)/La, shape (5,)."""
    la, lb, lc, pb, pc = (float(one) for one in rates)
    value = (pc - pb * lc / lb) / la
    return np.array([-value / la, pb * lc / (la * lb**2), -pb / (la * lb), -lc / (la * lb), 1 / la])


def yield_gradient(rates: Floats) -> Floats:
    """Return ∂Φ/∂(La, Lb, Lc, Pb, Pc), shape (5,)."""
    la, lb, lc, pb, pc = (float(one) for one in rates)
    absorptance = 1 - lc / lb
    brightness = (pc - pb * lc / lb) / la
    return (brightness_gradient(rates) - brightness / absorptance * absorptance_gradient(rates)) / absorptance


def two_measurements(rates: Floats, covariance: Floats) -> tuple[float, float]:
    """Return Pc/(La − Lc) with its error: the shortcut without the indirect measurement, which is not the same."""
    la, _, lc, _, pc = (float(one) for one in rates)
    value = pc / (la - lc)
    gradient = np.array([-value, 0.0, value, 0.0, 1.0]) / (la - lc)
    return value, float(np.sqrt(gradient @ covariance @ gradient))


def without_reabsorption(observed: float, reabsorbed: float) -> tuple[float, float]:
    """Return Φ/(1 − a + a Φ) and its slope against Φ, for the part a of the emission that was absorbed again.

    After T.-S. Ahn et al., Rev. Sci. Instrum. 78 (2007) 086105; the form was not checked against the paper.
    """
    rest = 1 - reabsorbed + reabsorbed * observed
    return observed / rest, (1 - reabsorbed) / rest**2


def drawn_yields(rates: Floats, covariance: Floats, *, seed: int, count: int = DRAW_COUNT) -> tuple[Spread, Spread]:
    """Return median and 68.3 % interval of A and Φ over normal draws of the rates.

    With an uncertain absorbed part the yield is skewed and ± tells it badly (B. van Dam et al., arXiv:1711.06200).
    Draws without absorption are counted as beyond all yields of their sign. At least 10,000 draws.
    """
    rng = np.random.default_rng(seed)
    la, lb, lc, pb, pc = rng.multivariate_normal(rates, covariance, size=max(count, 10_000), method="eigh").T
    ratio = lc / lb
    with np.errstate(divide="ignore", invalid="ignore"):
        yields = np.where(ratio < 1, (pc - ratio * pb) / (la * (1 - ratio)), np.inf * np.sign(pc - ratio * pb))
    return Spread(*np.percentile(1 - ratio, TAILS)), Spread(*percentiles(yields))


def percentiles(values: Floats) -> tuple[float, ...]:
    """Return the three percentiles by rank, so that infinite draws stay at their end."""
    ordered = np.sort(values)
    return tuple(float(ordered[min(int(tail / 100 * len(ordered)), len(ordered) - 1)]) for tail in TAILS)
