"""What an integrating sphere shows of a cuvette: the laser that is left and the emission, photons per second."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from measurements.demonstration.shapes import Emission

LASER_NM, LASER_EV, LASER_FWHM_EV = 405.0, 3.0613, 0.021
LASER_PER_S = 2.7e6
DARK_COUNTS = 150.0


@dataclass(frozen=True, slots=True)
class Yield:
    """A cuvette: which part of the laser it absorbs in the beam and beside it, and which part comes out again."""

    absorbed: float
    absorbed_beside: float
    emitted: float
    line: Emission

    def parts(self) -> dict[str, tuple[float, float]]:
        """Return laser and emission per second of the three measurements, as de Mello takes them."""
        beside = LASER_PER_S * (1 - self.absorbed_beside)
        emitted_beside = LASER_PER_S * self.absorbed_beside * self.emitted
        direct = LASER_PER_S * self.absorbed * self.emitted + (1 - self.absorbed) * emitted_beside
        return {
            "empty": (LASER_PER_S, 0.0),
            "indirect": (beside, emitted_beside),
            "direct": (beside * (1 - self.absorbed), direct),
        }


def sphere_spectrum(
    axis_nm: Sequence[float], rates: tuple[float, float], line: Emission, time_s: float
) -> Callable[[float], float]:
    """Return the counts at a wavelength in one scan."""
    laser = Emission(LASER_EV, LASER_FWHM_EV, 1.0)
    shapes = (laser, line)
    factors = [rate * time_s / sum(shape.at(x) for x in axis_nm) for rate, shape in zip(rates, shapes, strict=True)]
    told = list(zip(factors, shapes, strict=True))
    return lambda x: DARK_COUNTS + sum(factor * shape.at(x) for factor, shape in told)
