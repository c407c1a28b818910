"""The list of fits: a page of lines, newest first, narrowed by method, technique, sample and state."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from analysis.models import Fit
from analysis.models.fits import FitQuerySet
from analysis.queries.fit_numbers import ResultRow, result_row
from analysis.queries.fit_page import title_of
from analysis.queries.fit_states import in_state, state_of
from labbook.models import Lab, User
from measurements.models import Measurement, Series
from measurements.queries.measurements_conditions import place_words
from samples.models import Sample

PAGE_SIZE = 50
# A line shows the first numbers, its page all of them.
SHOWN_RESULTS = 3
SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows the list; empty words narrow nothing."""

    method: str = ""
    technique: str = ""
    sample: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class FitLine:
    """One fit of a list; what the person may not see of its subject is missing."""

    fit: Fit
    sample: Sample | None
    measurement: Measurement | None
    series: Series | None
    is_restricted: bool
    results: list[ResultRow]

    @property
    def title(self) -> str:
        """What was done."""
        return title_of(self.fit)

    @property
    def state(self) -> str:
        """Whether its numbers count, in a word."""
        return state_of(self.fit)

    @property
    def place(self) -> str:
        """Where its measurement stands along a ladder."""
        return place_words(self.measurement) if self.measurement else ""


def fits_seen(lab: Lab, user: User) -> QuerySet[Fit]:
    """Return the fits of a lab that a person sees, newest first."""
    return Fit.objects.visible_to(user).filter(lab=lab).order_by("-pk")


def fits_asked(asked: Asked, lab: Lab, user: User) -> QuerySet[Fit]:
    """Return the fits that a list shows; those that newer ones replaced only when they are asked for."""
    fits = fits_seen(lab, user).filter(is_current=asked.state != SUPERSEDED)
    if asked.method:
        fits = fits.filter(method=asked.method)
    if asked.technique:
        of_series = Q(inputs__measurement__technique=asked.technique, measurement__isnull=True)
        fits = fits.filter(Q(measurement__technique=asked.technique) | of_series).distinct()
    if asked.sample:
        seen = Sample.objects.visible_to(user).filter(lab=lab, code__iexact=asked.sample)
        fits = fits.filter(sample__in=seen)
    return in_state(fits, asked.state)


def stale_fits(lab: Lab, user: User) -> FitQuerySet:
    """Return the current fits that no longer say what a run today would say."""
    return Fit.objects.visible_to(user).current().filter(lab=lab).exclude(stale_because="").order_by("-pk")


def with_subjects(fits: QuerySet[Fit]) -> QuerySet[Fit]:
    """Add to fits what a line shows of them."""
    related = ("sample", "series__sample", "measurement__rung__series", "measurement__sample")
    return fits.select_related(*related).prefetch_related("results")


def lines_of(fits: Sequence[Fit], hidden_projects: Collection[int]) -> list[FitLine]:
    """Return the lines of fits of `with_subjects`; what lies in a hidden project is not named."""
    return [line_of(one, hidden_projects) for one in fits]


def line_of(fit: Fit, hidden_projects: Collection[int]) -> FitLine:
    """Return one line."""
    sample, measurement, series = fit.sample, fit.measurement, fit.series
    is_restricted = sample is not None and sample.project_id in hidden_projects
    if measurement is not None and measurement.project_id in hidden_projects:
        measurement = None
    if series is not None and series.project_id in hidden_projects:
        series = None
    told = [result_row(one) for one in fit.results.all() if one.value is not None]
    first = sorted(told, key=lambda one: not one.counts_for_samples)[:SHOWN_RESULTS]
    return FitLine(fit, None if is_restricted else sample, measurement, series, is_restricted, first)
