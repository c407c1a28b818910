"""Assembling what a method works on from the records of a measurement or a series, without loading a number."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.methods.contract import Input, Method, SettingValue, Takes
from analysis.models import InputKind
from analysis.services.borrowing import borrowed_for
from analysis.services.given import Assembly, Given
from analysis.services.points import points_of
from analysis.services.recorded import calibrations_of, given_of
from analysis.services.related import IRF, partner_of
from analysis.services.stating import choices_of, settings_for
from measurements.models import Measurement, Series

NOTHING: Mapping[str, Any] = {}
# What fits say of their points is never all of the scatter between the rungs of a ladder.
SCATTER, FOUND = "scatter", "found"


def assemble_measurement(
    method: Method,
    measurement: Measurement,
    *,
    stated: Mapping[str, Any] = NOTHING,
    partners: Mapping[str, Sequence[Measurement]] = NOTHING,
    seed: int = 0,
) -> Assembly:
    """Return what a method would work on for one measurement; `missing` says what keeps it from running.

    `partners` are measurements that a person chose for the method's other inputs, by role.
    """
    calibrations, calibrated_by = calibrations_of(measurement)
    given: list[Given] = []
    missing = ""
    for one in method.inputs:
        found = inputs_for(one, method, measurement, calibrations, partners)
        given += found
        if one.is_needed and not found:
            missing = missing or f"{method.title} waits for {one.label}."
    recorded: dict[str, Any] = dict(given[0].settings) if given else {}
    borrowed = borrowed_for(method, measurement=measurement)
    recorded |= borrowed.settings
    if any(one.role == IRF for one in given):
        recorded["irf"] = "measured"
    settings = settings_for(method, stated=stated, recorded=recorded, lab_choices=choices_of(measurement.lab, method))
    given += [*borrowed.given, *calibrations_used(method, calibrated_by, calibrations, settings, stated)]
    return Assembly(
        method, measurement.lab, measurement.project, measurement.sample, measurement, None, tuple(given), settings,
        dict(stated), {}, missing or borrowed.missing, seed,
    )  # fmt: skip


def inputs_for(
    one: Input,
    method: Method,
    measurement: Measurement,
    calibrations: Mapping[str, float],
    partners: Mapping[str, Sequence[Measurement]],
) -> list[Given]:
    """Return the recordings that fill one input of a method."""
    if one.takes != Takes.CURVE:
        return []
    if partners.get(one.role):
        return [given for each in partners[one.role] for given in given_of(each, one.role, calibrations)]
    if is_own(one, method, measurement, partners):
        return given_of(measurement, one.role, calibrations)
    partner, how = partner_of(measurement, one.role)
    found = given_of(partner, one.role) if partner is not None else []
    return [Given(g.role, g.kind, g.measurement, g.curve, g.row, g.others, g.settings, said=how) for g in found]


def is_own(one: Input, method: Method, measurement: Measurement, partners: Mapping[str, Sequence[Measurement]]) -> bool:
    """Say whether an input is the measurement itself: by its part in a set, else the first that no partner fills."""
    roles = [each.role for each in method.inputs if not partners.get(each.role)]
    own = measurement.part if measurement.part in roles else next(iter(roles), "")
    return one.role == own


def calibrations_used(
    method: Method,
    calibrated_by: Mapping[str, Any],
    calibrations: Mapping[str, float],
    settings: Mapping[str, SettingValue],
    stated: Mapping[str, Any],
) -> list[Given]:
    """Return the calibrations whose value a setting of the run has taken."""
    used = []
    for setting in method.settings:
        name = next((one for one in (setting.name, *setting.from_conditions) if one in calibrated_by), None)
        if name is None or setting.name in stated or settings.get(setting.name) != calibrations[name]:
            continue
        said = f"{setting.name} {calibrations[name]:g}"
        used.append(Given(setting.name, InputKind.CALIBRATION, calibration=calibrated_by[name], said=said))
    return used


def assemble_series(method: Method, series: Series, *, stated: Mapping[str, Any] = NOTHING, seed: int = 0) -> Assembly:
    """Return what a method would work on for a whole series: points of its fits, or the recordings of its rungs."""
    given: list[Given] = []
    points = {}
    missing = ""
    for one in method.inputs:
        if one.takes == Takes.POINTS:
            told, sources = points_of(series, one)
            if told is not None:
                points[one.role] = told
            given += sources
            is_there = told is not None
        else:
            found = curves_of(series, method, one)
            given += found
            is_there = bool(found)
        if one.is_needed and not is_there:
            missing = missing or f"{method.title} waits for {one.label}."
    borrowed = borrowed_for(method, series=series)
    if points:
        borrowed.settings[SCATTER] = FOUND
    settings = settings_for(
        method, stated=stated, recorded=borrowed.settings, lab_choices=choices_of(series.lab, method)
    )
    given += borrowed.given
    return Assembly(
        method, series.lab, series.project, series.sample, None, series, tuple(given), settings, dict(stated), points,
        missing or borrowed.missing, seed,
    )  # fmt: skip


def curves_of(series: Series, method: Method, one: Input) -> list[Given]:
    """Return the recordings of a technique along a series, in the order of its rungs."""
    found = Measurement.objects.filter(rung__series=series, technique__in=method.techniques, is_void=False)
    ordered = found.select_related("instrument", "rung__series", "sample").order_by("rung__position", "pk")
    return [given for each in ordered for given in given_of(each, one.role)]
