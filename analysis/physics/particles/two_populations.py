"""Whether edge lengths are of two populations: a mixture of two Gaussians against one distribution."""

from dataclasses import dataclass
from math import pi, sqrt

import numpy as np

from analysis.physics.fitting.problem import Floats

# Two means, two widths and one fraction.
FREE_COUNT = 5
FIRST_ROUNDS, MOST_ROUNDS = 15, 300
# Of the logarithm of the likelihood; far less than what a criterion tells apart.
LEAST_GAIN = 1e-4
# Widths below this part of the whole spread would climb onto single values.
LEAST_WIDTH_RATIO = 0.1
# Where the first population ends in the tries that start the search.
SPLITS = (0.15, 0.3, 0.5, 0.7, 0.85)


@dataclass(frozen=True, slots=True)
class TwoPopulations:
    """A mixture of two Gaussians; `first_fraction` is the part of the smaller particles."""

    first_fraction: float
    first_nm: float
    first_std_nm: float
    second_nm: float
    second_std_nm: float
    minus_2_ln_l: float
    n_count: int

    @property
    def aicc(self) -> float:
        """Akaike's criterion for few values, k = 5."""
        spare_count = self.n_count - FREE_COUNT - 1
        correction = 2 * FREE_COUNT * (FREE_COUNT + 1) / spare_count if spare_count > 0 else float("inf")
        return self.minus_2_ln_l + 2 * FREE_COUNT + correction

    @property
    def separation_ratio(self) -> float:
        """Distance of the means over the root mean square width (Ashman's D); two peaks show above 2."""
        width_nm = sqrt((self.first_std_nm**2 + self.second_std_nm**2) / 2)
        return (self.second_nm - self.first_nm) / width_nm


def fit_two_populations(edges_nm: Floats) -> TwoPopulations:
    """Return the best mixture of two Gaussians of edges, shape (n,), by expectation and maximisation.

    Dempster, Laird and Rubin, J. R. Stat. Soc. B 39 (1977) 1; five starts that cut the sorted values in two, a few
    rounds each, and the highest likelihood taken to its end.
    """
    shares = [_cut(edges_nm, float(np.quantile(edges_nm, split))) for split in SPLITS]
    tries = [_climbed(edges_nm, share, FIRST_ROUNDS) for share in shares]
    best = max(tries, key=lambda one: one.ln_l)
    return _told(edges_nm, _climbed(edges_nm, best.shares, MOST_ROUNDS))


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Weights, means and widths of two Gaussians, shape (2,), and the share of each in every value, shape (2, n)."""

    weights: Floats
    means: Floats
    widths: Floats
    shares: Floats
    ln_l: float


def _cut(edges_nm: Floats, cut_nm: float) -> Floats:
    return np.stack([edges_nm <= cut_nm, edges_nm > cut_nm]).astype(float)


def _climbed(edges_nm: Floats, shares: Floats, rounds: int) -> Mixture:
    least_nm = LEAST_WIDTH_RATIO * float(edges_nm.std())
    previous = -np.inf
    for _ in range(rounds):
        totals = shares.sum(axis=1) + 1e-12
        means = shares @ edges_nm / totals
        residuals = edges_nm - means[:, None]
        widths = np.maximum(np.sqrt((shares * residuals**2).sum(axis=1) / totals), least_nm)
        weights = totals / len(edges_nm)
        scale = weights / (widths * sqrt(2 * pi))
        parts = scale[:, None] * np.exp(-((residuals / widths[:, None]) ** 2) / 2) + 1e-300
        total = parts.sum(axis=0)
        shares = parts / total
        ln_l = float(np.log(total).sum())
        if ln_l - previous < LEAST_GAIN:
            break
        previous = ln_l
    return Mixture(weights, means, widths, shares, ln_l)


def _told(edges_nm: Floats, found: Mixture) -> TwoPopulations:
    weights, means, widths = found.weights, found.means, found.widths
    first, second = np.argsort(means)
    return TwoPopulations(
        float(weights[first]), float(means[first]), float(widths[first]),
        float(means[second]), float(widths[second]), -2 * found.ln_l, len(edges_nm),
    )  # fmt: skip
