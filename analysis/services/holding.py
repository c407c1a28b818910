"""Holding what a fit touches: everybody locks in one order, so that no two workers wait for each other."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db.models import Q

from analysis.services.given import Assembly
from labbook.services.editing import locked
from measurements.models import Measurement, Rung, Series
from samples.models import Sample

# The order: series, measurements, samples, fits, rungs, and last the head of the history.


def held(assembly: Assembly) -> Assembly:
    """Lock what a fit is of and rests on until the transaction ends.

    Returns the very same assembly when nobody changed any of it since, else one of the subject as it is now.
    """
    series = locked(assembly.series) if assembly.series is not None else None
    known = {one.pk: one.version for one in measurements_of(assembly)}
    rows = Measurement.objects.select_for_update(no_key=True).filter(pk__in=known).order_by("pk")
    is_as_it_was = dict(rows.values_list("pk", "version")) == known
    now = assembly if is_as_it_was else assembly_now(assembly, series)
    hold_samples([now.sample.pk] if now.sample else [])
    return now


def assembly_now(assembly: Assembly, series: Series | None) -> Assembly:
    """Return an assembly whose fit will lie where its subject lies now."""
    measurement = None
    if assembly.measurement is not None:
        measurement = Measurement.objects.select_related("project", "sample").get(pk=assembly.measurement.pk)
    subject = measurement or series
    if subject is None:
        return replace(assembly)
    return replace(
        assembly, measurement=measurement, series=series, project=subject.project, sample=subject.sample
    )  # fmt: skip


def measurements_of(assembly: Assembly) -> Iterator[Measurement]:
    """Return the measurements whose recordings or fits a run rests on."""
    if assembly.measurement is not None:
        yield assembly.measurement
    yield from (one.measurement for one in assembly.given if one.measurement is not None)


def hold_samples(sample_ids: Iterable[int]) -> None:
    """Lock samples and the fractions they are pieces of until the transaction ends.

    Of two who write fits of a sample, the second then sees what the first wrote when it takes the mean. Whoever
    only refers to a sample is not kept waiting.
    """
    several = Sample.objects.filter(pk__in=list(sample_ids))
    wanted = Q(pk__in=several.values("pk")) | Q(pk__in=several.values("fraction"))
    list(Sample.objects.select_for_update(no_key=True).filter(wanted).order_by("pk").values_list("pk"))


def hold_rung(rung: Rung) -> None:
    """Lock a rung, so that of two who fit its rubies the second sees what the first wrote."""
    list(Rung.objects.select_for_update(no_key=True).filter(pk=rung.pk).values_list("pk"))
