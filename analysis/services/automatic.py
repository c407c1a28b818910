"""What runs by itself: the automatic methods of a new measurement, and again what waited for something that came."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q

from analysis.methods.contract import Method
from analysis.methods.table import automatic_methods
from analysis.models import Fit, FitState, MethodChoice
from analysis.services.assembling import assemble_measurement
from analysis.services.borrowing import borrowers_beside
from analysis.services.fitting import analyse, analyse_again
from analysis.services.related import base_of
from analysis.services.staleness import assembly_of, check_fits, dependents_of, is_out_of_step, why_stale
from labbook.journal import Journal, journal_of
from labbook.models import Lab, User
from labbook.services.jobs import enqueue
from measurements.models import Measurement
from measurements.techniques import ReferenceKind, Technique

KIND = "analyse_measurements"
LAMBDA0 = "ruby_lambda0"
NOTHING: Mapping[str, Any] = {}
# A worker that ends in the middle repeats no more than these, and finds the done ones done.
AT_ONCE = 25
# Which techniques come first, because others take their results.
ORDER = {Technique.RUBY: 1, Technique.PL: 2, Technique.ABSORBANCE: 3}
RELATED = ("lab", "sample", "project", "instrument", "session", "rung__series")


def analyse_soon(journal: Journal, measurements: Iterable[Measurement]) -> None:
    """Let workers analyse measurements once this transaction is committed; call it inside one."""
    wanted = [one for one in measurements if one.reference_kind or automatic_methods(one.technique)]
    by_project: dict[int | None, list[Measurement]] = {}
    for one in sorted(wanted, key=first_things_first):
        by_project.setdefault(one.project_id, []).append(one)
    for several in by_project.values():
        by = journal.by or several[0].created_by
        if by is None:
            continue
        for start in range(0, len(several), AT_ONCE):
            some = several[start : start + AT_ONCE]
            title = f"Analyse {len(some)} measurement{'s' if len(some) > 1 else ''}"
            enqueue(
                lab=journal.lab, by=by, kind=KIND, title=title,
                arguments={"measurements": [one.pk for one in some]}, project=some[0].project,
            )  # fmt: skip


def first_things_first(measurement: Measurement) -> tuple[bool, bool, int, int]:
    """Return the order in which measurements are analysed: references, ambient rubies, then by technique."""
    is_ambient = measurement.rung is not None and measurement.rung.nominal == 0
    return (
        not measurement.reference_kind, not (is_ambient and measurement.technique == Technique.RUBY),
        ORDER.get(Technique(measurement.technique), 4), measurement.pk,
    )  # fmt: skip


def measurements_to_analyse(lab: Lab, ids: Sequence[int]) -> list[Measurement]:
    """Return measurements that are still to be analysed, in the order that serves them best."""
    found = Measurement.objects.filter(lab=lab, pk__in=ids, is_void=False).select_related(*RELATED)
    return sorted(found, key=first_things_first)


def analyse_measurement(
    measurement: Measurement, *, by: User, stated: Mapping[str, Mapping[str, Any]] = NOTHING
) -> list[Fit]:
    """Run every automatic method on a measurement, or on that of its set; return the fits.

    `stated` holds settings by method for this run; a method that a person has settled here is left alone without.
    """
    base = base_of(measurement)
    if base is None or (base.sample_id is None and base.reference_kind != ReferenceKind.AMBIENT_RUBY):
        return []
    return [
        analyse(
            assemble_measurement(method, base, stated=stated.get(method.name, NOTHING)),
            by=by,
            is_automatic=method.name not in stated,
        )
        for method in methods_that_run(base)
        if method.name in stated or not is_settled(base, method)
    ]


def methods_that_run(measurement: Measurement) -> Iterator[Method]:
    """Return the methods that run by themselves in this lab on this measurement."""
    methods = automatic_methods(measurement.technique)
    silent = MethodChoice.objects.filter(
        lab=measurement.lab, method__in=[one.name for one in methods], is_automatic=False
    ).values_list("method", flat=True)
    stopped = set(silent)
    yield from (one for one in methods if one.name not in stopped and fits_the_occasion(measurement, one))


def fits_the_occasion(measurement: Measurement, method: Method) -> bool:
    """Say whether a method is meant for this measurement: λ0 comes of ruby without pressure, pressures of samples."""
    if measurement.technique != Technique.RUBY:
        return True
    is_ambient = measurement.rung is not None and measurement.rung.nominal == 0
    if method.name == LAMBDA0:
        return is_ambient or measurement.reference_kind == ReferenceKind.AMBIENT_RUBY
    return not measurement.reference_kind


def is_settled(measurement: Measurement, method: Method) -> bool:
    """Say whether a person has stated settings for this method here, so that nothing runs over them by itself."""
    return Fit.objects.current().filter(Fit.STANDS, measurement=measurement, method=method.name).exists()


def analyse_what_waited(measurements: Sequence[Measurement], *, by: User) -> list[Fit]:
    """Run again what was refused, or done without, for want of something that has come since."""
    done = []
    for fit in waiting_beside(measurements):
        assembly = assembly_of(fit)
        if assembly is not None and why_stale(fit, assembly):
            done.append(analyse_again(fit, assembly, by=by))
    return done


def waiting_beside(measurements: Sequence[Measurement]) -> list[Fit]:
    """Return the automatic fits, judged by nobody, that these measurements or their fits may have been missed by."""
    if not measurements:
        return []
    series = {one.rung.series_id for one in measurements if one.rung is not None}
    samples = {one.sample_id for one in measurements if one.sample_id}
    instruments = {one.instrument_id for one in measurements if one.reference_kind and one.instrument_id}
    beside = (
        Q(measurement__rung__series__in=series)
        | Q(sample__in=samples)
        | Q(measurement__instrument__in=instruments, measurement__lab=measurements[0].lab)
    )
    wanted = Q(beside, state=FitState.REFUSED) | borrowers_beside([one.pk for one in measurements])
    waiting = Fit.objects.current().filter(wanted, lab=measurements[0].lab, is_automatic=True, verdict="")
    related = [f"measurement__{one}" for one in RELATED]
    return list(waiting.select_related("series", "lab", *related).order_by("pk"))


def pass_on(fits: Sequence[Fit], lab: Lab, *, by: User) -> list[Fit]:
    """Mark stale what takes results of fits that have just changed; return what was marked."""
    changed = [one for one in dependents_of(fits) if is_out_of_step(one)] if fits else []
    if not changed:
        return []
    with journal_of(lab, by=by) as journal:
        return check_fits(journal, changed)
