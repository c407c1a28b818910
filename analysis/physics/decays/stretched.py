"""The stretched exponential exp(−(t/τ)^β): its integrals over bins, with a Gaussian or recorded response too."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analysis.physics.decays.gaussian_response import ROOT_TWO_PI, Gaussian
from analysis.physics.decays.recorded_response import Recorded
from analysis.physics.decays.shares import Repeated, Response
from analysis.physics.fitting.problem import Floats

# Where e^(−y²) has nothing left, and the steps of the table up to there.
LAST_Y, STEP_COUNT = 6.5, 1_600
STEP = LAST_Y / STEP_COUNT
GAUSS_Y, GAUSS_WEIGHTS = np.polynomial.legendre.leggauss(5)
NODES, NODE_WEIGHTS = np.polynomial.legendre.leggauss(40)
BELL_NODES, BELL_WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
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

    The rows of `sums`, shape (4, m), are c(z) = ∫₀^z exp(−v^β) dv with z = y^(2/β), its derivative in β, the moment
    ∫₀^z v exp(−v^β) dv and its derivative; `slopes` are their slopes over a step of y.
    """

    sums: Floats
    slopes: Floats

    def areas(self, y: Floats) -> tuple[Floats, Floats]:
        """Return area and its slope in β up to y, of its shape."""
        index, part = places(y)
        return self.row(0, index, part), self.row(1, index, part)

    def moments(self, y: Floats) -> tuple[Floats, Floats]:
        """Return moment and its slope in β up to y, of its shape."""
        index, part = places(y)
        return self.row(2, index, part), self.row(3, index, part)

    def row(self, number: int, index: NDArray[np.intp], part: Floats) -> Floats:
        """Return one of the sums at a part of the way through a step: cubic, with the exact slopes."""
        sums, slopes = self.sums[number], self.slopes[number]
        return cubic(part, sums.take(index), sums.take(index + 1), slopes.take(index), slopes.take(index + 1))


def places(y: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Return the step of the table that y lies in, and how far it is through that step."""
    place = np.clip(y, 0.0, LAST_Y) / STEP
    index = np.minimum(place.astype(np.intp), STEP_COUNT - 1)
    return index, place - index


def cubic(part: Floats, first: Floats, last: Floats, first_slope: Floats, last_slope: Floats) -> Floats:
    """Return Hermite's cubic at a part of the way between two ends with their slopes over the step."""
    rise = last - first
    bend = 3 * rise - 2 * first_slope - last_slope
    twist = first_slope + last_slope - 2 * rise
    return np.asarray(first + part * (first_slope + part * (bend + part * twist)))


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
    at = np.add.outer(np.arange(STEP_COUNT), (GAUSS_Y + 1) / 2) * STEP
    sums = [np.append(0.0, np.cumsum(one @ GAUSS_WEIGHTS * STEP / 2)) for one in integrands(at, beta)]
    ends = np.linspace(0.0, LAST_Y, STEP_COUNT + 1)
    return Table(np.array(sums), np.array(integrands(ends, beta)) * STEP)


@dataclass(frozen=True, slots=True, eq=False)
class Stretched:
    """A stretched exponential of amplitude one with lifetime τ in ns and exponent β."""

    tau_ns: float
    beta: float

    def area(self, times_ns: Floats) -> tuple[Floats, Floats, Floats]:
        """Return ∫₀^t, zero before the start, with its slopes in lifetime and exponent, of the shape of the times."""
        z, y = self.scaled(times_ns)
        area, by_beta = table_of(self.beta).areas(y)
        return self.tau_ns * area, area - z * self.left(y), self.tau_ns * by_beta

    def area_of_area(self, times_ns: Floats) -> tuple[Floats, Floats, Floats]:
        """Return ∫₀^t of the area, with its slopes in lifetime and exponent: τ² (z c − ∫ v exp(−v^β) dv)."""
        z, y = self.scaled(times_ns)
        table = table_of(self.beta)
        (area, by_beta), (moment, moment_by_beta) = table.areas(y), table.moments(y)
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
    """Return the integrals through a Gaussian response: differences of convolved areas over the edges.

    A sampled response takes the convolved decay at the middles instead, which is, by parts, the area convolved with the
    slope of the bell.
    """
    edges_ns = response.edges_ns
    if not response.is_sampled:
        plain, slopes, _ = convolved(edges_ns - start_ns, response.sigma_ns, decay)
        return StretchedShares(np.diff(plain[0]), np.diff(plain[1]), np.diff(plain[2]), np.diff(slopes[0]))
    centers_ns, widths_ns = (edges_ns[1:] + edges_ns[:-1]) / 2, np.diff(edges_ns)
    _, slopes, curvature = convolved(centers_ns - start_ns, response.sigma_ns, decay)
    values, by_tau, by_beta = -slopes * widths_ns
    return StretchedShares(values, by_tau, by_beta, -curvature * widths_ns)


def convolved(since_ns: Floats, sigma_ns: float, decay: Stretched) -> tuple[Floats, Floats, Floats]:
    """Return area and its slopes convolved with the bell and with minus its derivative, shape (3, n), and curvature.

    Near the start, where the area has an edge, by 40 Gauss–Legendre nodes from the start or −7 σ to 7 σ; later by nine
    Gauss–Hermite nodes. `curvature`, shape (n,), is the area convolved with the second derivative of the bell.
    """
    plain, slopes, curvature = np.empty((3, len(since_ns))), np.empty((3, len(since_ns))), np.empty(len(since_ns))
    is_near = since_ns < 12 * sigma_ns
    for which, nodes in ((is_near, near_nodes), (~is_near, far_nodes)):
        then_ns, weights = nodes(since_ns[which], sigma_ns)
        z = (since_ns[which, None] - then_ns) / sigma_ns
        for row, area in enumerate(decay.area(then_ns)):
            weighted = area * weights
            plain[row, which] = weighted.sum(axis=1)
            slopes[row, which] = np.einsum("ij,ij->i", weighted, z) / sigma_ns
            if row == 0:
                curvature[which] = np.einsum("ij,ij->i", weighted, z**2 - 1.0) / sigma_ns**2
    return plain, slopes, curvature


def near_nodes(since_ns: Floats, sigma_ns: float) -> tuple[Floats, Floats]:
    """Return times and weights of the bell, shape (n, 40), from the start of the decay or −7 σ to 7 σ."""
    low = np.maximum(since_ns - 7 * sigma_ns, 0.0)
    half = (np.maximum(since_ns + 7 * sigma_ns, 0.0) - low) / 2
    then_ns = low[:, None] + half[:, None] * (NODES + 1)
    bell = np.exp(-0.5 * ((since_ns[:, None] - then_ns) / sigma_ns) ** 2) / ROOT_TWO_PI / sigma_ns
    return then_ns, bell * (half[:, None] * NODE_WEIGHTS)


def far_nodes(since_ns: Floats, sigma_ns: float) -> tuple[Floats, Floats]:
    """Return times and weights of the bell, shape (n, 9), where the decay is smooth."""
    then_ns = since_ns[:, None] - sigma_ns * BELL_NODES
    return then_ns, np.broadcast_to(BELL_WEIGHTS / ROOT_TWO_PI, then_ns.shape)


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
