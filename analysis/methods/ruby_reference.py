"""λ0 as a method is given it: in the medium of the spectrum, and moved to its temperature where both are stated."""

from collections.abc import Mapping

from analysis.methods.contract import SettingValue
from analysis.methods.ruby_spectrum import number_of
from analysis.physics.air import air_nm, vacuum_nm
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.ruby.errors import Reference

# Within these a room is; a ruby that is colder or hotter needs the temperature at which λ0 was measured.
ROOM_K = (285.0, 305.0)


def reference_of(settings: Mapping[str, SettingValue]) -> Reference:
    """Return λ0 and the errors that were stated; asks for the temperature of λ0 where it matters."""
    temperature_k, measured_at_k = optional(settings, "temperature_k"), optional(settings, "lambda0_temperature_k")
    if temperature_k is not None and measured_at_k is None and not ROOM_K[0] <= temperature_k <= ROOM_K[1]:
        raise CannotAnalyse(
            f"State the temperature at which λ0 was measured: lambda0_temperature_k. At {temperature_k:g} K the lines "
            "have moved without any pressure."
        )
    return Reference(
        lambda0_nm=in_medium_nm(number_of(settings, "lambda0_nm"), settings),
        stderr_nm=optional(settings, "lambda0_stderr_nm") or 0.0,
        calibration_stderr_nm=optional(settings, "calibration_stderr_nm") or 0.0,
        measured_at_k=measured_at_k,
        temperature_k=temperature_k,
        temperature_stderr_k=optional(settings, "temperature_stderr_k") or 0.0,
    )


def in_medium_nm(lambda0_nm: float, settings: Mapping[str, SettingValue]) -> float:
    """Return λ0 in the medium of the spectrum; with one medium unstated both are in the same."""
    medium, of_lambda0 = settings.get("medium"), settings.get("lambda0_medium")
    if not medium or not of_lambda0 or medium == of_lambda0:
        return lambda0_nm
    return vacuum_nm(lambda0_nm) if medium == "vacuum" else air_nm(lambda0_nm)


def medium_told(settings: Mapping[str, SettingValue]) -> str:
    """Return in words which medium the wavelengths are in."""
    medium, of_lambda0 = settings.get("medium"), settings.get("lambda0_medium")
    if medium and of_lambda0 and medium != of_lambda0:
        return f"{medium}; λ0 converted from {of_lambda0}"
    return f"{medium or of_lambda0}, λ0 too" if medium or of_lambda0 else "not stated; λ0 is taken to be in the same"


def temperature_told(reference: Reference) -> str:
    """Return in words what was done about the temperature."""
    if reference.is_corrected:
        moved_nm = reference.at_temperature_nm - reference.lambda0_nm
        return (
            f"λ0 moved by {moved_nm:+.5f} nm from {reference.measured_at_k:g} to {reference.temperature_k:g} K "
            "(Datchi 2007)"
        )
    return "no correction: ruby and λ0 are taken to have been at one temperature"


def optional(settings: Mapping[str, SettingValue], name: str) -> float | None:
    """Return a number that may be left out."""
    value = settings.get(name)
    return value if isinstance(value, float) else None
