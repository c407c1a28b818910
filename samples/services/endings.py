"""How a synthesis ends: finished, aborted or failed."""

from collections.abc import Iterable
from datetime import datetime

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.services.editing import locked
from samples.models import Process, ProcessInput, ProcessStatus, Synthesis, SynthesisStatus
from samples.services.injection_inputs import use_line
from samples.services.planning import injection_of, set_status

ENDS = {
    SynthesisStatus.FINISHED: ProcessStatus.DONE,
    SynthesisStatus.ABORTED: ProcessStatus.ABORTED,
    SynthesisStatus.FAILED: ProcessStatus.FAILED,
}


def end_synthesis(
    journal: Journal,
    *,
    synthesis: Synthesis,
    outcome: SynthesisStatus,
    at: datetime | None = None,
    reason: str = "",
    look: str = "",
    used: Iterable[ProcessInput] = (),
) -> Synthesis:
    """End a synthesis; what was used stays used, and no fraction is needed.

    `used` names the planned inputs that were used although nothing was injected; they are debited now.
    Raises Refusal at what a finished synthesis still lacks, or at reason when it was aborted or failed.
    """
    held = locked(synthesis)
    if outcome not in ENDS:
        raise Refusal("A synthesis ends finished, aborted or failed.", field="outcome")
    if held.status not in (SynthesisStatus.PLANNED, SynthesisStatus.RUNNING):
        raise Refusal(f"{held.code} has already ended: {held.get_status_display()}.", field="outcome")
    at = at or journal.at
    if journal.is_future(at):
        raise Refusal("This moment lies in the future.", field="at")
    process = injection_of(held)
    if outcome == SynthesisStatus.FINISHED:
        _check_complete(held, process)
    elif not reason.strip():
        raise Refusal(f"Say why it was {outcome.label}.", field="reason")
    for line in used:
        _use_before_injection(journal, held, process, line, at)
    set_status(
        journal, held, outcome, finished_at=at, end_reason=reason.strip()[:300], look=look.strip()[:200] or held.look,
    )  # fmt: skip
    before, process.status, process.ended_at = process.status, ENDS[outcome], at
    process.version += 1
    process.save(update_fields=["status", "ended_at", "version"])
    journal.changed(process, "ended", {"status": (before, process.status)})
    return held


def reopen_synthesis(journal: Journal, *, synthesis: Synthesis, reason: str) -> Synthesis:
    """Let an ended synthesis run on, with the reason why."""
    held = locked(synthesis)
    if held.status not in ENDS:
        raise Refusal(f"{held.code} has not ended.", field="outcome")
    if not reason.strip():
        raise Refusal("Say why it is opened again.", field="reason")
    journal.reason = reason
    set_status(journal, held, SynthesisStatus.RUNNING, finished_at=None, end_reason="")
    process = injection_of(held)
    process.status, process.ended_at = ProcessStatus.RUNNING, None
    process.save(update_fields=["status", "ended_at"])
    return held


def missing_to_finish(synthesis: Synthesis, process: Process) -> dict[str, str]:
    """Return what a finished synthesis still lacks: field → the sentence that asks for it."""
    missing = {}
    if not synthesis.operator:
        missing["operator"] = "Who did it? Give the operator's initials."
    if synthesis.recipe_id is None:
        missing["recipe"] = "Choose the recipe it was made by."
    if synthesis.started_at is None and synthesis.injected_at is None:
        missing["at"] = "When was it done? Start it or stamp the injection."
    value = next((one for one in process.values.all() if one.key == "injection_temperature_c"), None)
    if value is None or (value.actual is None and not value.reason):
        missing["injection_temperature_c"] = "Give the injection temperature, or say why it was not recorded."
    return missing


def _check_complete(synthesis: Synthesis, process: Process) -> None:
    for field, sentence in missing_to_finish(synthesis, process).items():
        raise Refusal(sentence, field=field)
    if synthesis.injected_at:
        # What the stamp could not debit is settled before the end: here the refusal offers the recount.
        for line in process.inputs.filter(used_at__isnull=True, sample__isnull=False).select_related("sample"):
            raise Refusal(f"{line.sample} is not debited yet: settle it on the synthesis's page.", field="inputs")


def _use_before_injection(
    journal: Journal, synthesis: Synthesis, process: Process, line: ProcessInput, at: datetime
) -> None:
    if line.process_id != process.pk:
        raise Refusal("This input belongs to another synthesis.", field="used")
    if line.used_at is None:
        use_line(journal, line, synthesis=synthesis, at=at, given=None)
