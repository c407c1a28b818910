"""Receiving many bottles at once: the same rows as one by one, in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from labbook.journal import Journal
from labbook.models import Code
from labbook.services.codes import normalized, refusing_taken_code, remember_numbers, take_tags
from samples.kinds import Precision, ProcessKind, SampleKind, Unit
from samples.models import BottleDetail, EntryKind, LedgerEntry, Process, ProcessStatus, Sample, SampleStatus
from samples.services.indexing import index_samples
from samples.services.stock import BottleFacts, bottle_title

BATCH_SIZE = 500


@dataclass(frozen=True, slots=True)
class Delivery:
    """One bottle to receive, as `receive_bottle` takes it, without a place."""

    code: str
    chemical: str
    short: str
    amount: Decimal | None
    unit: Unit
    at: datetime
    precision: Precision = Precision.DAY
    as_written: str = ""
    note: str = ""
    facts: BottleFacts = field(default_factory=BottleFacts)

    def is_plain(self, *, now: datetime) -> bool:
        """Say whether nothing about it can be refused but its code; the others are received one by one."""
        is_named = bool(self.chemical.strip() and self.short.strip() and self.code)
        return is_named and self.at <= now and (self.amount is None or self.amount >= 0)


def receive_bottles(journal: Journal, deliveries: Sequence[Delivery]) -> list[Sample]:
    """Write plain bottles with their processes, codes, ledgers, search rows and history.

    Raises Refusal("code") when one of the codes is taken; then nothing was written.
    """
    plain = [replace(one, chemical=one.chemical.strip(), short=one.short.strip()) for one in deliveries]
    processes = Process.objects.bulk_create([_process(journal, one) for one in plain], batch_size=BATCH_SIZE)
    tags = take_tags(len(plain))
    bottles = [_bottle(journal, *three) for three in zip(plain, processes, tags, strict=True)]
    with refusing_taken_code("One of these codes"):
        Sample.objects.bulk_create(bottles, batch_size=BATCH_SIZE)
        Code.objects.bulk_create([_code(one) for one in bottles], batch_size=BATCH_SIZE)
    remember_numbers(lab=journal.lab, codes=[one.code for one in plain])
    pairs = list(zip(plain, bottles, strict=True))
    BottleDetail.objects.bulk_create([_detail(*pair) for pair in pairs], batch_size=BATCH_SIZE)
    LedgerEntry.objects.bulk_create([_entry(*pair) for pair in pairs], batch_size=BATCH_SIZE)
    for bottle in bottles:
        _note(journal, bottle)
    index_samples([one.pk for one in bottles])
    return bottles


def _process(journal: Journal, one: Delivery) -> Process:
    return Process(
        lab=journal.lab, created_by=journal.by, kind=ProcessKind.RECEIVED, status=ProcessStatus.DONE,
        started_at=one.at, started_at_precision=one.precision,
    )  # fmt: skip


def _bottle(journal: Journal, one: Delivery, process: Process, tag: str) -> Sample:
    # Version 2: made, and then its first ledger entry.
    return Sample(
        lab=journal.lab, created_by=journal.by, code=one.code, tag=tag, kind=SampleKind.BOTTLE, origin=process,
        unit=one.unit, made_amount=one.amount, balance=one.amount, title=bottle_title(one.chemical, one.facts)[:200],
        note=one.note, made_at=one.at, made_at_precision=one.precision, version=2,
        status=SampleStatus.EMPTY if one.amount == 0 else SampleStatus.IN_USE,
    )  # fmt: skip


def _code(bottle: Sample) -> Code:
    return Code(
        lab=bottle.lab, code=bottle.code, normalized=normalized(bottle.code), tag=bottle.tag, record_type="sample",
        record_id=bottle.pk,
    )  # fmt: skip


def _detail(one: Delivery, bottle: Sample) -> BottleDetail:
    return BottleDetail(sample=bottle, chemical=one.chemical, short=one.short, **one.facts)


def _entry(one: Delivery, bottle: Sample) -> LedgerEntry:
    return LedgerEntry(
        sample=bottle, kind=EntryKind.MADE, amount=one.amount, balance=one.amount, process=bottle.origin, at=one.at,
        as_written=one.as_written[:60],
    )  # fmt: skip


def _note(journal: Journal, bottle: Sample) -> None:
    """Note what the single way notes: the process, the bottle as it was made, and its first amount."""
    process = bottle.origin
    journal.created(process, kind=process.get_kind_display(), started_at=process.started_at, operator="")
    bottle.version = 1
    journal.created(
        bottle, code=bottle.code, kind=bottle.get_kind_display(), amount=bottle.made_amount, unit=bottle.unit
    )
    bottle.version = 2
    changes = {"balance": (None, bottle.balance), "status": (SampleStatus.IN_USE, bottle.status)}
    journal.changed(bottle, EntryKind.MADE.label, changes)
