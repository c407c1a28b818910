"""The ruby lines against temperature, without pressure."""

from analysis.physics.refusing import CannotAnalyse

REFERENCE_K = 296.0
LOWEST_K, HIGHEST_K = 50.0, 900.0
# Datchi and others 2007: nm per K, K² and K³ from 296 K, above and below it.
ABOVE = (0.00746, -3.01e-6, 8.76e-9)
BELOW = (0.00664, 6.76e-6, -2.33e-8)


def datchi_shift_nm(temperature_k: float) -> float:
    """Return how far R1 lies from where it is at 296 K, in nm: a ΔT + b ΔT² + c ΔT³; Datchi 2007, 50 to 900 K."""
    from_reference_k = temperature_k - REFERENCE_K
    a, b, c = coefficients(temperature_k)
    return from_reference_k * (a + from_reference_k * (b + from_reference_k * c))


def datchi_slope_nm_per_k(temperature_k: float) -> float:
    """Return the derivative of `datchi_shift_nm`."""
    from_reference_k = temperature_k - REFERENCE_K
    a, b, c = coefficients(temperature_k)
    return a + from_reference_k * (2.0 * b + from_reference_k * 3.0 * c)


def coefficients(temperature_k: float) -> tuple[float, float, float]:
    """Return the branch that holds at a temperature; raises CannotAnalyse outside both."""
    if not LOWEST_K <= temperature_k <= HIGHEST_K:
        raise CannotAnalyse(
            f"The ruby lines are known from {LOWEST_K:g} to {HIGHEST_K:g} K, not at {temperature_k:g} K; "
            "state the temperature in K."
        )
    return ABOVE if temperature_k >= REFERENCE_K else BELOW


def lambda0_at_nm(lambda0_nm: float, measured_at_k: float, temperature_k: float) -> float:
    """Return λ0 at another temperature: λ0(T) = λ0(T0) + f(T) − f(T0) with Datchi's f."""
    return lambda0_nm + datchi_shift_nm(temperature_k) - datchi_shift_nm(measured_at_k)


def ragan_r1_per_cm(temperature_k: float) -> float:
    """Return the wavenumber of R1 in 1/cm: 14423 + 4.49e−2 T − 4.81e−4 T² + 3.71e−7 T³; Ragan 1992."""
    return 14423.0 + temperature_k * (4.49e-2 + temperature_k * (-4.81e-4 + temperature_k * 3.71e-7))


def ragan_splitting_nm(temperature_k: float) -> float:
    """Return by how much R1 lies above R2 without pressure, in nm: 10⁷/ν(R1) − 10⁷/ν(R2) with Ragan's lines."""
    return 1e7 / ragan_r1_per_cm(temperature_k) - 1e7 / ragan_r2_per_cm(temperature_k)


def ragan_r2_per_cm(temperature_k: float) -> float:
    """Return the wavenumber of R2 in 1/cm: 14452 + 3.00e−2 T − 3.88e−4 T² + 2.55e−7 T³; Ragan 1992."""
    return 14452.0 + temperature_k * (3.00e-2 + temperature_k * (-3.88e-4 + temperature_k * 2.55e-7))
