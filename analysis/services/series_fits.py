"""Fitting a whole series: every rung, then what ruby says of the pressures, then the laws along the ladder."""

from collections.abc import Mapping
from typing import Any

from analysis.methods.contract import Method
from analysis.methods.table import METHODS
from analysis.models import Fit
from analysis.services.assembling import assemble_series
from analysis.services.automatic import analyse_measurement, analyse_what_waited, measurements_to_analyse
from analysis.services.borrowing import BORROWERS
from analysis.services.fitting import analyse
from analysis.services.listening import fits_resting_on
from analysis.services.staleness import assembly_of, why_stale
from labbook.jobs.run import Run
from labbook.journal import Journal
from labbook.models import Job, User
from labbook.services.jobs import enqueue
from measurements.models import Measurement, Series

KIND = "fit_series"


def fit_all(journal: Journal, series: Series, *, stated: Mapping[str, Mapping[str, Any]]) -> Job:
    """Ask for a series to be fitted whole; `stated` holds settings by method. Returns the job."""
    title = f"Fit all of {series}"
    arguments = {"series": series.pk, "stated": {name: dict(told) for name, told in stated.items()}}
    if journal.by is None:
        raise ValueError("Somebody asks for a job.")
    return enqueue(lab=journal.lab, by=journal.by, kind=KIND, title=title, arguments=arguments, project=series.project)


def fit_rungs(series: Series, run: Run, stated: Mapping[str, Mapping[str, Any]]) -> list[Fit]:
    """Analyse every measurement on a ladder, telling how far it is; what is done and fresh stays as it is."""
    ids = list(Measurement.objects.filter(rung__series=series, is_void=False).values_list("pk", flat=True))
    measurements = measurements_to_analyse(series.lab, ids)
    made: list[Fit] = []
    for number, measurement in enumerate(measurements):
        run.report(number, len(measurements) + len(ladder_methods(series)), f"Fitting {measurement}")
        made += analyse_measurement(measurement, by=run.by, stated=stated)
    return made + analyse_what_waited(measurements, by=run.by) + refreshed(ids, by=run.by)


def refreshed(measurement_ids: list[int], *, by: User) -> list[Fit]:
    """Run again the stale fits of measurements, with what was stated for them."""
    stale = [fit for fit in fits_resting_on(measurement_ids) if fit.stale_because and fit.series_id is None]
    return [again for fit in stale if (again := run_again(fit, by=by)) is not None]


def run_again(fit: Fit, *, by: User) -> Fit | None:
    """Run a fit again on today's records; nothing when they lead to the very same work."""
    from analysis.services.fitting import analyse_again

    assembly = assembly_of(fit)
    return analyse_again(fit, assembly, by=by) if assembly is not None and why_stale(fit, assembly) else None


def fit_ladder(series: Series, stated: Mapping[str, Mapping[str, Any]], *, by: User) -> list[Fit]:
    """Run the methods along a ladder, those first whose results others take."""
    return [
        analyse(assemble_series(method, series, stated=stated.get(method.name, kept(series, method))), by=by)
        for method in ladder_methods(series)
        if has_inputs(series, method)
    ]


def ladder_methods(series: Series) -> list[Method]:
    """Return the methods of a kind of ladder, those that take results of others last."""
    found = [
        one
        for one in METHODS.values()
        if one.along == series.along and not one.is_automatic
        if any(each.along == series.along or each.is_many for each in one.inputs)
    ]
    return sorted(found, key=lambda one: one.name in BORROWERS)


def has_inputs(series: Series, method: Method) -> bool:
    """Say whether a ladder has anything that a method works on; what has nothing is not tried."""
    assembly = assemble_series(method, series)
    return not assembly.missing and bool(assembly.points or any(one.curve for one in assembly.given))


def kept(series: Series, method: Method) -> dict[str, Any]:
    """Return what a person stated for the current fit of a method, so that fitting all again keeps it."""
    fit = Fit.objects.current().filter(series=series, method=method.name).order_by("-pk").first()
    return dict(fit.stated) if fit else {}
