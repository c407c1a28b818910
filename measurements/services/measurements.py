"""Measurements as people keep them: added by hand, corrected, moved to the right sample, void and restored."""

from collections.abc import Mapping
from typing import Any

from labbook.errors import Refusal
from labbook.journal import Journal, journal_of
from labbook.models import Project, User
from labbook.services.editing import check_unchanged, edit, locked
from labbook.services.projects import place_in_project
from labbook.services.versions import save_checked
from measurements.models import Measurement, Rung
from measurements.services.checking import save_fitting
from measurements.services.indexing import index_measured_samples, index_measurements
from measurements.services.telling import tell_changed
from samples.models import Sample

# What a new measurement may say of itself besides what it looks at.
FACTS = Measurement.EDITABLE


def add_measurement(
    journal: Journal, *, sample: Sample | None = None, reference_kind: str = "", project: Project | None = None,
    facts: Mapping[str, Any],
) -> Measurement:  # fmt: skip
    """Write a measurement that has no file yet; it lies in its sample's project unless another is given.

    Raises Refusal when it looks at nothing or at two things, or on a value that does not fit.
    """
    if (sample is None) == (not reference_kind):
        raise Refusal("A measurement looks at one sample, or at one reference.", field="sample")
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise Refusal(f"A measurement has no {', '.join(sorted(unknown))}.")
    project = project or (sample.project if sample else None)
    made = Measurement(
        lab=journal.lab, created_by=journal.by, sample=sample, reference_kind=reference_kind, project=project,
        **{name: value for name, value in facts.items() if name != "project"},
    )  # fmt: skip
    check_rung(made.sample, made.rung)
    save_fitting(made)
    told = {name: value for name, value in facts.items() if value not in (None, "", {})}
    journal.created(made, sample=sample, reference=reference_kind, **told)
    index_measurements([made])
    return made


def edit_measurement(
    *,
    record: Measurement,
    changes: Mapping[str, Any],
    token: str,
    by: User,
    reason: str = "",
    action: str = "changed",
    every_field_is_meant: bool = False,
) -> Measurement:
    """Change what is said of a measurement; see `edit_record`.

    Raises Conflict on fields that somebody else changed meanwhile, Refusal on a value that does not fit.
    """
    with journal_of(record.lab, by=by, reason=reason) as journal:
        check_rung(record.sample, changes.get("rung"))
        measurement = edit(
            journal, record, changes=changes, token=token, action=action, every_field_is_meant=every_field_is_meant
        )
        index_measurements([measurement])
        tell_changed(journal, [measurement])
    return measurement


def check_rung(sample: Sample | None, rung: Rung | None) -> None:
    """Refuse a rung of another sample's ladder."""
    if rung is not None and (sample is None or rung.series.sample_id != sample.pk):
        raise Refusal("This rung belongs to a series of another sample.", field="rung")


def move_measurement(
    journal: Journal, measurement: Measurement, *, sample: Sample, reason: str, token: str
) -> Measurement:
    """Give a measurement to the sample it really is of; it leaves the other's ladder and goes into its project.

    Raises Refusal without a reason, for the sample it has already, or when somebody changed it meanwhile.
    """
    held = locked(measurement)
    check_unchanged(held, token)
    if not reason.strip():
        raise Refusal("Say how the wrong sample was found out.", field="reason")
    if held.sample_id == sample.pk:
        raise Refusal(f"It is of {sample.code} already.", field="sample")
    old, rung, project = held.sample, held.rung, held.project
    held.sample, held.reference_kind, held.rung = sample, "", None
    if sample.project_id != held.project_id:
        place_in_project(journal, held, project=sample.project)
        held.project = sample.project
    saved(held, "sample", "reference_kind", "rung", "project")
    told = {"sample": (old, sample), "rung": (rung, None), "project": (project, held.project)}
    journal.changed(held, "moved to another sample", told, reason)
    index_measurements([held])
    index_measured_samples({old.pk} if old else ())
    tell_changed(journal, [held])
    return held


def void_measurement(journal: Journal, measurement: Measurement, *, reason: str, token: str = "") -> Measurement:
    """Let a measurement no longer count; it stays, with its files, and can be restored.

    Raises Refusal without a reason, or when it is void already.
    """
    held = locked_as_read(measurement, token)
    if not reason.strip():
        raise Refusal("Say why it does not count.", field="reason")
    if held.is_void:
        raise Refusal("It is void already.")
    held.is_void, held.void_reason = True, reason.strip()[:200]
    saved(held, "is_void", "void_reason")
    journal.changed(held, "made void", {"is_void": (False, True)}, reason)
    index_measurements([held])
    tell_changed(journal, [held])
    return held


def restore_measurement(journal: Journal, measurement: Measurement, *, token: str = "") -> Measurement:
    """Let a void measurement count again. Raises Refusal when it is not void."""
    held = locked_as_read(measurement, token)
    if not held.is_void:
        raise Refusal("It is not void.")
    before, held.is_void, held.void_reason = held.void_reason, False, ""
    saved(held, "is_void", "void_reason")
    journal.changed(held, "restored", {"is_void": (True, False), "void_reason": (before, "")})
    index_measurements([held])
    tell_changed(journal, [held])
    return held


def locked_as_read(measurement: Measurement, token: str) -> Measurement:
    """Return the measurement, locked; with a token, refused when it changed since."""
    held = locked(measurement)
    if token:
        check_unchanged(held, token)
    return held


def saved(measurement: Measurement, *fields: str) -> None:
    """Save some fields as the next version."""
    measurement.version += 1
    save_checked(measurement, [*fields, "version"])
