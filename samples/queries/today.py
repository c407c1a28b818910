"""What is going on today: running syntheses, drafts, new vials, what expires, what was touched last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from labbook.models import HistoryHead, Lab, Revision, User
from samples.kinds import ProcessKind, SampleKind
from samples.models import (
    BottleDetail,
    LabelRequest,
    Process,
    ProcessStatus,
    ProcessValue,
    Sample,
    SampleSize,
    SampleStatus,
    Synthesis,
    SynthesisStatus,
)
from samples.queries.sample_lines import record_address

MOST_VIALS = 8
MOST_TOUCHED = 8
# Touched means touched among the lab's last changes, so that a quiet month costs nothing.
CHANGES_LOOKED_AT = 2_000
EXPIRES_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One stop of a synthesis on the line of its day."""

    title: str
    sub: str = ""
    at: datetime | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """A running synthesis: its milestones, and its injection beside the plan."""

    synthesis: Synthesis
    address: str
    milestones: list[Milestone]
    injection: ProcessValue | None

    @property
    def continue_address(self) -> str:
        """Where the work goes on: run mode until the ice bath, then the synthesis's page with its fractions."""
        if self.synthesis.ice_bath_at is not None:
            return self.address
        return reverse("run_mode", args=[self.synthesis.code])

    @property
    def title(self) -> str:
        """The synthesis's own title, else its recipe's."""
        recipe = self.synthesis.recipe
        return self.synthesis.title or (recipe.recipe.title if recipe else "no recipe")

    @property
    def now(self) -> Milestone | None:
        """The milestone that comes next."""
        return next((one for one in self.milestones if one.state == "now"), None)


@dataclass(frozen=True, slots=True)
class NewVial:
    """A vial made lately, with its size or its fraction's."""

    sample: Sample
    address: str
    size: SampleSize | None


@dataclass(frozen=True, slots=True)
class Touched:
    """A record this person changed lately."""

    label: str
    address: str
    action: str
    at: datetime


def running_syntheses(lab: Lab, user: User) -> list[Running]:
    """Return the lab's running syntheses, newest first, in three queries."""
    syntheses = list(
        Synthesis.objects.visible_to(user)
        .filter(lab=lab, status=SynthesisStatus.RUNNING)
        .select_related("recipe__recipe")
        .order_by("-pk")[:6]
    )
    if not syntheses:
        return []
    processes: dict[int, list[Process]] = {}
    made = Process.objects.filter(synthesis__in=syntheses, kind__in=[ProcessKind.PRECIPITATION, ProcessKind.DISPENSING])
    for process in made.order_by("round_number", "pk"):
        processes.setdefault(process.synthesis_id or 0, []).append(process)
    values = ProcessValue.objects.filter(process__synthesis__in=syntheses, key="injection_temperature_c")
    injections = {value.process.synthesis_id: value for value in values.select_related("process")}
    return [
        Running(
            synthesis=one,
            address=record_address("synthesis", one.code),
            milestones=milestones_of(one, processes.get(one.pk, [])),
            injection=injections.get(one.pk),
        )
        for one in syntheses
    ]


def milestones_of(synthesis: Synthesis, processes: Sequence[Process]) -> list[Milestone]:
    """Return the stops from the start to the vials; the first that has not happened is now."""
    rounds = [one for one in processes if one.kind == ProcessKind.PRECIPITATION]
    done = [one for one in rounds if one.status == ProcessStatus.DONE]
    vials = next((one for one in processes if one.kind == ProcessKind.DISPENSING), None)
    stops = [
        Milestone("Started", at=synthesis.started_at),
        Milestone("Injection", at=synthesis.injected_at),
        Milestone("Ice bath", at=synthesis.ice_bath_at),
        *(Milestone(f"Round {one.round_number}", at=one.started_at) for one in done),
    ]
    if vials is None and not synthesis.stop_reason:
        stops.append(Milestone(f"Round {len(done) + 1}"))
    stops.append(Milestone("Vials", at=vials.started_at if vials else None))
    return with_states(stops)


def with_states(stops: Sequence[Milestone]) -> list[Milestone]:
    """Return the stops marked as done, now or to come."""
    now = next((index for index, stop in enumerate(stops) if stop.at is None), len(stops))
    return [
        Milestone(stop.title, stop.sub, stop.at, "done" if stop.at else "now" if index == now else "")
        for index, stop in enumerate(stops)
    ]


def new_vials(lab: Lab, user: User) -> list[NewVial]:
    """Return the vials recorded last that are still in use, in two queries."""
    vials = list(
        Sample.objects.visible_to(user)
        .filter(lab=lab, kind=SampleKind.VIAL, status=SampleStatus.IN_USE)
        .select_related("place")
        .order_by("-pk")[:MOST_VIALS]
    )
    holders = {vial.pk for vial in vials} | {vial.fraction_id for vial in vials if vial.fraction_id}
    sizes = {one.sample_id: one for one in SampleSize.objects.filter(sample_id__in=holders, is_in_force=True)}
    return [
        NewVial(vial, record_address(vial.kind, vial.code), sizes.get(vial.pk) or sizes.get(vial.fraction_id or 0))
        for vial in vials
    ]


def expiring_bottles(lab: Lab, user: User, today: date) -> list[BottleDetail]:
    """Return bottles in use that expire within 30 days or have expired, the first to go first."""
    seen = Sample.objects.visible_to(user).filter(lab=lab, kind=SampleKind.BOTTLE, status=SampleStatus.IN_USE)
    due = BottleDetail.objects.filter(expires_on__lte=today + EXPIRES_WITHIN, sample__in=seen)
    return list(due.select_related("sample").order_by("expires_on", "pk")[:8])


def labels_waiting(lab: Lab, user: User) -> int:
    """Count the labels of samples this person sees that wait to be printed."""
    return LabelRequest.objects.filter(lab=lab, printed_at=None, sample__in=Sample.objects.visible_to(user)).count()


def last_touched(lab: Lab, user: User) -> list[Touched]:
    """Return the samples and syntheses this person changed last, each once."""
    its: dict[tuple[str, int], Touched] = {}
    for change in recent_changes(lab, user):
        place = (change.record_type, change.record_id)
        if place not in its:
            kind = "synthesis" if change.record_type == "synthesis" else ""
            address = record_address(kind, change.record_label)
            its[place] = Touched(change.record_label, address, change.action, change.at)
    return list(its.values())[:MOST_TOUCHED]


def recent_changes(lab: Lab, user: User) -> QuerySet[Revision]:
    """Return this person's latest changes of samples and syntheses, newest first."""
    end = HistoryHead.objects.filter(lab=lab).values_list("length", flat=True).first() or 0
    theirs = Revision.objects.visible_to(user).filter(
        lab=lab, by=user, record_type__in=["sample", "synthesis"], sequence__gt=end - CHANGES_LOOKED_AT
    )
    return theirs.filter(~Q(record_label="")).order_by("-sequence")[:60]
