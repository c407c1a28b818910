"""The third column of Rigaku's profiles: the factor of the attenuator that was in the beam at each point."""

import numpy as np

from measurements.readers.recording import Caution, Numbers

UNITS = {"counts": "counts", "count": "counts", "cps": "counts/s", "counts/sec": "counts/s", "": "counts"}


def unattenuated(counts: Numbers, factors: Numbers | None) -> tuple[Numbers, tuple[Caution, ...]]:
    """Return counts multiplied by their attenuator's factors, and say so where one was in the beam."""
    if factors is None or bool(np.all(factors == 1)):
        return counts, ()
    said = f"intensities were multiplied by the attenuator's factors {factors.min():g} to {factors.max():g}"
    return counts * factors, (Caution(said),)
