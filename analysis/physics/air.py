"""Wavelengths in air and in vacuum."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Lengths = TypeVar("Lengths", float, NDArray[np.float64])

# n − 1 of air near 690 nm at standard conditions, as the ruby and exciton wavelengths here use it.
AIR_INDEX_MINUS_ONE = 2.758567e-4


def vacuum_nm(air_nm: Lengths) -> Lengths:
    """Return the vacuum wavelength of light seen at a wavelength in air: λ_vac = n λ_air."""
    return air_nm * (1.0 + AIR_INDEX_MINUS_ONE)


def air_nm(vacuum_nm: Lengths) -> Lengths:
    """Return the wavelength in air of light of a vacuum wavelength: λ_air = λ_vac / n."""
    return vacuum_nm / (1.0 + AIR_INDEX_MINUS_ONE)
