"""Time bins of a decay: their edges from the centres that a file gives, and counts put together."""

from dataclasses import dataclass

import numpy as np

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

# More bins than this tell a decay no better; their counts are added up first, which keeps them Poisson.
MOST_BINS_COUNT = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class Binned:
    """Counts, shape (n,), in bins between edges, shape (n + 1,), in ns; `merged_count` file bins make one of these."""

    counts: Floats
    edges_ns: Floats
    merged_count: int = 1

    @property
    def widths_ns(self) -> Floats:
        """How long each bin is, shape (n,)."""
        return np.diff(self.edges_ns)

    @property
    def centers_ns(self) -> Floats:
        """The middle of each bin, shape (n,)."""
        return np.asarray((self.edges_ns[1:] + self.edges_ns[:-1]) / 2)

    @property
    def width_ns(self) -> float:
        """The mean length of a bin; amplitudes are counts in a bin this long."""
        return float(self.edges_ns[-1] - self.edges_ns[0]) / len(self.counts)

    @property
    def window_ns(self) -> float:
        """From the first edge to the last."""
        return float(self.edges_ns[-1] - self.edges_ns[0])

    def between(self, low_ns: float, high_ns: float) -> "Binned":
        """Return the bins whose edges all lie between two times; both may be infinite."""
        tolerance_ns = 1e-9 * self.window_ns
        first = int(np.searchsorted(self.edges_ns, low_ns - tolerance_ns))
        last = int(np.searchsorted(self.edges_ns, high_ns + tolerance_ns, side="right")) - 1
        if last <= first:
            raise CannotAnalyse(
                f"No time bin lies between {low_ns:g} and {high_ns:g} ns; change the window of the fit."
            )
        return Binned(self.counts[first:last], self.edges_ns[first : last + 1], self.merged_count)


def edges_of(centers: Floats) -> Floats:
    """Return edges, shape (n + 1,), halfway between centres, shape (n,), which need not be evenly spaced.

    The first and last bin are taken to be symmetric about their centres. Raises CannotAnalyse unless the centres rise.
    """
    if len(centers) < 2:
        raise CannotAnalyse("An axis needs at least two points.")
    if not (np.isfinite(centers).all() and (np.diff(centers) > 0).all()):
        raise CannotAnalyse("The axis does not rise from point to point, or has values that are no numbers; repair it.")
    middles = (centers[1:] + centers[:-1]) / 2
    return np.concatenate(([2 * centers[0] - middles[0]], middles, [2 * centers[-1] - middles[-1]]))


def binned(times_ns: Floats, counts: Floats) -> Binned:
    """Return a decay over bins around its times, both of shape (n,); neighbours are added up beyond 5,000 bins."""
    factor = -(-len(counts) // MOST_BINS_COUNT)
    edges_ns = edges_of(times_ns)
    if factor == 1:
        return Binned(counts, edges_ns)
    whole = len(counts) // factor * factor
    return Binned(counts[:whole].reshape(-1, factor).sum(axis=1), edges_ns[: whole + 1 : factor].copy(), factor)


def band_shares(edges_nm: Floats, low_nm: float, high_nm: float) -> Floats:
    """Return which part of every pixel lies in a band, shape (n,) for n + 1 edges: 1 inside, a fraction at its ends.

    Raises CannotAnalyse when the band reaches beyond the pixels.
    """
    if not low_nm < high_nm:
        raise CannotAnalyse(f"A band from {low_nm:g} to {high_nm:g} nm is empty; swap its ends.")
    if high_nm <= edges_nm[0] or low_nm >= edges_nm[-1]:
        raise CannotAnalyse(
            f"The band {low_nm:g}–{high_nm:g} nm lies outside the map ({edges_nm[0]:.1f}–{edges_nm[-1]:.1f} nm); "
            "state band_low_nm and band_high_nm."
        )
    inside = np.minimum(edges_nm[1:], high_nm) - np.maximum(edges_nm[:-1], low_nm)
    return np.asarray(np.clip(inside / np.diff(edges_nm), 0.0, 1.0))
