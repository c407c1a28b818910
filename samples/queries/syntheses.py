"""Reading syntheses: the list, what a new one can start from, and where the last one left off."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet

from labbook.models import Lab, User
from labbook.quantities import show_amount
from samples.kinds import ProcessKind, SampleKind
from samples.models import Process, ProcessInput, ProcessValue, RecipeVersion, Sample, SampleStatus, Synthesis

PAGE_SIZE = 50
# Input of the hot injection → what its batches are made of and how their codes begin.
BATCHES = {"cs_batch": ("Cs-oleate", "CS-"), "pb_batch": ("PbI2", "PB-")}
MOST_BATCHES = 30
STATUSES = ("planned", "running", "finished", "aborted", "failed")


@dataclass(frozen=True, slots=True)
class SynthesisLine:
    """A row of the list: the synthesis and its injection temperature beside the plan."""

    synthesis: Synthesis
    temperature: ProcessValue | None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What narrows the list, as the address says it."""

    status: str = ""
    operator: str = ""
    recipe: str = ""
    deviating: bool = False
    text: str = ""


def syntheses_seen(lab: Lab, user: User) -> QuerySet[Synthesis]:
    """Return the syntheses of a lab that a person may see, newest first."""
    return Synthesis.objects.visible_to(user).filter(lab=lab).order_by("-pk")


def narrowed(syntheses: QuerySet[Synthesis], by: Narrowing) -> QuerySet[Synthesis]:
    """Keep the syntheses that fit."""
    if by.status in STATUSES:
        syntheses = syntheses.filter(status=by.status)
    if by.operator:
        syntheses = syntheses.filter(operator__iexact=by.operator)
    if by.deviating:
        syntheses = syntheses.filter(notable_deviation_count__gt=0)
    for word in by.text.split()[:6]:
        syntheses = syntheses.filter(Q(code__icontains=word) | Q(look__icontains=word) | Q(title__icontains=word))
    return syntheses


def page_of_lines(syntheses: QuerySet[Synthesis], *, before: int | None) -> tuple[list[SynthesisLine], int | None]:
    """Return one page of rows older than a key, and the key of the next page; three queries."""
    if before is not None:
        syntheses = syntheses.filter(pk__lt=before)
    temperatures = ProcessValue.objects.filter(key="injection_temperature_c")
    injections = Process.objects.filter(kind=ProcessKind.HOT_INJECTION).prefetch_related(
        Prefetch("values", queryset=temperatures)
    )
    found = list(syntheses.prefetch_related(Prefetch("processes", queryset=injections))[: PAGE_SIZE + 1])
    lines = [SynthesisLine(one, temperature_of(one)) for one in found[:PAGE_SIZE]]
    return lines, found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None


def temperature_of(synthesis: Synthesis) -> ProcessValue | None:
    """Return the prefetched injection temperature."""
    values = [value for process in synthesis.processes.all() for value in process.values.all()]
    return values[0] if values else None


def operators_of(lab: Lab, user: User) -> list[str]:
    """Return the initials that stand on syntheses."""
    seen = Synthesis.objects.visible_to(user).filter(lab=lab).exclude(operator="")
    return sorted(seen.order_by().values_list("operator", flat=True).distinct())


def injection_recipes(lab: Lab) -> list[RecipeVersion]:
    """Return the newest version of every hot-injection recipe in use, with how often it was used."""
    versions = RecipeVersion.objects.filter(
        recipe__lab=lab, recipe__kind=ProcessKind.HOT_INJECTION, recipe__is_retired=False
    ).select_related("recipe")
    newest: dict[int, RecipeVersion] = {}
    for version in versions.order_by("recipe_id", "-number").annotate(used=Count("syntheses")):
        newest.setdefault(version.recipe_id, version)
    return list(newest.values())


def batches_for(lab: Lab, user: User, key: str) -> list[Sample]:
    """Return the batches an injection can use, newest first."""
    made_of, prefix = BATCHES[key]
    usable = Sample.objects.visible_to(user).filter(lab=lab, kind=SampleKind.PRECURSOR, status=SampleStatus.IN_USE)
    named = Q(origin__purpose__iexact=made_of) | Q(code__startswith=prefix) | Q(title__istartswith=made_of)
    found = usable.filter(named).exclude(balance=Decimal(0)).order_by("-made_at", "-pk")
    if key == "pb_batch":
        # A flask that is planned for another synthesis is not offered first; it still can be typed.
        taken = ProcessInput.objects.filter(key=key, sample__isnull=False, process__status__in=("planned", "running"))
        found = found.exclude(pk__in=taken.values("sample_id"))
    return list(found[:MOST_BATCHES])


def said_batch(batch: Sample) -> str:
    """Return a batch as an option says it."""
    left = "amount not recorded" if batch.balance is None else f"{show_amount(batch.balance, batch.unit)} left"
    return f"{batch.code} · {left} · made {batch.made_at:%d %b %Y}"


def last_planned(lab: Lab, user: User, initials: str, recipe: RecipeVersion) -> Synthesis | None:
    """Return the last synthesis this person planned after a recipe, from which defaults come."""
    own = syntheses_seen(lab, user).filter(operator=initials, recipe__recipe=recipe.recipe_id)
    return own.first()


def growth_times(syntheses: QuerySet[Synthesis], *, without: Synthesis) -> Sequence[tuple[str, Decimal]]:
    """Return code and growth time in s of the newest other syntheses that have one."""
    timed = syntheses.filter(growth_s__isnull=False).exclude(pk=without.pk)
    found = timed.values_list("code", "growth_s")[:100]
    return [(code, growth) for code, growth in found if growth is not None]
