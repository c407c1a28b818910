"""What the measurements floor tells of its changes: new measurements are analysed, changed ones make fits stale."""

from collections.abc import Sequence

from analysis.models import Fit
from analysis.services.automatic import RELATED, analyse_soon
from analysis.services.staleness import check_fits
from analysis.services.values import bring_up_to_date
from labbook.journal import Journal
from labbook.services.jobs import enqueue
from labbook.services.projects import place_in_project
from measurements.models import Instrument, Measurement

KIND = "check_fits"
# More than these are checked by a worker instead of in the transaction that changed them.
CHECKED_AT_ONCE = 30


def measurements_made(journal: Journal, measurements: Sequence[Measurement]) -> None:
    """Let new measurements be analysed."""
    analyse_soon(journal, measurements)


def measurements_changed(journal: Journal, measurements: Sequence[Measurement]) -> None:
    """Mark what rests on changed measurements, analyse what had nothing yet, and let values in force follow."""
    ids = [one.pk for one in measurements]
    follow_projects(journal, measurements)
    fits = fits_resting_on(ids)
    bring_up_to_date(journal, fits)
    if len(fits) > CHECKED_AT_ONCE:
        check_later(journal, [one.pk for one in fits])
    else:
        check_fits(journal, fits)
    settled = {fit.measurement_id for fit in fits if not fit.refused}
    fresh = Measurement.objects.filter(pk__in=set(ids) - settled, is_void=False).select_related(*RELATED)
    analyse_soon(journal, list(fresh))


def follow_projects(journal: Journal, measurements: Sequence[Measurement]) -> None:
    """Let the fits of measurements lie where these lie, superseded ones too: whoever sees a fit sees its numbers."""
    for measurement in measurements:
        elsewhere = Fit.objects.filter(measurement=measurement).exclude(project=measurement.project)
        if measurement.project_id is not None:
            elsewhere = elsewhere | Fit.objects.filter(measurement=measurement, project__isnull=True)
        for fit in elsewhere:
            before = fit.project
            place_in_project(journal, fit, project=measurement.project)
            fit.project = measurement.project
            fit.version += 1
            fit.save(update_fields=["project", "version"])
            journal.changed(fit, "changed", {"project": (before, fit.project)})


def instrument_calibrated(journal: Journal, instrument: Instrument) -> None:
    """Let a worker check every fit of an instrument whose calibrations changed."""
    fits = Fit.objects.current().filter(inputs__measurement__instrument=instrument).distinct()
    check_later(journal, list(fits.values_list("pk", flat=True)))


def check_later(journal: Journal, ids: Sequence[int]) -> None:
    """Let a worker check fits once the transaction is committed."""
    if ids and journal.by is not None:
        title = f"Check {len(ids)} fit{'s' if len(ids) > 1 else ''}"
        enqueue(lab=journal.lab, by=journal.by, kind=KIND, title=title, arguments={"fits": list(ids)})


def fits_resting_on(measurement_ids: Sequence[int]) -> list[Fit]:
    """Return the current fits that have a measurement as their subject or among their inputs."""
    own = Fit.objects.current().filter(measurement__in=measurement_ids)
    using = Fit.objects.current().filter(inputs__measurement__in=measurement_ids)
    related = [f"measurement__{one}" for one in RELATED]
    return list((own | using).distinct().select_related("series", "lab", "sample", *related))
