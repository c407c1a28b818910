"""What samples and measurements can be found by because of their fits, written on their search rows."""

from collections.abc import Iterable

from django.db.models import Q

from analysis.models import Fit, Result, ValueInForce
from analysis.quantities import QUANTITIES
from labbook.services.search import Fact, replace_facts
from samples.models import Sample

SEARCHED = {name: one.search for name, one in QUANTITIES.items() if one.search}
KEYS = tuple(sorted(set(SEARCHED.values())))


def index_values(sample_ids: Iterable[int]) -> None:
    """Write the values in force of samples, and of the fractions they are pieces of, on their search rows.

    A value in another project than the sample's own is left out: whoever sees the sample would learn of it.
    """
    pieces = Sample.objects.filter(pk__in=set(sample_ids))
    own_and_whole = Q(pk__in=pieces.values("pk")) | Q(pk__in=pieces.values("fraction"))
    projects = dict(Sample.objects.filter(own_and_whole).values_list("pk", "project_id"))
    wanted = projects.keys()
    facts: dict[int, set[Fact]] = {one: set() for one in wanted}
    for value in values_of(wanted):
        for one in {value.sample_id, value.sample.fraction_id or 0} & wanted:
            if {value.project_id, value.sample.project_id} <= {None, projects[one]}:
                facts[one].add(Fact(SEARCHED[value.quantity], "", value.value))
    replace_facts("sample", {one: frozenset(found) for one, found in facts.items()}, keys=KEYS)


def values_of(sample_ids: Iterable[int]) -> list[ValueInForce]:
    """Return the values in force of samples and of their pieces that search finds."""
    ids = list(sample_ids)
    own = ValueInForce.objects.filter(sample__in=ids, quantity__in=SEARCHED)
    of_pieces = ValueInForce.objects.filter(sample__fraction__in=ids, quantity__in=SEARCHED)
    return list((own | of_pieces).distinct().select_related("sample"))


def index_results(measurement_ids: Iterable[int]) -> None:
    """Write the results that count of measurements on their search rows."""
    facts: dict[int, set[Fact]] = {one: set() for one in measurement_ids}
    fits = Fit.objects.counting().filter(measurement__in=list(facts))
    found = Result.objects.filter(fit__in=fits, name__in=SEARCHED, value__isnull=False)
    for measurement_id, name, value in found.values_list("fit__measurement_id", "name", "value"):
        facts[measurement_id].add(Fact(SEARCHED[name], "", value))
    replace_facts("measurement", {one: frozenset(several) for one, several in facts.items()}, keys=KEYS)
