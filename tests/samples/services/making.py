"""Makes bottles, batches and fractions for tests of services, through the services themselves."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from labbook.journal import Journal
from samples.kinds import ProcessKind, SampleKind, Unit
from samples.models import Process, Sample
from samples.services.graph import Made, make_process, make_sample, use


def hours_ago(hours: float) -> datetime:
    """A moment in the past, whole minutes."""
    return (timezone.now() - timedelta(hours=hours)).astimezone(UTC).replace(second=0, microsecond=0)


def received(
    journal: Journal, code: str, amount: str | None = "100", *, kind: SampleKind = SampleKind.FRACTION
) -> Sample:
    """Receive a liquid of some µl, made two days ago."""
    process = make_process(journal, kind=ProcessKind.RECEIVED, at=hours_ago(48), operator="AV")
    return make_sample(
        journal,
        process=process,
        made=Made(kind=kind, code=code, unit=Unit.UL, amount=None if amount is None else Decimal(amount)),
    )


def pooled(
    journal: Journal, code: str, *parents: Sample, amount: str = "1", hours: float = 1, makes: str = ""
) -> Sample:
    """Make a fraction out of some µl of each parent, by default as much as went in."""
    process = pooling(journal, hours=hours)
    for parent in parents:
        use(journal, process=process, sample=parent, amount=Decimal(amount))
    volume_ul = Decimal(makes) if makes else Decimal(amount) * len(parents)
    made = Made(kind=SampleKind.FRACTION, code=code, unit=Unit.UL, amount=volume_ul)
    return make_sample(journal, process=process, made=made)


def pooling(journal: Journal, *, hours: float = 1) -> Process:
    """Begin a pooling some hours ago."""
    return make_process(journal, kind=ProcessKind.POOLING, at=hours_ago(hours), operator="AV")
