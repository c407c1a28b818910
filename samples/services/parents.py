"""Correcting what a sample was made of: another sample was used than the one recorded."""

from collections import defaultdict
from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from samples.lineage.layers import from_here_up
from samples.lineage.walk import ancestor_links, descendant_links
from samples.models import EntryKind, Process, ProcessInput, Sample, Synthesis
from samples.services.graph import check_no_cycle, check_order
from samples.services.indexing import index_sample
from samples.services.ledger import change_amount, debit


def replace_input(
    journal: Journal,
    *,
    line: ProcessInput,
    new_sample: Sample,
    reason: str,
    by: str = "",
    recount: Decimal | None = None,
) -> ProcessInput:
    """Let a process have used another sample than recorded; the amount, in the line's unit, stays.

    The old sample gets its amount back as a correction and the new one is debited, in one transaction.
    Raises Refusal for a missing reason, a cycle (naming the way round), another unit, a sample younger
    than the process, one of another project, or a use beyond the new sample's balance.
    """
    process, old = line.process, line.sample
    check_may_replace(line, new_sample, reason)
    held = Sample.objects.select_for_update().filter(pk__in=[new_sample.pk, old.pk if old else None])
    list(held.order_by("pk"))
    check_no_cycle(process, new_sample, asked_by=journal.by)
    if line.used_at is not None:
        check_order(process, new_sample, at=line.used_at)
        if old is not None and line.amount is not None:
            change_amount(
                journal, sample=old, kind=EntryKind.CORRECTION, amount=line.amount, at=line.used_at, by=by,
                reason=correction_reason(old, new_sample, reason), process=process,
            )  # fmt: skip
        debit(
            journal, sample=new_sample, amount=line.amount, process=process, at=line.used_at, by=by,
            as_written=line.as_written, recount=recount,
        )  # fmt: skip
    before = old or line.description or "not recorded"
    line.sample = new_sample
    line.save(update_fields=["sample"])
    tell_of_it(journal, process, before, new_sample, reason)
    refresh_syntheses(list(process.outputs.all()))
    return line


def correction_reason(old: Sample, new_sample: Sample, reason: str) -> str:
    """Return what the old sample's ledger says; a hidden sample is not named to those who see only the old one."""
    project = new_sample.project
    is_hidden = project is not None and project.is_restricted and project.pk != old.project_id
    return f"another sample was used: {reason}"[:300] if is_hidden else f"{new_sample.code} was used: {reason}"[:300]


def check_may_replace(line: ProcessInput, new_sample: Sample, reason: str) -> None:
    """Refuse what cannot be a correction of this input."""
    if not reason.strip():
        raise Refusal("Say why another sample was used.", field="reason")
    if line.sample_id == new_sample.pk:
        raise Refusal(f"{new_sample.code} is what is recorded already.", field="sample")
    if new_sample.unit != line.unit:
        raise Refusal(f"{new_sample.code} is counted in another unit than what was used here.", field="sample")
    if new_sample.lab_id != line.process.lab_id:
        raise Refusal("There is no such sample in this lab.", field="sample")
    if new_sample.project_id not in (None, line.process.project_id):
        raise Refusal(f"{new_sample.code} belongs to another project than what was made here.", field="sample")
    if line.process.inputs.filter(sample=new_sample).exists():
        raise Refusal(f"{new_sample.code} is used by this process already.", field="sample")


def tell_of_it(journal: Journal, process: Process, before: object, after: Sample, reason: str) -> None:
    """Write the replacement into the history of the process and of everything it made."""
    change = {"made of": (str(before), after.code)}
    for record in (process, *process.outputs.all()):
        record.version += 1
        record.save(update_fields=["version"])
        journal.changed(record, "parent replaced", change, reason=reason)


def refresh_syntheses(outputs: list[Sample]) -> None:
    """Say again, of some samples and all their descendants, whose syntheses' material is in them."""
    ids = [one.pk for one in outputs]
    below = descendant_links(ids)
    affected = {*ids, *(link.child_id for link in below)}
    parents: dict[int, list[int]] = defaultdict(list)
    for link in (*below, *(one for one in ancestor_links(ids) if one.child_id in affected)):
        if link.parent_id not in parents[link.child_id]:
            parents[link.child_id].append(link.parent_id)
    everything = {0: sorted(affected), **{child: above for child, above in parents.items() if child in affected}}
    order, _ = from_here_up(everything, 0)
    of = syntheses_of({*affected, *(one for above in parents.values() for one in above)})
    samples = Sample.objects.select_related("origin").in_bulk(affected)
    for pk in reversed(order):
        if pk in affected:
            inherited = set().union(*(of[parent] for parent in parents.get(pk, [])))
            made_in = samples[pk].origin.synthesis_id
            wanted = inherited | ({made_in} if made_in else set())
            if wanted != of[pk]:
                samples[pk].syntheses.set(wanted)
                of[pk] = wanted
                index_sample(samples[pk])


def syntheses_of(sample_ids: set[int]) -> dict[int, set[int]]:
    """Return the synthesis ids recorded for each sample."""
    found: dict[int, set[int]] = {pk: set() for pk in sample_ids}
    rows = Synthesis.objects.filter(samples__in=sample_ids).values_list("samples", "pk")
    for sample_id, synthesis_id in rows:
        if sample_id in found:
            found[sample_id].add(synthesis_id)
    return found
