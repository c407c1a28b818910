"""Where the error of a ruby pressure comes from: the fit, λ0 and the calibration, the temperature, the scale."""

from dataclasses import dataclass
from math import hypot

from analysis.physics.refusing import CannotAnalyse
from analysis.physics.ruby.scales import SCALES, Scale
from analysis.physics.ruby.temperature import datchi_slope_nm_per_k, lambda0_at_nm

# A pressure is seen when it is this many standard errors from zero.
DETECTION_SIGMAS = 3.0


@dataclass(frozen=True, slots=True)
class Reference:
    """R1 without pressure, in the medium of the spectrum, with what is known of its error.

    `calibration_stderr_nm` is of the wavelength axis of the spectrum, `stderr_nm` of λ0 itself; zero when not stated.
    Without both temperatures λ0 is taken as it is.
    """

    lambda0_nm: float
    stderr_nm: float = 0.0
    calibration_stderr_nm: float = 0.0
    measured_at_k: float | None = None
    temperature_k: float | None = None
    temperature_stderr_k: float = 0.0

    @property
    def is_corrected(self) -> bool:
        """Whether λ0 is moved to the temperature of the spectrum."""
        return self.measured_at_k is not None and self.temperature_k is not None

    @property
    def at_temperature_nm(self) -> float:
        """λ0 at the temperature of the spectrum."""
        if self.measured_at_k is None or self.temperature_k is None:
            return self.lambda0_nm
        return lambda0_at_nm(self.lambda0_nm, self.measured_at_k, self.temperature_k)

    @property
    def from_temperature_nm(self) -> float:
        """What the error of the temperature makes of λ0."""
        if self.temperature_k is None or not self.temperature_stderr_k:
            return 0.0
        return abs(datchi_slope_nm_per_k(self.temperature_k)) * self.temperature_stderr_k


@dataclass(frozen=True, slots=True)
class Pressure:
    """A pressure on one scale in GPa; `from_scale_gpa`, None when unpublished, is common to all and left out of `±`."""

    scale: Scale
    value_gpa: float
    from_fit_gpa: float
    from_calibration_gpa: float
    from_temperature_gpa: float
    from_scale_gpa: float | None
    detection_limit_gpa: float

    @property
    def stderr_gpa(self) -> float:
        """The error of this measurement: fit, λ0 and calibration, temperature."""
        return hypot(self.from_fit_gpa, self.from_calibration_gpa, self.from_temperature_gpa)

    @property
    def is_within_scale(self) -> bool:
        """Whether the scale was made for such a pressure."""
        return self.value_gpa <= self.scale.upper_gpa


def pressure_on(scale_name: str, r1_nm: float, r1_stderr_nm: float, reference: Reference) -> Pressure:
    """Return the pressure of R1 with its error split up: P(x), x = λ/λ0 − 1, ∂P/∂λ = P′/λ0, ∂P/∂λ0 = −P′ λ/λ0²."""
    lambda0_nm = reference.at_temperature_nm
    if not lambda0_nm > 0 or not abs(r1_nm / lambda0_nm - 1.0) < 0.2:
        raise CannotAnalyse(f"λ0 of {lambda0_nm:g} nm does not belong to R1 at {r1_nm:g} nm; state λ0 in nm.")
    scale, shift_ratio = SCALES[scale_name], r1_nm / lambda0_nm - 1.0
    by_r1 = scale.slope_gpa(shift_ratio) / lambda0_nm
    by_lambda0 = by_r1 * r1_nm / lambda0_nm
    at_zero = scale.slope_gpa(0.0) / lambda0_nm
    of_all_nm = hypot(r1_stderr_nm, reference.calibration_stderr_nm, reference.stderr_nm, reference.from_temperature_nm)
    return Pressure(
        scale=scale,
        value_gpa=scale.pressure_gpa(shift_ratio),
        from_fit_gpa=by_r1 * r1_stderr_nm,
        from_calibration_gpa=hypot(by_r1 * reference.calibration_stderr_nm, by_lambda0 * reference.stderr_nm),
        from_temperature_gpa=by_lambda0 * reference.from_temperature_nm,
        from_scale_gpa=None if scale.stderr_gpa is None else abs(scale.stderr_gpa(shift_ratio)),
        detection_limit_gpa=DETECTION_SIGMAS * at_zero * of_all_nm,
    )
