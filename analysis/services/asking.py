"""Asking a worker for fits: one method on one measurement, or fits again on today's records."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.methods.table import METHODS
from analysis.models import Fit
from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.models import Job, User
from labbook.services.jobs import enqueue
from measurements.models import Measurement

ANALYSE, REPEAT = "analyse_with", "repeat_fits"


def ask_for_analysis(journal: Journal, measurement: Measurement, *, method: str, stated: Mapping[str, Any]) -> Job:
    """Let a worker run a method on a measurement with what is stated. Raises Refusal for a method of something else."""
    row = METHODS[method]
    if measurement.technique not in row.techniques:
        raise Refusal(f"{row.title} is not for {measurement.technique}.", field="method")
    arguments = {"measurement": measurement.pk, "method": method, "stated": dict(stated)}
    title = f"{row.title} of {measurement}"
    return enqueue(
        lab=journal.lab, by=author(journal), kind=ANALYSE, title=title, arguments=arguments,
        project=measurement.project,
    )  # fmt: skip


def ask_for_repetition(journal: Journal, fits: Sequence[Fit]) -> Job:
    """Let a worker run fits again on today's records. Raises Refusal when there are none."""
    if not fits:
        raise Refusal("There is no fit to be repeated.")
    projects = {one.project_id for one in fits}
    title = f"Repeat {len(fits)} fit{'s' if len(fits) > 1 else ''}"
    return enqueue(
        lab=journal.lab, by=author(journal), kind=REPEAT, title=title, arguments={"fits": [one.pk for one in fits]},
        project=fits[0].project if len(projects) == 1 else None,
    )  # fmt: skip


def author(journal: Journal) -> User:
    """Return who asks."""
    if journal.by is None:
        raise ValueError("Somebody asks for a job.")
    return journal.by
