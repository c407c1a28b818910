"""Reading stock: bottles, what is left of them, and what was made from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Prefetch, Q, QuerySet

from labbook.models import Lab, User
from samples.kinds import SampleKind
from samples.models import LedgerEntry, Process, ProcessInput, Sample, SampleStatus

# A bottle is announced this long before it expires.
EXPIRES_SOON_DAYS = 30
STATES = ("in use", "due", "expired", "empty", "discarded")
MOST_USES = 100
PAGE_SIZE = 50


def bottles_of(lab: Lab, *, seen_by: User) -> QuerySet[Sample]:
    """Return the lab's bottles with their details and places, by chemical, newest first within one."""
    bottles = Sample.objects.visible_to(seen_by).filter(lab=lab, kind=SampleKind.BOTTLE)
    return bottles.select_related("bottle", "place").order_by("bottle__chemical", "-pk")


def bottles_in_state(bottles: QuerySet[Sample], state: str, *, on: date) -> QuerySet[Sample]:
    """Keep the bottles of one of `STATES`; an unknown word keeps all that are not discarded."""
    usable = Q(status=SampleStatus.IN_USE)
    soon = on + timedelta(days=EXPIRES_SOON_DAYS)
    kept = {
        "in use": usable & (Q(bottle__expires_on__gte=on) | Q(bottle__expires_on__isnull=True)),
        "due": usable & Q(bottle__expires_on__gte=on, bottle__expires_on__lte=soon),
        "expired": usable & Q(bottle__expires_on__lt=on),
        "empty": Q(status=SampleStatus.EMPTY),
        "discarded": Q(status=SampleStatus.DISCARDED),
    }
    return bottles.filter(kept[state]) if state in kept else bottles.exclude(status=SampleStatus.DISCARDED)


def bottles_named(bottles: QuerySet[Sample], text: str) -> QuerySet[Sample]:
    """Keep the bottles whose code, chemical, formula, lot or supplier contains every word."""
    for word in text.split()[:8]:
        bottles = bottles.filter(
            Q(code__icontains=word)
            | Q(bottle__chemical__icontains=word)
            | Q(bottle__short__icontains=word)
            | Q(bottle__lot__icontains=word)
            | Q(bottle__supplier__icontains=word)
        )
    return bottles


def bottle_state(bottle: Sample, *, on: date) -> str:
    """Return the word of `STATES` that a bottle is shown with; expiry counts while it can be used."""
    expires_on = bottle.bottle.expires_on
    if bottle.status != SampleStatus.IN_USE or expires_on is None:
        return bottle.status
    if expires_on < on:
        return "expired"
    return "due" if expires_on <= on + timedelta(days=EXPIRES_SOON_DAYS) else "in use"


def usable_bottles(lab: Lab, *, seen_by: User, shorts: Sequence[str]) -> dict[str, list[Sample]]:
    """Return the usable bottles of some chemicals by short name, the newest opened first, in one query."""
    found = bottles_of(lab, seen_by=seen_by).filter(status=SampleStatus.IN_USE, bottle__short__in=shorts)
    by_short: dict[str, list[Sample]] = {short: [] for short in shorts}
    for bottle in found.order_by(F("bottle__opened_on").desc(nulls_last=True), "-pk"):
        by_short[bottle.bottle.short].append(bottle)
    return by_short


@dataclass(frozen=True, slots=True)
class BottleUse:
    """One use of a bottle: the process, what it made, and how much was taken."""

    process: Process
    line: ProcessInput
    made: tuple[Sample, ...]


def uses_of(sample: Sample, *, seen_by: User) -> list[BottleUse]:
    """Return the latest uses of a sample that this person may see, with what each made."""
    visible = Sample.objects.visible_to(seen_by)
    lines = (
        ProcessInput.objects.filter(sample=sample, process__in=Process.objects.visible_to(seen_by))
        .select_related("process__synthesis")
        .prefetch_related(Prefetch("process__outputs", queryset=visible.only("code", "kind", "origin_id")))
        .order_by("-process__started_at", "-pk")[:MOST_USES]
    )
    return [BottleUse(line.process, line, tuple(line.process.outputs.all())) for line in lines]


def ledger_of(sample: Sample) -> list[LedgerEntry]:
    """Return the latest entries of a sample's ledger, newest first."""
    return list(sample.ledger.order_by("-pk")[:MOST_USES])


def remaining_curve(entries: Sequence[LedgerEntry], *, width: int = 240, height: int = 48) -> str:
    """Return the points of a step line of the balances, oldest left, for an SVG of that size.

    Steps are one entry wide, so that a day of many uses stays readable; unknown balances are left out.
    """
    balances = [entry.balance for entry in reversed(entries) if entry.balance is not None]
    top = max(balances, default=Decimal(0))
    if len(balances) < 2 or top <= 0:
        return ""
    wide = Decimal(width) / len(balances)
    points = []
    for number, balance in enumerate(balances):
        level = height - balance / top * (height - 2) - 1
        points += [f"{number * wide:.1f},{level:.1f}", f"{(number + 1) * wide:.1f},{level:.1f}"]
    return " ".join(points)
