"""Noise that is the same every time: counts and readings scatter as detectors do, from a seed in words."""

import math
import struct
from collections.abc import Iterator
from hashlib import sha512

# Above so many counts their chances are those of a Gaussian.
MANY_COUNTS = 40


class Counting:
    """Scatters numbers; the same seed gives the same numbers on every machine and in every version of Python."""

    def __init__(self, seed: str) -> None:
        self._chances = chances_of(seed)

    def counts(self, expected: float) -> int:
        """Return counted photons: of few the chance of each, of many their square root."""
        if expected > MANY_COUNTS:
            return max(0, round(self.reading(expected, math.sqrt(expected))))
        least, count = math.exp(-max(expected, 0)), 0
        left = next(self._chances)
        while left > least:
            left *= next(self._chances)
            count += 1
        return count

    def reading(self, expected: float, noise: float) -> float:
        """Return a reading with the noise of its instrument."""
        length = math.sqrt(-2 * math.log(next(self._chances)))
        return expected + noise * length * math.cos(2 * math.pi * next(self._chances))


def chances_of(seed: str) -> Iterator[float]:
    """Yield numbers evenly between nought and one, neither of them included."""
    block = 0
    while True:
        for number in struct.unpack("<16I", sha512(f"{seed} {block}".encode()).digest()):
            yield (number + 0.5) / 2**32
        block += 1
