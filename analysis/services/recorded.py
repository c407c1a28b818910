"""Measurements as methods see them: the curve to analyse, its other channels, and every condition that is stated."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from analysis.methods.contract import WARNING
from analysis.models import InputKind
from analysis.services.given import Given
from measurements.models import Calibration, CalibrationKind, Curve, Measurement, MeasurementRecording, RecordingRole
from measurements.queries.calibrations import in_force
from measurements.readers.parts.loud import loud

SIGNALS = ("signal", "image")
COLUMNS = (
    "temperature_k", "pressure_gpa", "age_days", "excitation_wavelength_nm", "excitation_power_mw", "pulse_rate_mhz",
)  # fmt: skip
# What a calibration is called as a setting of methods, and what its standard error is.
CALLED = {
    CalibrationKind.IRF: ("irf_fwhm_ns", "irf_fwhm_stderr_ns"),
    CalibrationKind.PIXEL_SIZE: ("nm_per_px", "nm_per_px_stderr"),
    CalibrationKind.BREADTH: ("instrument_fwhm_deg", "instrument_fwhm_stderr_deg"),
    CalibrationKind.RUBY_ZERO: ("lambda0_nm", "lambda0_stderr_nm"),
    CalibrationKind.SPHERE: ("sphere_factor", "sphere_factor_stderr"),
}


def parts_of(measurement: Measurement) -> list[MeasurementRecording]:
    """Return the main recordings of a measurement with their curves."""
    parts = MeasurementRecording.objects.filter(
        measurement=measurement, role=RecordingRole.MAIN, recording__isnull=False
    )
    return list(parts.select_related("recording__raw_file", "file_name").prefetch_related("recording__curves"))


def given_of(measurement: Measurement, role: str, calibrations: Mapping[str, Any] | None = None) -> list[Given]:
    """Return the inputs that a measurement's recordings make, each with all that is stated of it."""
    made = []
    for part in parts_of(measurement):
        curves = list(part.recording.curves.all()) if part.recording else []
        main = main_curve(curves)
        if main is None or part.recording is None:
            continue
        settings = {**part.recording.settings, **stated(measurement), **(calibrations or {})}
        if said := loud(part.recording.cautions):
            settings[WARNING] = said
        others = tuple(one for one in curves if one.pk != main.pk)
        made.append(
            Given(role, InputKind.CURVE, measurement, main, part.row, others, settings, said=part.file_name.name)
        )
    return made


def main_curve(curves: Iterable[Curve]) -> Curve | None:
    """Return the channel that is analysed: the first signal or image."""
    return next((one for one in curves if one.role in SIGNALS), None)


def stated(measurement: Measurement) -> dict[str, Any]:
    """Return what is stated of a measurement, numbers as numbers, by names ending in the unit."""
    told = {name: as_number(value) for name, value in measurement.conditions.items()}
    columns = {name: getattr(measurement, name) for name in COLUMNS}
    rung = measurement.rung
    if rung is not None:
        name = {"GPa": "pressure_gpa", "K": "temperature_k", "d": "age_days"}[rung.unit]
        columns[name] = rung.nominal if columns[name] is None else columns[name]
    texts = {name: getattr(measurement, name) for name in ("branch", "part", "spot") if getattr(measurement, name)}
    # A file calls it the laser, a measurement the excitation.
    columns["laser_nm"] = columns["excitation_wavelength_nm"]
    return {**told, **{name: float(value) for name, value in columns.items() if value is not None}, **texts}


def as_number(value: object) -> object:
    """Return a condition's text as a number, when it is one."""
    try:
        return float(str(value))
    except ValueError:
        return value


def calibrations_of(measurement: Measurement) -> tuple[dict[str, float], dict[str, Calibration]]:
    """Return the calibrations in force when a measurement was made, as settings, and which one gave each."""
    instrument = measurement.instrument
    if instrument is None:
        return {}, {}
    day = measurement.measured_at.date() if measurement.measured_at else date.max
    values: dict[str, float] = {}
    sources: dict[str, Calibration] = {}
    known = list(instrument.calibrations.all())
    for kind, (name, stderr_name) in CALLED.items():
        window = stated(measurement).get("window_ns")
        applies_to = f"{window:g} ns" if kind == CalibrationKind.IRF and isinstance(window, float) else ""
        found = in_force([one for one in known if one.kind == kind], day, applies_to)
        if found is None or found.value is None:
            continue
        values[name], sources[name] = float(found.value), found
        if found.stderr is not None:
            values[stderr_name] = float(found.stderr)
    return values, sources
