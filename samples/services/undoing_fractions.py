"""Undoing a save of the precipitation table while nothing of it was used since."""

from collections.abc import Iterable

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.services.editing import locked
from samples.kinds import ProcessKind
from samples.models import (
    EntryKind,
    LabelRequest,
    Process,
    ProcessInput,
    ProcessStatus,
    Sample,
    SampleStatus,
    Synthesis,
)
from samples.services.indexing import index_sample
from samples.services.injection_inputs import return_input
from samples.services.ledger import change_amount, lock_sample
from samples.services.rounds import recount_fractions

REASON = "the recording was undone"


def undo_fractions(journal: Journal, *, synthesis: Synthesis, process_ids: Iterable[int]) -> int:
    """Reverse what one save of the table wrote, newest first; returns how many samples it took back.

    Amounts return as corrections, the samples stay in the book as discarded, and their codes are not given out
    again. Raises Refusal, naming the sample, once something of it was used, measured amounts included.
    """
    held = locked(synthesis)
    rounds = list(
        held.processes.filter(kind=ProcessKind.PRECIPITATION, pk__in=list(process_ids)).order_by("-round_number")
    )
    fractions = Sample.objects.filter(origin__in=rounds)
    dispensings = Process.objects.filter(kind=ProcessKind.DISPENSING, inputs__sample__in=fractions).distinct()
    spins = Process.objects.filter(treats__in=fractions)
    processes = [*dispensings.order_by("-pk"), *spins.order_by("-pk"), *rounds]
    if not rounds:
        raise Refusal("There is nothing here to undo.")
    made = list(Sample.objects.filter(origin__in=processes).order_by("-pk"))
    _check_untouched(made, processes, held)
    for process in processes:
        _reverse(journal, process)
    LabelRequest.objects.filter(sample__in=made, printed_at=None).delete()
    if any(one.is_stop for one in rounds):
        before, held.stop_reason = held.stop_reason, ""
        held.version += 1
        held.save(update_fields=["stop_reason", "version"])
        journal.changed(held, "stop taken back", {"stop_reason": (before, "")}, reason=REASON)
    recount_fractions(journal, synthesis=held)
    return len(made)


def _check_untouched(made: list[Sample], processes: list[Process], synthesis: Synthesis) -> None:
    """Refuse when a later process stands on what this save made."""
    uses = ProcessInput.objects.filter(sample__in=made, used_at__isnull=False).exclude(process__in=processes)
    treatments = Process.objects.filter(treats__in=made).exclude(pk__in=[one.pk for one in processes])
    touched = (
        uses.values_list("sample__code", flat=True).first() or treatments.values_list("treats__code", flat=True).first()
    )
    if touched:
        raise Refusal(f"{touched} was used since, so this can no longer be undone.")
    if any(one.status == ProcessStatus.ABORTED for one in processes):
        raise Refusal(f"This save of {synthesis.code} was already undone.")


def _reverse(journal: Journal, process: Process) -> None:
    for sample in process.outputs.order_by("-pk"):
        _take_back(journal, lock_sample(sample), process)
    for line in process.inputs.filter(used_at__isnull=False).select_related("sample", "process"):
        return_input(journal, line=line, reason=REASON)
    before = process.status
    process.status, process.round_number, process.outcome = ProcessStatus.ABORTED, None, REASON
    process.version += 1
    process.save(update_fields=["status", "round_number", "outcome", "version"])
    journal.changed(process, "undone", {"status": (before, process.status)}, reason=REASON)


def _take_back(journal: Journal, sample: Sample, process: Process) -> None:
    if sample.balance:
        change_amount(
            journal, sample=sample, kind=EntryKind.CORRECTION, amount=-sample.balance, at=journal.at,
            by=process.operator, reason=REASON, process=process,
        )  # fmt: skip
    held = lock_sample(sample)
    before = held.status
    held.status, held.status_reason, held.ended_at = SampleStatus.DISCARDED, REASON, journal.at
    held.version += 1
    held.save(update_fields=["status", "status_reason", "ended_at", "version"])
    journal.changed(held, "undone", {"status": (before, held.status)}, reason=REASON)
    index_sample(held)
