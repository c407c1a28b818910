"""Doing the steps of a process one by one."""

from datetime import datetime

from labbook.errors import Refusal
from labbook.journal import Journal
from samples.models import Step, StepStatus
from samples.services.values import accept_plan


def finish_step(journal: Journal, *, step: Step, at: datetime, as_planned: bool = False) -> Step:
    """Mark a step as done; with `as_planned` its open values and looks take what was planned."""
    if journal.is_future(at):
        raise Refusal("This moment lies in the future.", field="at")
    if as_planned:
        take_as_planned(journal, step=step)
    return _set(journal, step, StepStatus.DONE, at, "step done")


def reopen_step(journal: Journal, *, step: Step) -> Step:
    """Take a step back to planned; what was recorded in it stays."""
    return _set(journal, step, StepStatus.PLANNED, None, "step reopened")


def take_as_planned(journal: Journal, *, step: Step) -> int:
    """Write the plan of a step's open values and looks as what was done; returns how many values."""
    accepted = accept_plan(journal, process=step.process, values=list(step.values.all()))
    before = step.look_before, step.look_after
    step.look_before = step.look_before or step.look_before_planned
    step.look_after = step.look_after or step.look_after_planned
    if before != (step.look_before, step.look_after):
        step.save(update_fields=["look_before", "look_after"])
        journal.changed(step.process, f"{step.title}: look as planned", {"look_after": (before[1], step.look_after)})
    return accepted


def write_step_note(journal: Journal, *, step: Step, note: str, look_after: str | None = None) -> Step:
    """Write what was seen in a step, in the person's own words."""
    before = step.note, step.look_after
    step.note = note.strip()[:20_000]
    step.look_after = step.look_after if look_after is None else look_after.strip()[:120]
    if before == (step.note, step.look_after):
        return step
    step.save(update_fields=["note", "look_after"])
    process = step.process
    process.version += 1
    process.save(update_fields=["version"])
    changes = {
        f"step{step.position}.note": (before[0], step.note),
        f"step{step.position}.look": (before[1], step.look_after),
    }
    journal.changed(process, f"{step.title}: note", changes)
    return step


def _set(journal: Journal, step: Step, status: StepStatus, at: datetime | None, action: str) -> Step:
    if step.status == status:
        return step
    before, step.status, step.done_at = step.status, status, at
    step.save(update_fields=["status", "done_at"])
    journal.changed(step.process, f"{step.title}: {action}", {f"step{step.position}.status": (before, status)})
    return step
