"""Pressure from a ruby spectrum, on every scale, with its error split into where it comes from."""

from collections.abc import Mapping

from analysis.methods.contract import Flag, Outcome, Result, ResultTable, SettingValue, Work
from analysis.methods.ruby_reference import medium_told, optional, reference_of, temperature_told
from analysis.methods.ruby_telling import line_flags, line_results, lines_outcome, lines_seen
from analysis.physics.ruby.errors import DETECTION_SIGMAS, Pressure, Reference, pressure_on
from analysis.physics.ruby.scales import SCALES
from analysis.physics.ruby.temperature import ragan_splitting_nm
from analysis.publishing.rounding import Number, printed

# Below zero by more than this many standard errors a pressure is told, by more than the second not believed.
ODD_SIGMAS, GRAVE_SIGMAS = 2.0, 4.0


def run(work: Work) -> Outcome:
    """Return pressure, lines, widths and splitting of one ruby spectrum."""
    reference = reference_of(work.settings)
    seen = lines_seen(work)
    pressures = [pressure_on(name, seen.r1_nm, seen.r1_stderr_nm, reference) for name in SCALES]
    chosen = next(one for one in pressures if one.scale.name == work.settings["scale"])
    limit_gpa, limit_note = chosen.detection_limit_gpa, f"{DETECTION_SIGMAS:g} standard errors at P = 0"
    results = (
        Result("pressure", chosen.value_gpa, chosen.stderr_gpa, "GPa", note=chosen.scale.label),
        *line_results(seen),
        Result("pressure_detection_limit", limit_gpa, None, "GPa", note=limit_note),
    )
    statistics = pressure_statistics(chosen, pressures, reference, work.settings)
    if reference.temperature_k is not None:
        # A splitting that differs from this is a sign of pressure that is not the same on all sides.
        statistics["splitting_expected_nm"] = ragan_splitting_nm(reference.temperature_k)
    flags = (*line_flags(seen), *pressure_flags(chosen))
    told = printed(Number(chosen.value_gpa, chosen.stderr_gpa))
    says = (
        f"{told} GPa on the scale {chosen.scale.label}, from R1 at {seen.r1_nm:.4f} nm and λ0 at "
        f"{reference.at_temperature_nm:.4f} nm; {limit_gpa:.2g} GPa would have been seen."
    )
    return lines_outcome(seen, results, statistics, flags, says, tables=(scales_table(pressures),))


def pressure_statistics(
    chosen: Pressure, pressures: list[Pressure], reference: Reference, settings: Mapping[str, SettingValue]
) -> dict[str, SettingValue]:
    """Return where the error comes from and what was taken for granted."""
    values = [one.value_gpa for one in pressures]
    stated = [name for name in ("lambda0_stderr_nm", "calibration_stderr_nm") if optional(settings, name) is not None]
    return {
        "scale": chosen.scale.name,
        "stderr_fit_gpa": chosen.from_fit_gpa,
        "stderr_calibration_gpa": chosen.from_calibration_gpa,
        "stderr_temperature_gpa": chosen.from_temperature_gpa,
        "stderr_scale_gpa": chosen.from_scale_gpa,
        "spread_of_scales_gpa": max(values) - min(values),
        "stderr_holds": "fit" if not stated else "fit, " + ", ".join(stated),
        "detection_limit_gpa": chosen.detection_limit_gpa,
        "lambda0_nm": reference.lambda0_nm,
        "lambda0_at_temperature_nm": reference.at_temperature_nm,
        "temperature": temperature_told(reference),
        "medium": medium_told(settings),
    }


def pressure_flags(pressure: Pressure) -> tuple[Flag, ...]:
    """Return what speaks against a pressure."""
    flags = []
    below_sigmas = -pressure.value_gpa / pressure.stderr_gpa if pressure.stderr_gpa > 0 else 0.0
    if below_sigmas > ODD_SIGMAS:
        text = (
            f"The pressure is {below_sigmas:.1f} standard errors below zero: λ0 has drifted, or λ0 and the spectrum "
            "are not in the same medium or at the same temperature. Measure λ0 again on the same day."
        )
        flags.append(Flag("negative_pressure", text, is_grave=below_sigmas > GRAVE_SIGMAS))
    if not pressure.is_within_scale:
        text = f"{pressure.scale.label} holds to {pressure.scale.upper_gpa:g} GPa; choose a scale that reaches further."
        flags.append(Flag("outside_scale", text, is_grave=True))
    return tuple(flags)


def scales_table(pressures: list[Pressure]) -> ResultTable:
    """Return the pressure on every scale."""
    rows = tuple(
        (one.scale.label, one.value_gpa, one.stderr_gpa, one.from_scale_gpa, one.scale.upper_gpa) for one in pressures
    )
    columns = (("Scale", ""), ("P", "GPa"), ("± measured", "GPa"), ("± of the scale", "GPa"), ("Holds to", "GPa"))
    return ResultTable("scales", "The same R1 on every scale", columns, rows)
