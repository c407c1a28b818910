"""Centrifugal force from the rotor's radius, the speed for a force, and whether a tube holds the volume."""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil, pi, sqrt

from samples.arithmetic.missing import MissingNumber
from samples.arithmetic.results import Derived, derived, number_text

# The customary factor for a radius in cm and a speed in rpm; 4π²/(3600 g) to four digits.
RCF_FACTOR_PER_CM_RPM2 = 1.118e-5
# Standard acceleration of free fall, exact by definition (CGPM 1901).
STANDARD_GRAVITY_M_PER_S2 = 9.80665
# Rotors of bench centrifuges; a radius outside was probably typed in centimetres.
USUAL_RADIUS_MM = (30.0, 300.0)


@dataclass(frozen=True, slots=True)
class RelativeForce:
    """Force relative to gravity, by the customary factor and exactly; `warning` doubts the radius."""

    customary: Derived
    exact: Derived
    warning: str


def relative_force(*, speed_rpm: Decimal | float, rotor_radius_mm: Decimal | float | None) -> RelativeForce:
    """Return RCF = 1.118e-5 · r/cm · (n/rpm)², and exactly 4π² r n²/g; raises MissingNumber without a radius.

    The radius is in mm, as the rotor's record has it, and converted here. Source: science.md §11.
    """
    radius_cm = _radius_cm(rotor_radius_mm)
    if speed_rpm < 0:
        raise MissingNumber("The speed of rotation cannot be below zero.")
    turns_per_s = float(speed_rpm) / 60.0
    exact = 4 * pi**2 * (radius_cm / 100.0) * turns_per_s**2 / STANDARD_GRAVITY_M_PER_S2
    radius, speed = number_text(radius_cm), number_text(speed_rpm)
    return RelativeForce(
        customary=derived(
            "relative_force_xg",
            "RCF",
            RCF_FACTOR_PER_CM_RPM2 * radius_cm * float(speed_rpm) ** 2,
            "xg",
            f"1.118e-5 × {radius} cm × ({speed} rpm)²",
        ),
        exact=derived(
            "relative_force_exact_xg", "RCF, exact", exact, "xg", f"4π² × {radius} cm × ({speed} rpm)² / 9.80665 m/s²"
        ),
        warning=_radius_warning(radius_cm * 10),
    )


def speed_for_force_rpm(*, relative_force_xg: Decimal | float, rotor_radius_mm: Decimal | float | None) -> Derived:
    """Return the speed that gives a force relative to gravity: n = √(RCF / (1.118e-5 · r/cm)), in rpm."""
    radius_cm = _radius_cm(rotor_radius_mm)
    if relative_force_xg < 0:
        raise MissingNumber("A centrifugal force cannot be below zero.")
    return derived(
        "speed_rpm",
        "Speed",
        sqrt(float(relative_force_xg) / (RCF_FACTOR_PER_CM_RPM2 * radius_cm)),
        "rpm",
        f"√({number_text(relative_force_xg)} / (1.118e-5 × {number_text(radius_cm)} cm))",
    )


def tube_warning(*, volume_ml: Decimal | float, tube_volume_ml: Decimal | float | None) -> str:
    """Return what to say when one tube does not hold the volume in ml; an empty text if it does or is unknown."""
    if not tube_volume_ml or volume_ml <= tube_volume_ml:
        return ""
    tubes = ceil(float(volume_ml) / float(tube_volume_ml))
    return f"{volume_ml:.1f} ml is more than one {number_text(tube_volume_ml)} ml tube holds; it takes {tubes} tubes."


def _radius_cm(rotor_radius_mm: Decimal | float | None) -> float:
    if not rotor_radius_mm or rotor_radius_mm <= 0:
        raise MissingNumber("The rotor's radius is not known, so rpm cannot become × g. Enter it with the rotor.")
    return float(rotor_radius_mm) / 10.0


def _radius_warning(radius_mm: float) -> str:
    low, high = USUAL_RADIUS_MM
    if low <= radius_mm <= high:
        return ""
    return f"A rotor radius of {number_text(radius_mm)} mm is unusual. Is it in millimetres?"
