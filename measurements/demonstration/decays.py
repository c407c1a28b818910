"""How emission decays in a load, and what a streak camera with a pulse of some length sees of it."""

import math
from dataclasses import dataclass

# The pulse of the camera lengthens with its window; this is its standard deviation.
RESPONSE_RATIO = 0.009
# From pulse to pulse at 2 MHz; what is left of one is still there at the next.
PERIOD_NS = 500.0
# Simpson's rule over a bin, so that its counts are those of all of it.
PLACES, WEIGHTS = (-0.5, -0.25, 0.0, 0.25, 0.5), (1 / 12, 4 / 12, 2 / 12, 4 / 12, 1 / 12)


@dataclass(frozen=True, slots=True)
class Decay:
    """Exponentials and the shares of their heights, equal where nothing is said; without any it is the pulse itself."""

    lifetimes_ns: tuple[float, ...]
    shares: tuple[float, ...] = ()

    def at(self, late_ns: float, response_ns: float) -> float:
        """Return the height behind an instrument response of a Gaussian, so late after the pulse."""
        if not self.lifetimes_ns:
            return math.exp(-((late_ns / response_ns) ** 2) / 2)
        shares = self.shares or (1 / len(self.lifetimes_ns),) * len(self.lifetimes_ns)
        told = zip(shares, self.lifetimes_ns, strict=True)
        return sum(share * folded(late_ns, lifetime_ns, response_ns) for share, lifetime_ns in told)

    def over_bin(self, late_ns: float, bin_ns: float, response_ns: float) -> float:
        """Return the mean height over a bin of time."""
        told = zip(WEIGHTS, PLACES, strict=True)
        return sum(weight * self.at(late_ns + place * bin_ns, response_ns) for weight, place in told)


PULSE = Decay(())
# Once released the load holds emission that outlasts the window: a fit that a person must look at.
AFTER_RELEASE = Decay((2.9, 62.0), (0.62, 0.38))
UNDER_PRESSURE = {
    "0": Decay((2.6, 9.4), (0.42, 0.58)),
    "0.13": Decay((2.5, 9.0), (0.55, 0.45)),
    "0.27": Decay((2.3, 8.2), (0.64, 0.36)),
    "0.4": Decay((2.2, 7.6), (0.70, 0.30)),
    "0.7": Decay((2.3, 8.0), (0.74, 0.26)),
    "1": Decay((2.1, 8.6), (0.76, 0.24)),
    "1.27": Decay((2.6, 11.5), (0.77, 0.23)),
    "1.65": Decay((2.8, 13.8), (0.79, 0.21)),
}


def folded(late_ns: float, lifetime_ns: float, response_ns: float) -> float:
    """Return one exponential folded with a Gaussian, and what earlier pulses left of it."""
    inside = response_ns * response_ns / (2 * lifetime_ns * lifetime_ns) - late_ns / lifetime_ns
    outside = (response_ns / lifetime_ns - late_ns / response_ns) / math.sqrt(2)
    left = math.exp(inside - PERIOD_NS / lifetime_ns) / -math.expm1(-PERIOD_NS / lifetime_ns)
    return math.exp(min(inside, 50)) * math.erfc(outside) / 2 + left
