"""The stretched exponential exp(−(t/τ)^β): its integrals over bins, with a Gaussian or recorded response too."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analysis.physics.decays.gaussian_response import ROOT_TWO_PI, Gaussian
from analysis.physics.decays.recorded_response import Recorded
from analysis.physics.decays.shares import Repeated, Response
from analysis.physics.fitting.problem import Floats

# Where e^(−y²) has nothing left, and the steps of the table up to there.
LAST_Y, STEP_COUNT = 6.5, 1_600
GAUSS_Y, GAUSS_WEIGHTS = np.polynomial.legendre.leggauss(5)
NODES, NODE_WEIGHTS = np.polynomial.legendre.leggauss(40)
# Earlier pulses are added until this little of the decay is left, and never more of them than that.
LEFT_RATIO, MOST_PULSES_COUNT = 1e-9, 100


@dataclass(frozen=True, slots=True, eq=False)
class StretchedShares:
    """The integral over every bin in ns, shape (n,), and its slopes in lifetime, exponent and start."""

    values_ns: Floats
    by_tau: Floats
    by_beta: Floats
    by_start: Floats

    def __add__(self, other: "StretchedShares") -> "StretchedShares":
        """Return the sum of two."""
        return StretchedShares(
            self.values_ns + other.values_ns,
            self.by_tau + other.by_tau,
            self.by_beta + other.by_beta,
            self.by_start + other.by_start,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Integrals of one exponent β over even steps of y, v = y^(2/β), in which exp(−v^β) = e^(−y²) is smooth.

    `area` is c(z) = ∫₀^z exp(−v^β) dv and `moment` ∫₀^z v exp(−v^β) dv with z = y^(2/β), shape (m,); the others are
    their derivatives with respect to β.
    """

    beta: float
    area: Floats
    area_by_beta: Floats
    moment: Floats
    moment_by_beta: Floats

    def looked_up(self, y: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Return the four integrals up to y, of its shape: cubic between steps, with the exact slopes."""
        step = LAST_Y / STEP_COUNT
        place = np.clip(y, 0.0, LAST_Y) / step
        index = np.minimum(place.astype(int), STEP_COUNT - 1)
        part = place - index
        starts, ends = integrands(index * step, self.beta), integrands((index + 1) * step, self.beta)
        columns = (self.area, self.area_by_beta, self.moment, self.moment_by_beta)
        told = [
            cubic(part, column[index], column[index + 1], start * step, end * step)
            for column, start, end in zip(columns, starts, ends, strict=True)
        ]
        return told[0], told[1], told[2], told[3]


def cubic(part: Floats, first: Floats, last: Floats, first_slope: Floats, last_slope: Floats) -> Floats:
    """Return Hermite's cubic at a part of the way between two ends with their slopes over the step."""
    rise = last - first
    return np.asarray(
        first + part * first_slope
        + part**2 * (3 * rise - 2 * first_slope - last_slope)
        + part**3 * (first_slope + last_slope - 2 * rise)
    )  # fmt: skip


def integrands(y: Floats, beta: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the integrands over y of area, its derivative in β, moment and its derivative, of the shape of y.

    dv = (2/β) y^(2/β − 1) dy and ∂/∂β exp(−v^β) = −v^β ln v exp(−v^β) = −(2/β) y² ln y e^(−y²).
    """
    safe = np.maximum(y, 1e-300)
    power = 2.0 / beta
    logs = np.log(safe)
    area = power * np.exp((power - 1) * logs - y**2)
    area_by_beta = -power * y**2 * logs * area
    v = np.exp(power * logs)
    return area, area_by_beta, v * area, v * area_by_beta


@lru_cache(maxsize=8)
def table_of(beta: float) -> Table:
    """Return the table of an exponent, Gauss–Legendre in every step."""
    step = LAST_Y / STEP_COUNT
    at = (np.arange(STEP_COUNT)[:, None] + (GAUSS_Y + 1) / 2) * step
    sums = [
        np.append(0.0, np.cumsum(one @ GAUSS_WEIGHTS * step / 2)) for one in integrands(at, beta)
    ]  # fmt: skip
    return Table(beta, *sums)


@dataclass(frozen=True, slots=True, eq=False)
class Stretched:
    """A stretched exponential of amplitude one with lifetime τ in ns and exponent β."""

    tau_ns: float
    beta: float

    def area(self, times_ns: Floats) -> tuple[Floats, Floats, Floats]:
        """Return ∫₀^t, zero before the start, with its slopes in lifetime and exponent, of the shape of the times."""
        z, y = self.scaled(times_ns)
        area, by_beta, _, _ = table_of(self.beta).looked_up(y)
        return self.tau_ns * area, area - z * self.left(y), self.tau_ns * by_beta

    def area_of_area(self, times_ns: Floats) -> tuple[Floats, Floats, Floats]:
        """Return ∫₀^t of the area, with its slopes in lifetime and exponent: τ² (z c − ∫ v exp(−v^β) dv)."""
        z, y = self.scaled(times_ns)
        area, by_beta, moment, moment_by_beta = table_of(self.beta).looked_up(y)
        double = z * area - moment
        return (
            self.tau_ns**2 * double,
            self.tau_ns * (2 * double - z * area),
            self.tau_ns**2 * (z * by_beta - moment_by_beta),
        )

    def scaled(self, times_ns: Floats) -> tuple[Floats, Floats]:
        """Return z = t/τ and y = z^(β/2), zero before the start."""
        z = np.maximum(times_ns, 0.0) / self.tau_ns
        return z, z ** (self.beta / 2)

    def left(self, y: Floats) -> Floats:
        """Return exp(−(t/τ)^β) where y = (t/τ)^(β/2)."""
        return np.asarray(np.exp(-(y**2)))


def stretched_shares(response: Response, decay: Stretched, start_ns: float) -> StretchedShares:
    """Return what a stretched exponential puts into the bins of a response; a train of pulses adds the earlier ones."""
    if isinstance(response, Repeated):
        total = stretched_shares(response.once, decay, start_ns)
        for number in range(1, MOST_PULSES_COUNT):
            earlier_ns = start_ns - number * response.period_ns
            if np.exp(-((max(response.edges_ns[0] - earlier_ns, 0.0) / decay.tau_ns) ** decay.beta)) < LEFT_RATIO:
                break
            total = total + stretched_shares(response.once, decay, earlier_ns)
        return total
    if isinstance(response, Gaussian):
        return through_gaussian(response, decay, start_ns)
    if isinstance(response, Recorded):
        return through_recorded(response, decay, start_ns)
    return at_once(response.edges_ns, decay, start_ns)


def at_once(edges_ns: Floats, decay: Stretched, start_ns: float) -> StretchedShares:
    """Return the exact integrals without a response."""
    since_ns = edges_ns - start_ns
    area, by_tau, by_beta = decay.area(since_ns)
    _, y = decay.scaled(since_ns)
    height = np.where(since_ns > 0, decay.left(y), 0.0)
    return StretchedShares(np.diff(area), np.diff(by_tau), np.diff(by_beta), -np.diff(height))


def through_gaussian(response: Gaussian, decay: Stretched, start_ns: float) -> StretchedShares:
    """Return the integrals through a Gaussian response, by 40 Gauss–Legendre nodes from the start or −7 σ to 7 σ."""
    sigma_ns, edges_ns = response.sigma_ns, response.edges_ns
    at_ns = (edges_ns[1:] + edges_ns[:-1]) / 2 if response.is_sampled else edges_ns
    since_ns = at_ns - start_ns
    low = np.maximum(since_ns - 7 * sigma_ns, 0.0)
    high = np.maximum(since_ns + 7 * sigma_ns, 0.0)
    half = (high - low) / 2
    then_ns = low[:, None] + half[:, None] * (NODES + 1)
    z = (since_ns[:, None] - then_ns) / sigma_ns
    weights = np.exp(-0.5 * z**2) / ROOT_TWO_PI / sigma_ns * (half[:, None] * NODE_WEIGHTS)
    # The slope of the bell against the start stands in for that of the decay, which jumps at it.
    slopes = weights * z / sigma_ns
    told = [(one * weights).sum(axis=1) for one in decay.area(then_ns)]
    return binned_or_sampled(response, told, decay, then_ns, weights, slopes)


def binned_or_sampled(
    response: Gaussian, told: list[Floats], decay: Stretched, then_ns: Floats, weights: Floats, slopes: Floats
) -> StretchedShares:
    """Return differences of convolved areas over the edges, or convolved values at the middles times bin lengths."""
    area = decay.area(then_ns)
    if not response.is_sampled:
        by_start = (area[0] * slopes).sum(axis=1)
        return StretchedShares(np.diff(told[0]), np.diff(told[1]), np.diff(told[2]), np.diff(by_start))
    widths_ns = np.diff(response.edges_ns)
    # By parts: the derivative of a convolved area is the area convolved with the slope of the bell.
    values, by_tau, by_beta = (-(one * slopes).sum(axis=1) * widths_ns for one in area)
    z = slopes / np.where(weights > 0, weights, 1.0)
    curvature = weights * (z**2 - 1 / response.sigma_ns**2)
    return StretchedShares(values, by_tau, by_beta, -(area[0] * curvature).sum(axis=1) * widths_ns)


def through_recorded(response: Recorded, decay: Stretched, start_ns: float) -> StretchedShares:
    """Return the integrals through a recorded response: its slopes between knots times the area of the area."""
    centers_ns = (response.edges_ns[1:] + response.edges_ns[:-1]) / 2
    widths_ns = np.diff(response.edges_ns)
    changes = np.diff(np.diff(response.heights) / response.step_ns, prepend=0.0, append=0.0)
    knots_ns = response.first_ns + response.step_ns * np.arange(len(changes))
    then_ns = centers_ns[:, None] - start_ns - knots_ns
    values, by_tau, by_beta = (one @ changes * widths_ns for one in decay.area_of_area(then_ns))
    by_start = -(decay.area(then_ns)[0] @ changes) * widths_ns
    return StretchedShares(values, by_tau, by_beta, by_start)
