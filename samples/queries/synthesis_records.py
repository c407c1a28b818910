"""What a synthesis's page reads: processes, batches, amounts and vials, in five queries for any number of rounds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from labbook.models import User
from samples.kinds import ProcessKind, SampleKind
from samples.models import Process, ProcessInput, ProcessStatus, Sample, SampleStatus, Step, Synthesis


@dataclass(slots=True)
class Records:
    """A synthesis's own processes, how its batches were made, and everything that came out."""

    processes: list[Process] = field(default_factory=list)
    # The batches that went into the injection, Cs first, with how each was made.
    preparations: list[tuple[Sample, Process]] = field(default_factory=list)
    # Process → what it made, by code.
    made: dict[int, list[Sample]] = field(default_factory=dict)
    # Fraction → its vials, by letter.
    vials: dict[int, list[Sample]] = field(default_factory=dict)
    # The used samples that the person may see.
    seen: set[int] = field(default_factory=set)

    @property
    def injection(self) -> Process | None:
        """The hot injection."""
        return next((one for one in self.processes if one.kind == ProcessKind.HOT_INJECTION), None)

    @property
    def crude(self) -> Sample | None:
        """The crude of the injection."""
        made = self.made.get(self.injection.pk, []) if self.injection else []
        return next((one for one in made if one.kind == SampleKind.CRUDE), None)

    @property
    def fractions(self) -> list[Sample]:
        """The fractions, in the order of their rounds."""
        made = (one for process in self.processes for one in self.made.get(process.pk, []))
        return [one for one in made if one.kind == SampleKind.FRACTION]


def records_of(synthesis: Synthesis, user: User) -> Records:
    """Return what a person may see of a synthesis; rounds that were undone are left out."""
    found = list(processes_and_preparations(synthesis, user))
    own = [one for one in found if one.synthesis_id == synthesis.pk or one.treats_id]
    records = Records(processes=own, seen=seen_among(found))
    records.preparations = preparations_among(records.injection, found, records.seen)
    for sample in made_by(own, user):
        if sample.origin_id in {one.pk for one in own}:
            records.made.setdefault(sample.origin_id, []).append(sample)
        if sample.kind == SampleKind.VIAL and sample.fraction_id and sample.status != SampleStatus.DISCARDED:
            records.vials.setdefault(sample.fraction_id, []).append(sample)
    return records


def processes_and_preparations(synthesis: Synthesis, user: User) -> QuerySet[Process]:
    """Return a synthesis's processes, treatments of its fractions, and what made its batches, with all they say."""
    batches = ProcessInput.objects.filter(
        process__synthesis=synthesis, process__kind=ProcessKind.HOT_INJECTION, sample__kind=SampleKind.PRECURSOR
    )
    undone = Q(kind__in=(ProcessKind.PRECIPITATION, ProcessKind.DISPENSING), status=ProcessStatus.ABORTED)
    wanted = (
        Q(synthesis=synthesis) & ~undone
        | Q(treats__origin__synthesis=synthesis) & ~Q(status=ProcessStatus.ABORTED)
        | Q(pk__in=batches.values("sample__origin_id"))
    )
    seen = Sample.objects.visible_to(user).filter(pk=OuterRef("sample_id"))
    lines = ProcessInput.objects.select_related("sample__bottle").annotate(is_seen=Exists(seen))
    noted = Step.objects.exclude(note="")
    return (
        Process.objects.visible_to(user)
        .filter(wanted)
        .select_related("recipe")
        .order_by("started_at", "pk")
        .prefetch_related("values", Prefetch("steps", queryset=noted), Prefetch("inputs", queryset=lines))
    )


def seen_among(processes: Iterable[Process]) -> set[int]:
    """Return the samples used by processes that the person may see."""
    lines = [line for process in processes for line in process.inputs.all()]
    return {line.sample_id for line in lines if line.sample_id is not None and getattr(line, "is_seen", False)}


def preparations_among(
    injection: Process | None, processes: Iterable[Process], seen: set[int]
) -> list[tuple[Sample, Process]]:
    """Return the batches of an injection that the person may see, with how each was made."""
    makers: Mapping[int, Process] = {one.pk: one for one in processes}
    batches = [line.sample for line in injection.inputs.all() if line.sample] if injection else []
    return [
        (one, makers[one.origin_id])
        for one in batches
        if one.kind == SampleKind.PRECURSOR and one.pk in seen and one.origin_id in makers
    ]


def made_by(processes: list[Process], user: User) -> QuerySet[Sample]:
    """Return what processes made, and every vial of the fractions among that, by code."""
    ids = [one.pk for one in processes]
    wanted = Q(origin__in=ids) | Q(kind=SampleKind.VIAL, fraction__origin__in=ids)
    return Sample.objects.visible_to(user).filter(wanted).select_related("vial", "place").order_by("code")
