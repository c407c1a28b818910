"""Who speaks for a sample: its relatives, the pieces of its fraction, and whose size is its size."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from analysis.models import ValueInForce
from labbook.models import Lab, User
from measurements.curves.colors import size_class
from measurements.models import Series
from measurements.queries.overlays import relatives_of
from measurements.queries.traces import sizes_of
from samples.kinds import SampleKind
from samples.models import Sample

EDGE = "edge_length"
MOST_SIZES = 8


def near_of(samples: Sequence[Sample]) -> dict[int, list[int]]:
    """Return, for each sample, itself, what it was made from and into, then the other pieces of its fraction."""
    near = relatives_of([one.pk for one in samples])
    groups = {one.pk: one.fraction_id or one.pk for one in samples}
    pieces: dict[int, list[int]] = {}
    for pk, fraction in Sample.objects.filter(fraction__in=set(groups.values())).values_list("pk", "fraction_id"):
        pieces.setdefault(fraction, []).append(pk)
    return {pk: list(dict.fromkeys([*near[pk], *pieces.get(group, [])])) for pk, group in groups.items()}


def size_name(size_nm: float) -> str:
    """Return what people call a size: that of its class, else its own to a tenth of a nanometre."""
    known = size_class(size_nm)
    return f"{known:g} nm" if known is not None else f"{size_nm:.1f} nm"


def sizes_by_code(codes: Iterable[str], lab: Lab, user: User) -> dict[str, float]:
    """Return the edge length of samples: measured on any piece of their fraction, else that a person put in force."""
    wanted = {code for code in codes if code}
    if not wanted:
        return {}
    rows = Sample.objects.filter(lab=lab, code__in=wanted).values_list("code", "pk", "fraction_id")
    group_of = {code: fraction or pk for code, pk, fraction in rows}
    groups = set(group_of.values())
    measured = ValueInForce.objects.visible_to(user).filter(lab=lab, quantity=EDGE, state="")
    measured = measured.filter(Q(sample__in=groups) | Q(sample__fraction__in=groups)).order_by("-pk")
    sizes = {
        fraction or pk: value
        for pk, fraction, value in measured.values_list("sample_id", "sample__fraction_id", "value")
    }
    told = {code: sizes[group] for code, group in group_of.items() if group in sizes}
    return {**sizes_of(wanted, lab), **told}


def samples_beside(series: Series, user: User) -> list[Sample]:
    """Return one fraction per size, the smallest first: that of a series, and the newest of every other size."""
    seen = Sample.objects.visible_to(user).filter(lab=series.lab, kind=SampleKind.FRACTION).select_related("project")
    own = series.sample.fraction_id or series.sample_id
    fractions = sorted(seen.order_by("-pk"), key=lambda one: one.pk != own)
    sizes = sizes_by_code((one.code for one in fractions), series.lab, user)
    first: dict[float, Sample] = {}
    for one in fractions:
        if one.code in sizes:
            first.setdefault(size_class(sizes[one.code]) or round(sizes[one.code]), one)
    return sorted(first.values(), key=lambda one: sizes[one.code])[:MOST_SIZES]
