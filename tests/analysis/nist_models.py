"""The 27 nonlinear problems of NIST StRD: their models with analytic Jacobians, and a reader of their files."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem

# Parameters, shape (p,), and predictors, shape (n,) or (2, n), in; values, shape (n,), and slopes, shape (n, p), out.
Model = Callable[[Floats, Floats], tuple[Floats, Floats]]

# Digits of the parameters that must agree from each start, and of the standard errors.
LEAST_DIGITS = {1: 4.0, 2: 6.0}
LEAST_STDERR_DIGITS = 4.0


def stacked(*columns: Floats | float) -> Floats:
    """Return columns as a matrix, numbers repeated over its length."""
    return np.stack(np.broadcast_arrays(*columns), axis=1)


def misra1a(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1 (1 − exp(−b2 x)); BoxBOD too."""
    decay = np.exp(-b[1] * x)
    return b[0] * (1 - decay), stacked(1 - decay, b[0] * x * decay)


def misra1b(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1 (1 − (1 + b2 x/2)⁻²)."""
    base = 1 + b[1] * x / 2
    return b[0] * (1 - base**-2), stacked(1 - base**-2, b[0] * x * base**-3)


def misra1c(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1 (1 − (1 + 2 b2 x)^(−1/2))."""
    base = 1 + 2 * b[1] * x
    return b[0] * (1 - base**-0.5), stacked(1 - base**-0.5, b[0] * x * base**-1.5)


def misra1d(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1 b2 x/(1 + b2 x)."""
    base = 1 + b[1] * x
    return b[0] * b[1] * x / base, stacked(b[1] * x / base, b[0] * x / base**2)


def chwirut(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """exp(−b1 x)/(b2 + b3 x)."""
    below = b[1] + b[2] * x
    value = np.exp(-b[0] * x) / below
    return value, stacked(-x * value, -value / below, -x * value / below)


def exponentials(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1 exp(−b2 x) + b3 exp(−b4 x) + b5 exp(−b6 x), of Lanczos."""
    decays = [np.exp(-rate * x) for rate in b[1::2]]
    value = sum((size * decay for size, decay in zip(b[::2], decays, strict=True)), np.zeros_like(x))
    columns = [column for size, decay in zip(b[::2], decays, strict=True) for column in (decay, -size * x * decay)]
    return value, stacked(*columns)


def mgh17(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1 + b2 exp(−x b4) + b3 exp(−x b5)."""
    first, second = np.exp(-x * b[3]), np.exp(-x * b[4])
    slopes = stacked(1.0, first, second, -x * b[1] * first, -x * b[2] * second)
    return b[0] + b[1] * first + b[2] * second, slopes


def gauss(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1 exp(−b2 x) + two Gaussians b exp(−(x − c)²/w²)."""
    decay = np.exp(-b[1] * x)
    value, columns = b[0] * decay, [decay, -b[0] * x * decay]
    for height, centre, width in (b[2:5], b[5:8]):
        away = (x - centre) / width
        bell = np.exp(-(away**2))
        value = value + height * bell
        columns += [bell, 2 * height * bell * away / width, 2 * height * bell * away**2 / width]
    return value, stacked(*columns)


def danwood(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1 x^b2."""
    power = x ** b[1]
    return b[0] * power, stacked(power, b[0] * power * np.log(x))


def rational(numerator_count: int) -> Model:
    """Return the model of a polynomial over 1 + a polynomial: Kirby2, Hahn1, Thurber."""

    def model(b: Floats, x: Floats) -> tuple[Floats, Floats]:
        above = [x**power for power in range(numerator_count)]
        below = [x**power for power in range(1, len(b) - numerator_count + 1)]
        bottom = 1 + sum(c * power for c, power in zip(b[numerator_count:], below, strict=True))
        value = sum(c * power for c, power in zip(b[:numerator_count], above, strict=True)) / bottom
        return value, stacked(*(power / bottom for power in above), *(-value * power / bottom for power in below))

    return model


def mgh09(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1 (x² + x b2)/(x² + x b3 + b4)."""
    top, bottom = x**2 + x * b[1], x**2 + x * b[2] + b[3]
    value = b[0] * top / bottom
    return value, stacked(top / bottom, b[0] * x / bottom, -value * x / bottom, -value / bottom)


def mgh10(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1 exp(b2/(x + b3))."""
    rise = np.exp(b[1] / (x + b[2]))
    return b[0] * rise, stacked(rise, b[0] * rise / (x + b[2]), -b[0] * rise * b[1] / (x + b[2]) ** 2)


def rat42(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1/(1 + exp(b2 − b3 x))."""
    rise = np.exp(b[1] - b[2] * x)
    value = b[0] / (1 + rise)
    slope = -value * rise / (1 + rise)
    return value, stacked(1 / (1 + rise), slope, -x * slope)


def rat43(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1/(1 + exp(b2 − b3 x))^(1/b4)."""
    rise = np.exp(b[1] - b[2] * x)
    share = (1 + rise) ** (-1 / b[3])
    slope = -b[0] * share * rise / (1 + rise) / b[3]
    return b[0] * share, stacked(share, slope, -x * slope, b[0] * share * np.log1p(rise) / b[3] ** 2)


def bennett5(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1 (b2 + x)^(−1/b3)."""
    base = b[1] + x
    power = base ** (-1 / b[2])
    return b[0] * power, stacked(power, -b[0] * power / base / b[2], b[0] * power * np.log(base) / b[2] ** 2)


def eckerle4(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """(b1/b2) exp(−((x − b3)/b2)²/2)."""
    away = (x - b[2]) / b[1]
    bell = np.exp(-(away**2) / 2) / b[1]
    return b[0] * bell, stacked(bell, b[0] * bell * (away**2 - 1) / b[1], b[0] * bell * away / b[1])


def enso(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """A constant, a yearly wave, and two waves whose periods b4 and b7 are fitted."""
    year = 2 * np.pi * x / 12
    value = b[0] + b[1] * np.cos(year) + b[2] * np.sin(year)
    columns: list[Floats | float] = [1.0, np.cos(year), np.sin(year)]
    for period, cosine, sine in (b[3:6], b[6:9]):
        turn = 2 * np.pi * x / period
        value = value + cosine * np.cos(turn) + sine * np.sin(turn)
        columns += [(cosine * np.sin(turn) - sine * np.cos(turn)) * turn / period, np.cos(turn), np.sin(turn)]
    return value, stacked(*columns)


def roszman1(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1 − b2 x − arctan(b3/(x − b4))/π."""
    away = x - b[3]
    below = np.pi * (away**2 + b[2] ** 2)
    return b[0] - b[1] * x - np.arctan(b[2] / away) / np.pi, stacked(1.0, -x, -away / below, -b[2] / below)


def nelson(b: Floats, x: Floats) -> tuple[Floats, Floats]:
    """b1 − b2 x1 exp(−b3 x2), of the logarithm of the response."""
    decay = x[0] * np.exp(-b[2] * x[1])
    return b[0] - b[1] * decay, stacked(1.0, -decay, b[1] * x[1] * decay)


MODELS: dict[str, Model] = {
    "Bennett5": bennett5, "BoxBOD": misra1a, "Chwirut1": chwirut, "Chwirut2": chwirut, "DanWood": danwood,
    "ENSO": enso, "Eckerle4": eckerle4, "Gauss1": gauss, "Gauss2": gauss, "Gauss3": gauss, "Hahn1": rational(4),
    "Kirby2": rational(3), "Lanczos1": exponentials, "Lanczos2": exponentials, "Lanczos3": exponentials,
    "MGH09": mgh09, "MGH10": mgh10, "MGH17": mgh17, "Misra1a": misra1a, "Misra1b": misra1b, "Misra1c": misra1c,
    "Misra1d": misra1d, "Nelson": nelson, "Rat42": rat42, "Rat43": rat43, "Roszman1": roszman1,
    "Thurber": rational(4),
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Certified:
    """One problem as NIST states it: data, two starts, parameters with standard deviations, residual sum.

    Lanczos1 leaves residuals of 1e-13 of its data, which a difference of two doubles holds to three digits only;
    its differences are therefore taken in extended precision, and what is fitted is zero.
    """

    name: str
    x: Floats
    y: Floats
    starts: tuple[Floats, Floats]
    values: Floats
    stderrs: Floats
    rss: float

    def problem(self, start: int) -> Problem:
        """Return the problem from its first or second start."""
        model, named = MODELS[self.name], enumerate(self.starts[start - 1])
        shift = self.y if self.name == "Lanczos1" else np.zeros_like(self.y)
        return Problem(
            tuple(Parameter(f"b{index + 1}", float(value)) for index, value in named),
            predict=lambda b: np.asarray(model(b, self.x)[0] - shift, dtype=float),
            jacobian=lambda b: np.asarray(model(b, self.x)[1], dtype=float),
            observed=np.asarray(self.y - shift, dtype=float),
            likelihood=Likelihood.UNKNOWN,
        )


def read(path: Path) -> Certified:
    """Return a problem from its file: parameter lines “b1 = start start value deviation”, then the data."""
    text = path.read_text()
    rows = [
        line.split("=")[1].split() for line in text.splitlines() if re.match(r"\s*b\d+\s*=\s*\S+\s+\S+\s+\S+", line)
    ]
    stated = np.array(rows, dtype=float)
    lines = [line.split() for line in text[text.rindex("Data:") :].splitlines()[1:] if line.split()]
    data = np.array(lines, dtype=np.longdouble if path.stem == "Lanczos1" else float)
    sum_line = re.search(r"Residual Sum of Squares:\s*(\S+)", text)
    assert sum_line is not None
    y, x = data[:, 0], data[:, 1] if data.shape[1] == 2 else data[:, 1:].T
    starts = (stated[:, 0], stated[:, 1])
    response = np.log(y) if path.stem == "Nelson" else y
    return Certified(path.stem, x, response, starts, stated[:, 2], stated[:, 3], float(sum_line[1]))


def log_relative_error(told: Floats, certified: Floats) -> float:
    """Return the least number of digits that agree with the certified ones, at most 11, which is all they state."""
    relative = np.max(np.abs(told - certified) / np.abs(certified))
    return float(min(11.0, -np.log10(max(relative, 1e-11))))
