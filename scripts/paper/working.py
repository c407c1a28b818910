"""Does the queued work as a worker would, in this process, and fits every series whole."""

from typing import TYPE_CHECKING

from scripts.console import say

if TYPE_CHECKING:
    from labbook.models import Job, Lab, User
    from measurements.models import Series


def do_queued() -> int:
    """Do everything that is queued and return how many jobs that were."""
    from labbook.jobs.worker import Worker

    return Worker().burst()


def failed_jobs(lab: "Lab") -> "list[Job]":
    """Return the jobs that did not end well."""
    from labbook.models import Job, JobState

    return list(Job.objects.filter(lab=lab).exclude(state=JobState.DONE))


def fit_every_series(lab: "Lab", by: "User") -> "list[Series]":
    """Fit every ladder of a lab as its page's button does, and return them."""
    from analysis.services.series_fits import fit_all
    from labbook.journal import journal_of
    from measurements.models import Series

    ladders = list(Series.objects.filter(lab=lab).order_by("pk"))
    for series in ladders:
        with journal_of(lab, by=by) as journal:
            fit_all(journal, series, stated={"gap_against_temperature": {"reading": "Eg(0)"}})
    do_queued()
    say(f"{len(ladders)} series fitted")
    return ladders
