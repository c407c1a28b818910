"""The band of a streak map that is integrated: pixels in part at its ends, and what share of the line it holds."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from analysis.physics.constants import FWHM_PER_SIGMA, HC_EV_NM
from analysis.physics.decays.bins import band_shares
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A band of wavelengths and which part of every pixel lies in it, shape (w,)."""

    low_nm: float
    high_nm: float
    shares: Floats
    is_cut: bool
    how: str

    @classmethod
    def of(cls, edges_nm: Floats, low_nm: float, high_nm: float, how: str = "as stated") -> "Band":
        """Return a band over pixels with w + 1 edges."""
        is_cut = low_nm < edges_nm[0] or high_nm > edges_nm[-1]
        return cls(low_nm, high_nm, band_shares(edges_nm, low_nm, high_nm), bool(is_cut), how)

    @property
    def statistics(self) -> dict[str, float | int | str | bool | None]:
        """What to tell of it."""
        return {
            "band_low_nm": self.low_nm, "band_high_nm": self.high_nm, "band_how": self.how,
            "band_pixels": float(self.shares.sum()),
        }  # fmt: skip


def counts_in(counts: Floats, band: Band) -> Floats:
    """Return the counts of a map, shape (t, w), inside a band, shape (t,), the pixels at its ends in part."""
    is_used = band.shares > 0
    return np.asarray(counts[:, is_used] @ band.shares[is_used])


def net_spectrum(counts: Floats) -> Floats:
    """Return the counts of every wavelength of a map, shape (w,), above its level in the darkest tenth of times."""
    dark = counts[darkest(counts)]
    return np.asarray(counts.sum(axis=0) - dark.mean(axis=0) * len(counts))


def net_stderrs(counts: Floats) -> Floats:
    """Return the noise of those counts, shape (w,), from Poisson statistics with that of the dark level."""
    dark = counts[darkest(counts)]
    return np.asarray(np.sqrt(counts.sum(axis=0) + dark.sum(axis=0) * (len(counts) / len(dark)) ** 2))


def darkest(counts: Floats) -> slice:
    """Return the darkest tenth of the times in one piece: single dark times would be those that chance made dark."""
    totals = counts.sum(axis=1)
    count = max(1, len(totals) // 10)
    first = int(np.argmin(np.convolve(totals, np.ones(count), mode="valid")))
    return slice(first, first + count)


def band_around(counts: Floats, edges_nm: Floats) -> Band:
    """Return the band that follows the peak of a map: one full width at half maximum to either side of its centroid."""
    spectrum = net_spectrum(counts) / np.diff(edges_nm)
    smooth = np.convolve(spectrum, np.full(5, 0.2), mode="same")
    top = int(np.argmax(smooth))
    is_low = smooth < smooth[top] / 2
    before, after = np.flatnonzero(is_low[:top]), np.flatnonzero(is_low[top:])
    if not (smooth[top] > 0 and len(before) and len(after)):
        raise CannotAnalyse("The map shows no whole line to follow; state band_low_nm and band_high_nm.")
    first, last = int(before[-1]) + 1, top + int(after[0])
    half_nm = float(edges_nm[last] - edges_nm[first])
    centers_nm = (edges_nm[1:] + edges_nm[:-1]) / 2
    middle_nm = float(centers_nm[first:last] @ smooth[first:last] / smooth[first:last].sum())
    low_nm, high_nm = max(middle_nm - half_nm, edges_nm[0]), min(middle_nm + half_nm, edges_nm[-1])
    return Band.of(edges_nm, float(low_nm), float(high_nm), "one full width to either side of the peak of the map")


def line_in_band(peak_ev: float, fwhm_mev: float, low_nm: float, high_nm: float) -> float:
    """Return which part of a Gaussian line in energy lies between two wavelengths."""
    sigma_ev = fwhm_mev * 1e-3 / FWHM_PER_SIGMA
    high = (HC_EV_NM / low_nm - peak_ev) / sigma_ev
    low = (HC_EV_NM / high_nm - peak_ev) / sigma_ev
    return float(ndtr(high) - ndtr(low))
