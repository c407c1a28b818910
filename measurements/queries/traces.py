"""Traces of a recipe: which curves they are, as far as a person may see them, and what tells them apart."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from labbook.models import Lab, User
from measurements.curves.recipe import MOST_TRACES, Cut, Recipe, TraceKey, differing
from measurements.curves.trace import Trace
from measurements.models import Curve, FileName, Measurement, MeasurementRecording, RawFile, RecordingRole
from measurements.techniques import COLUMN_OF, UNIT_OF, Along, Technique
from samples.models import Sample, SampleSize

SIGNAL = "signal"


def traces_of(recipe: Recipe, lab: Lab, *, seen_by: User) -> list[Trace]:
    """Return the traces of a recipe in its order, each with a label made of what differs among them."""
    parts = parts_of_measurements(recipe, lab, seen_by)
    found = [one for part in parts for one in traces_of_part(part)]
    found += traces_by_key(recipe.traces, lab, seen_by)
    unique = list({str(trace.key): (trace, facts) for trace, facts in found}.values())[:MOST_TRACES]
    labels = differing([facts for _, facts in unique])
    sizes = sizes_of({trace.sample_code for trace, _ in unique if trace.sample_code}, lab)
    return [
        replace(trace, label=label, edge_length_nm=sizes.get(trace.sample_code))
        for (trace, _), label in zip(unique, labels, strict=True)
    ]


def sizes_of(codes: set[str], lab: Lab) -> dict[str, float]:
    """Return the size in force of each sample, its own before that of its fraction."""
    if not codes:
        return {}
    sizes = SampleSize.objects.filter(is_in_force=True)
    told = dict(
        Sample.objects.filter(lab=lab, code__in=codes, fraction__sizes__in=sizes).values_list(
            "code", "fraction__sizes__edge_length_nm"
        )
    )
    told |= dict(
        Sample.objects.filter(lab=lab, code__in=codes, sizes__in=sizes).values_list("code", "sizes__edge_length_nm")
    )
    return {code: float(size) for code, size in told.items()}


def parts_of_measurements(recipe: Recipe, lab: Lab, user: User) -> list[MeasurementRecording]:
    """Return the main recordings of the measurements that a recipe names, in its order."""
    seen = Measurement.objects.visible_to(user).filter(lab=lab, pk__in=recipe.measurements)
    parts = parts_with_curves().filter(measurement__in=seen, role=RecordingRole.MAIN, recording__isnull=False)
    order = {pk: index for index, pk in enumerate(recipe.measurements)}
    return told_to(user, sorted(parts, key=lambda part: (order.get(part.measurement_id, 0), part.pk)))


def told_to(user: User, parts: list[MeasurementRecording]) -> list[MeasurementRecording]:
    """Return parts of visible measurements without samples that lie in a project hidden from the person.

    A sample of no project, or of the measurement's own, is as visible as the measurement; only others are asked for.
    """
    elsewhere = {
        sample.pk
        for part in parts
        if (sample := part.measurement.sample) and sample.project_id not in {None, part.measurement.project_id}
    }
    seen = (
        set(Sample.objects.visible_to(user).filter(pk__in=elsewhere).values_list("pk", flat=True))
        if elsewhere
        else set()
    )
    for part in parts:
        if part.measurement.sample_id in elsewhere - seen:
            # In memory only: what is drawn is not saved.
            part.measurement.sample = None
    return parts


def parts_with_curves() -> Any:
    """Return parts of measurements with everything that a trace needs of them."""
    curves = Prefetch("recording__curves", queryset=Curve.objects.order_by("position"))
    return MeasurementRecording.objects.select_related(
        "measurement__sample", "measurement__rung", "recording", "file_name"
    ).prefetch_related(curves)


def traces_of_part(part: MeasurementRecording) -> list[tuple[Trace, dict[str, str]]]:
    """Return the trace of a measurement's recording: its first signal."""
    curves = part.recording.curves.all() if part.recording else []
    first = next((one for one in curves if one.role == SIGNAL), None)
    return [trace_of(first, part, usual_key(first, part))] if first is not None else []


def usual_key(curve: Curve, part: MeasurementRecording) -> TraceKey:
    """Return what is drawn of a curve as a line: a streak image's decay, else its row or all of it."""
    if part.row is None and len(curve.shape) == 2 and part.measurement.technique == Technique.TRPL:
        return TraceKey(curve.pk, cut=Cut("y"))
    return TraceKey(curve.pk, part.row)


def seen_curves(lab: Lab, user: User) -> "QuerySet[Curve]":
    """Return the curves of files that a person may see."""
    files = RawFile.objects.visible_to(user).filter(lab=lab)
    return Curve.objects.filter(recording__raw_file__in=files).select_related("recording")


def traces_by_key(keys: tuple[TraceKey, ...], lab: Lab, user: User) -> list[tuple[Trace, dict[str, str]]]:
    """Return the traces that a recipe names one by one."""
    curves = seen_curves(lab, user).filter(pk__in=[key.curve_id for key in keys])
    by_id = {one.pk: one for one in curves}
    found = [by_id[key.curve_id] for key in keys if key.curve_id in by_id]
    parts = parts_by_recording([one.recording_id for one in found], lab, user)
    names = names_by_file([one.recording.raw_file_id for one in found], lab, user)
    return [
        trace_of(
            by_id[key.curve_id],
            parts.get(by_id[key.curve_id].recording_id),
            key,
            names.get(by_id[key.curve_id].recording.raw_file_id, ""),
        )
        for key in keys
        if key.curve_id in by_id
    ]


def parts_by_recording(ids: list[int], lab: Lab, user: User) -> dict[int, MeasurementRecording]:
    """Return, for each recording, the visible measurement it is the main recording of."""
    seen = Measurement.objects.visible_to(user).filter(lab=lab)
    parts = MeasurementRecording.objects.filter(recording__in=ids, measurement__in=seen).filter(
        Q(role=RecordingRole.MAIN)
    )
    told = parts.select_related("measurement__sample", "measurement__rung", "file_name", "recording").order_by("-pk")
    return {one.recording_id: one for one in told_to(user, list(told)) if one.recording_id is not None}


def names_by_file(ids: list[int], lab: Lab, user: User) -> dict[int, str]:
    """Return the visible name of each file."""
    names = FileName.objects.visible_to(user).filter(lab=lab, raw_file__in=ids).order_by("-pk")
    return dict(names.values_list("raw_file_id", "name"))


def trace_of(
    curve: Curve, part: MeasurementRecording | None, key: TraceKey, file_name: str = ""
) -> tuple[Trace, dict[str, str]]:
    """Return a trace and the facts that its label is made of."""
    measurement = part.measurement if part else None
    settings = curve.recording.settings
    trace = Trace(
        key=key,
        store_key=curve.store_key,
        label="",
        name=curve.name,
        unit=curve.unit,
        x_unit=curve.x_unit if key.cut is None or key.cut.along == "x" else "",
        technique=measurement.technique if measurement else curve.recording.technique,
        laser_nm=laser_of(measurement, settings),
        x_ray_angstrom=number(settings.get("wavelength_alpha1_angstrom")) or x_ray_of(measurement),
        sample_code=measurement.sample.code if measurement and measurement.sample else "",
        measurement_id=measurement.pk if measurement else None,
        file_name=part.file_name.name if part else file_name,
        rung=rung_of(measurement),
        rung_unit=rung_unit_of(measurement),
    )
    return trace, facts_of(trace, curve, measurement)


def laser_of(measurement: Measurement | None, settings: dict[str, Any]) -> float | None:
    """Return the wavelength of the laser: what a person stated, else what the file says."""
    stated = measurement.excitation_wavelength_nm if measurement else None
    return float(stated) if stated is not None else number(settings.get("laser_nm"))


def x_ray_of(measurement: Measurement | None) -> float | None:
    """Return the wavelength of the X-rays that a person stated."""
    return number(measurement.conditions.get("wavelength_alpha1_angstrom")) if measurement else None


def number(value: object) -> float | None:
    """Return a setting as a number, when it is one."""
    try:
        return float(str(value).split()[0]) if value not in (None, "") else None
    except ValueError:
        return None


def rung_of(measurement: Measurement | None) -> float | None:
    """Return where a measurement stands on its ladder."""
    if measurement is None:
        return None
    stated = next((value for column in COLUMN_OF.values() if (value := getattr(measurement, column)) is not None), None)
    if measurement.rung is not None:
        return float(measurement.rung.nominal)
    return None if stated is None else float(stated)


def rung_unit_of(measurement: Measurement | None) -> str:
    """Return the unit of the ladder that a measurement stands on."""
    if measurement is None:
        return ""
    if measurement.rung is not None:
        return measurement.rung.unit
    stated = (along for along, column in COLUMN_OF.items() if getattr(measurement, column) is not None)
    return next((UNIT_OF[along] for along in stated), "")


def facts_of(trace: Trace, curve: Curve, measurement: Measurement | None) -> dict[str, str]:
    """Return what may tell a trace from others, the most telling first."""
    facts = {"sample": trace.sample_code}
    if measurement is not None:
        for along, column in COLUMN_OF.items():
            facts[along] = shown(getattr(measurement, column), UNIT_OF[Along(along)])
        facts |= {
            "branch": measurement.branch, "part": measurement.part, "spot": measurement.spot,
            "technique": measurement.technique, "reference": measurement.reference_kind,
            "replicate": f"no. {measurement.replicate}",
        }  # fmt: skip
    row = f"row {trace.key.row + 1}" if trace.key.row is not None else ""
    cut = f"{trace.key.cut.low or ''}–{trace.key.cut.high or ''}".strip("–") if trace.key.cut else ""
    more = {"channel": curve.name, "row": row, "cut": cut, "label": curve.recording.label, "file": trace.file_name}
    return facts | more


def shown(value: Decimal | None, unit: str) -> str:
    """Return a condition with its unit, or nothing."""
    return "" if value is None else f"{value.normalize():f} {unit}"
