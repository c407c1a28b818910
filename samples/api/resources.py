"""Resources of the samples floor: what each list holds, as one person sees it, and how its records are found."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from labbook.api.asking import Cursor
from labbook.api.documents import Parameter
from labbook.api.errors import ApiError, field_error
from labbook.api.resources import Found, Names, Resource, by_id, is_id
from labbook.http import LabRequest
from labbook.models import Alias, Code
from labbook.search.find import page_of, record_ids
from labbook.search.parser import FROM, TO
from labbook.services.codes import normalized
from samples.api.process_serializers import ProcessSerializer, SynthesisSerializer
from samples.api.serializers import HitSerializer, SampleSerializer
from samples.kinds import ProcessKind, SampleKind
from samples.models import Process, ProcessInput, Sample, SampleSize, Synthesis
from samples.queries import stock, syntheses
from samples.queries.samples import Search, found_samples, search
from samples.queries.search_keys import SEARCH_KEYS

IN_FORCE = SampleSize.objects.filter(is_in_force=True).select_related("sample")


# Thousands of rows are read at once; a synthesis is wide.
SHOWN_OF_SYNTHESIS = ("code", "injection_temperature_c", "growth_s")


def sample_rows(asked: LabRequest, _names: Names) -> QuerySet[Sample]:
    """Return the samples that a person sees, with everything of theirs that is shown."""
    seen = Sample.objects.visible_to(asked.user)
    syntheses_of = Synthesis.objects.visible_to(asked.user)
    sizes = Prefetch("sizes", queryset=IN_FORCE, to_attr="sizes_in_force")
    rows = seen.filter(lab=asked.lab).select_related("place", "project", "bottle", "vial", "specimen__cell")
    parts: list[Any] = [
        sizes,
        Prefetch("fraction", queryset=seen.only("code").prefetch_related(sizes)),
        Prefetch("syntheses", queryset=syntheses_of.order_by("code").only(*SHOWN_OF_SYNTHESIS)),
    ]
    return rows.prefetch_related(*parts)


def sample_context(_asked: LabRequest, samples: list[Any]) -> dict[str, Any]:
    """Return the other names of a page's samples, and put the size in force of each beside it."""
    names: dict[int, list[str]] = {}
    ids = [one.pk for one in samples]
    aliases = Alias.objects.filter(code__record_type="sample", code__record_id__in=ids).order_by("text")
    for record_id, text in aliases.values_list("code__record_id", "text") if ids else ():
        names.setdefault(record_id, []).append(text)
    for one in samples:
        inherited = one.fraction.sizes_in_force if one.fraction else []
        one.size_shown = next(iter([*one.sizes_in_force, *inherited]), None)
    return {"names": names}


def named(rows: QuerySet[Any], key: str) -> Any:
    """Find a record by its code, its tag, its id, or its code typed without dashes."""
    name = rows.model._meta.model_name or ""
    spelled = Code.objects.filter(record_type=name, normalized=normalized(key)).values("record_id")
    wanted = [Q(code=key), Q(tag=key.upper()), *([Q(pk=int(key))] if is_id(key) else []), Q(pk__in=spelled)]
    return next((found for found in (rows.filter(one).first() for one in wanted) if found is not None), None)


def asked_for(asked: LabRequest) -> Search:
    """Return the search an address means, by the parser of the page; what it does not understand is answered 400."""
    params = {name: asked.GET.getlist(name) for name in asked.GET}
    found = search(params, asked.lab, asked.user)
    if found.query.problems:
        errors = [field_error(one.text, one.message) for one in found.query.problems]
        raise ApiError(400, "Part of the query is not understood; nothing is guessed.", errors)
    return found


def sample_page(asked: LabRequest, cursor: Cursor) -> Found:
    """Return a page of the samples list, in the order of the page."""
    page = page_of(found_samples(asked_for(asked)), before=cursor.before, size=cursor.limit)
    ids = record_ids(page.rows, "sample")
    samples = {one.pk: one for one in sample_rows(asked, {}).filter(pk__in=ids)}
    return Found([samples[pk] for pk in ids if pk in samples], page.before, page.total or 0)


def hit_page(asked: LabRequest, cursor: Cursor) -> Found:
    """Return a page of whatever a search finds."""
    page = page_of(asked_for(asked).found, before=cursor.before, size=cursor.limit)
    return Found(page.rows, page.before, page.total or 0)


def search_parameters() -> tuple[Parameter, ...]:
    """Return the parameters of the samples page: the box, every facet, and the two ends of a range."""
    keys = [Parameter(one.name, f"{one.label}, such as {one.example}.") for one in SEARCH_KEYS.values()]
    ends = [
        Parameter(one.name + end, f"{one.label}, {word}.")
        for one in SEARCH_KEYS.values()
        if one.reads in {"number", "duration", "day"}
        for end, word in ((FROM, "from"), (TO, "to"))
    ]
    return (Parameter("q", "What would be typed into the search box."), *keys, *ends)


def of_kinds(*kinds: SampleKind) -> Any:
    """Return the rows of samples of some kinds."""
    return lambda asked, names: sample_rows(asked, names).filter(kind__in=kinds)


def narrow_bottles(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the bottles that the stock page would show."""
    state = asked.GET.get("state", "")
    if state and state not in stock.STATES:
        raise wrong("state", stock.STATES)
    found = stock.bottles_named(rows, asked.GET.get("q", ""))
    return stock.bottles_in_state(found, state, on=timezone.localdate()) if state else found


def wrong(name: str, words: tuple[str, ...]) -> ApiError:
    """Return the error of a parameter that is none of its words."""
    message = f"It is one of: {', '.join(words)}."
    return ApiError(400, message, [field_error(name, message)])


def process_rows(asked: LabRequest, _names: Names) -> QuerySet[Process]:
    """Return the processes that a person sees; of hidden samples no code is read."""
    seen = Sample.objects.visible_to(asked.user).only("code", "origin_id")
    inputs = ProcessInput.objects.order_by("pk").prefetch_related(Prefetch("sample", queryset=seen))
    rows = Process.objects.visible_to(asked.user).filter(lab=asked.lab)
    parts: list[Any] = [
        Prefetch("synthesis", queryset=Synthesis.objects.visible_to(asked.user)),
        Prefetch("treats", queryset=seen),
        Prefetch("inputs", queryset=inputs),
        Prefetch("outputs", queryset=seen.order_by("code")),
        "values",
        "steps",
        "equipment",
    ]
    return rows.select_related("recipe__recipe", "project").prefetch_related(*parts)


def narrow_processes(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the processes of a kind, a synthesis, or those that made, used or treated a sample."""
    kind, synthesis, sample = (asked.GET.get(name, "") for name in ("kind", "synthesis", "sample"))
    if kind and kind not in ProcessKind.values:
        raise wrong("kind", tuple(ProcessKind.values))
    rows = rows.filter(kind=kind) if kind else rows
    if synthesis:
        rows = rows.filter(synthesis__in=Synthesis.objects.visible_to(asked.user).filter(code=synthesis))
    if sample:
        seen = Sample.objects.visible_to(asked.user).filter(lab=asked.lab, code=sample).values("pk")
        touched = Process.objects.filter(Q(outputs__in=seen) | Q(inputs__sample__in=seen) | Q(treats__in=seen))
        rows = rows.filter(pk__in=touched.values("pk"))
    return rows


def synthesis_rows(asked: LabRequest, _names: Names) -> QuerySet[Synthesis]:
    """Return the syntheses that a person sees."""
    seen = Synthesis.objects.visible_to(asked.user)
    injections = Process.objects.filter(kind=ProcessKind.HOT_INJECTION).only("id", "synthesis_id")
    parts: list[Any] = [
        Prefetch("processes", queryset=injections),
        Prefetch("copied_from", queryset=seen.only("code")),
    ]
    return seen.filter(lab=asked.lab).select_related("lab", "recipe__recipe", "project").prefetch_related(*parts)


def narrow_syntheses(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the syntheses that the page of syntheses would show."""
    status = asked.GET.get("status", "")
    if status and status not in syntheses.STATUSES:
        raise wrong("status", syntheses.STATUSES)
    by = syntheses.Narrowing(
        status=status, operator=asked.GET.get("by", "")[:8], deviating=bool(asked.GET.get("dev")),
        text=asked.GET.get("q", "")[:120],
    )  # fmt: skip
    return syntheses.narrowed(rows, by)


WORDS = Parameter("q", "Words of the code, the name or the lot.")
SAMPLES = Resource(
    "samples", "sample", "Samples as the samples page finds them (kind=any for every kind)", sample_rows,
    SampleSerializer, page=sample_page, parameters=search_parameters(), context=sample_context, lookup=named,
)  # fmt: skip
BOTTLES = Resource(
    "bottles", "bottle", "Bottles in stock", of_kinds(SampleKind.BOTTLE), SampleSerializer, context=sample_context,
    narrow=narrow_bottles, lookup=named,
    parameters=(WORDS, Parameter("state", f"One of: {', '.join(stock.STATES)}.")),
)  # fmt: skip
PRECURSORS = Resource(
    "precursors", "precursor", "Precursor batches", of_kinds(SampleKind.PRECURSOR), SampleSerializer,
    context=sample_context, lookup=named, parameters=(Parameter("of", "What it is of, such as PbI2."),),
    narrow=lambda asked, rows: rows.filter(origin__purpose=asked.GET["of"]) if asked.GET.get("of") else rows,
)  # fmt: skip
SPECIMENS = Resource(
    "specimens", "specimen", "Films, grids, cuvettes and loads",
    lambda asked, names: sample_rows(asked, names).filter(specimen__isnull=False), SampleSerializer,
    context=sample_context, lookup=named,
)  # fmt: skip
PROCESSES = Resource(
    "processes", "process", "What was done", process_rows, ProcessSerializer, narrow=narrow_processes, lookup=by_id,
    parameters=(
        Parameter("kind", f"One of: {', '.join(ProcessKind.values)}."),
        Parameter("synthesis", "The code of a synthesis."),
        Parameter("sample", "The code of a sample that was made, used or treated."),
    ),
)  # fmt: skip
SYNTHESES = Resource(
    "syntheses", "synthesis", "Hot injections and what was sorted out of them", synthesis_rows, SynthesisSerializer,
    lookup=named, narrow=narrow_syntheses, parameters=(
        WORDS, Parameter("status", "planned, running, finished, aborted or failed."), Parameter("by", "Initials."),
        Parameter("dev", "1 for those with a notable deviation."),
    ),
)  # fmt: skip
SEARCH = Resource(
    "search", "hit", "Whatever a search finds, of every kind",
    lambda asked, _names: asked_for(asked).found, HitSerializer, page=hit_page, parameters=search_parameters(),
    is_versioned=False,
)  # fmt: skip
