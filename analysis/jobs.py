"""What workers do for the analysis floor: analyse new measurements, fit series, check and repeat stale fits."""

from typing import Any

from analysis.methods.table import METHODS
from analysis.models import Fit
from analysis.services.assembling import assemble_measurement
from analysis.services.automatic import (
    RELATED,
    analyse_measurement,
    analyse_what_waited,
    measurements_to_analyse,
    pass_on,
)
from analysis.services.fitting import analyse
from analysis.services.related import base_of
from analysis.services.series_fits import fit_ladder, fit_rungs, run_again
from analysis.services.staleness import check_fits
from labbook.jobs.run import Run
from labbook.journal import journal_of
from measurements.models import Series


def analyse_measurements(run: Run) -> dict[str, Any]:
    """Analyse some new measurements; each fit is written by itself, and one that is there already is not made twice."""
    measurements = measurements_to_analyse(run.lab, run.arguments["measurements"])
    made: list[Fit] = []
    for number, measurement in enumerate(measurements):
        run.report(number, len(measurements), f"Analysing {measurement}")
        made += analyse_measurement(measurement, by=run.by)
    made += analyse_what_waited(measurements, by=run.by)
    pass_on(made, run.lab, by=run.by)
    return {"said": said(made), "fits": [one.pk for one in made]}


def fit_series(run: Run) -> dict[str, Any]:
    """Fit every rung of a series and then the laws along it."""
    series = Series.objects.select_related("lab", "sample", "project").get(pk=run.arguments["series"], lab=run.lab)
    stated = run.arguments.get("stated", {})
    made = fit_rungs(series, run, stated)
    pass_on(made, run.lab, by=run.by)
    made += fit_ladder(series, stated, by=run.by)
    return {"said": said(made), "address": f"/series/{series.pk}", "fits": [one.pk for one in made]}


def analyse_with(run: Run) -> dict[str, Any]:
    """Run one method on one measurement with what a person stated."""
    measurements = measurements_to_analyse(run.lab, [run.arguments["measurement"]])
    if not measurements:
        return {"said": "The measurement does not count any more."}
    method = METHODS[run.arguments["method"]]
    base = base_of(measurements[0]) or measurements[0]
    fit = analyse(assemble_measurement(method, base, stated=run.arguments["stated"]), by=run.by)
    pass_on([fit], run.lab, by=run.by)
    return {"said": said([fit]), "address": f"/fits/{fit.pk}", "fits": [fit.pk]}


def repeat_fits(run: Run) -> dict[str, Any]:
    """Run stale fits again, those of single measurements before those that take their results."""
    fits = fits_by_id(run)
    made: list[Fit] = []
    for number, fit in enumerate(sorted(fits, key=lambda one: (one.series_id is not None, one.pk))):
        run.report(number, len(fits), f"Repeating {fit}")
        again = run_again(fit, by=run.by)
        if again is not None:
            made.append(again)
    pass_on(made, run.lab, by=run.by)
    return {"said": said(made), "fits": [one.pk for one in made]}


def check_some_fits(run: Run) -> dict[str, Any]:
    """Mark those fits stale that today's records no longer lead to."""
    with journal_of(run.lab, by=run.by) as journal:
        stale = check_fits(journal, fits_by_id(run))
    # What had been refused by itself has nothing that could be lost.
    again = [run_again(fit, by=run.by) for fit in stale if fit.refused and fit.is_automatic]
    return {"said": f"{len(stale)} fit{'s' if len(stale) != 1 else ''} gone stale, {len(again)} of them run again."}


def fits_by_id(run: Run) -> list[Fit]:
    """Return the current fits that a job names."""
    related = [f"measurement__{one}" for one in RELATED]
    fits = Fit.objects.current().filter(lab=run.lab, pk__in=run.arguments["fits"])
    return list(fits.select_related("series__sample", "series__lab", "series__project", "lab", "sample", *related))


def said(fits: list[Fit]) -> str:
    """Return how many fits were made, and how many of them ask for a look."""
    flagged = sum(1 for one in fits if one.needs_review)
    told = f"{len(fits)} fit{'s' if len(fits) != 1 else ''}"
    return f"{told}, {flagged} to be reviewed." if flagged else f"{told}."
