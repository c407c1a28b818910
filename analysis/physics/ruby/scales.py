"""Pressure scales of ruby: how far R1 has moved, and the pressure that stands for."""

from collections.abc import Callable
from dataclasses import dataclass
from math import hypot

# Mao, Xu & Bell 1986, quasi-hydrostatic: A in GPa (19.04 when printed in Mbar) and B.
MAO_A_GPA, MAO_B = 1904.0, 7.665
# Shen and others 2020 (Ruby2020): A(σ) in GPa and B(σ).
RUBY2020_A_GPA, RUBY2020_A_STDERR_GPA, RUBY2020_B, RUBY2020_B_STDERR = 1870.0, 10.0, 5.63, 0.03
# Dorogokupets & Oganov 2007.
DO2007_A_GPA, DO2007_B = 1884.0, 5.5


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale over the shift x = (λ − λ0)/λ0; `stderr_gpa` is the scale's own, None when none was published."""

    name: str
    label: str
    pressure_gpa: Callable[[float], float]
    # dP/dx in GPa.
    slope_gpa: Callable[[float], float]
    upper_gpa: float
    stderr_gpa: Callable[[float], float] | None = None


def mao_gpa(shift_ratio: float) -> float:
    """Return P = (A/B)[(1 + x)^B − 1] in GPa; Mao 1986, to 80 GPa."""
    return float(MAO_A_GPA / MAO_B * ((1.0 + shift_ratio) ** MAO_B - 1.0))


def mao_slope_gpa(shift_ratio: float) -> float:
    """Return dP/dx = A (1 + x)^(B − 1) in GPa."""
    return float(MAO_A_GPA * (1.0 + shift_ratio) ** (MAO_B - 1.0))


def mao_wavelength_nm(pressure_gpa: float, lambda0_nm: float) -> float:
    """Return where R1 lies at a pressure: λ = λ0 (1 + B P/A)^(1/B)."""
    return float(lambda0_nm * (1.0 + MAO_B * pressure_gpa / MAO_A_GPA) ** (1.0 / MAO_B))


def ruby2020_gpa(shift_ratio: float) -> float:
    """Return P = A x (1 + B x) in GPa; Ruby2020, to 150 GPa."""
    return RUBY2020_A_GPA * shift_ratio * (1.0 + RUBY2020_B * shift_ratio)


def ruby2020_slope_gpa(shift_ratio: float) -> float:
    """Return dP/dx = A (1 + 2 B x) in GPa."""
    return RUBY2020_A_GPA * (1.0 + 2.0 * RUBY2020_B * shift_ratio)


def ruby2020_stderr_gpa(shift_ratio: float) -> float:
    """Return the error of P from the published errors of A and B, in GPa."""
    from_a = shift_ratio * (1.0 + RUBY2020_B * shift_ratio) * RUBY2020_A_STDERR_GPA
    return hypot(from_a, RUBY2020_A_GPA * shift_ratio**2 * RUBY2020_B_STDERR)


def do2007_gpa(shift_ratio: float) -> float:
    """Return P = A x (1 + B x) in GPa; Dorogokupets & Oganov 2007."""
    return DO2007_A_GPA * shift_ratio * (1.0 + DO2007_B * shift_ratio)


def do2007_slope_gpa(shift_ratio: float) -> float:
    """Return dP/dx = A (1 + 2 B x) in GPa."""
    return DO2007_A_GPA * (1.0 + 2.0 * DO2007_B * shift_ratio)


SCALES = {
    one.name: one
    for one in (
        Scale("Mao1986", "Mao 1986 (quasi-hydrostatic)", mao_gpa, mao_slope_gpa, 80.0),
        Scale("Ruby2020", "Ruby2020", ruby2020_gpa, ruby2020_slope_gpa, 150.0, ruby2020_stderr_gpa),
        Scale("DorogokupetsOganov2007", "Dorogokupets & Oganov 2007", do2007_gpa, do2007_slope_gpa, 150.0),
    )
}
