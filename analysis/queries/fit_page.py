"""What the page of one fit shows, as one person may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.methods.contract import Method
from analysis.methods.table import METHODS
from analysis.models import Fit, FitInput, InputKind
from analysis.queries.fit_numbers import ResultRow, result_rows
from labbook.models import User
from measurements.models import FileName, Measurement, Series
from samples.models import Sample

MOST_CHAINED = 20
MOST_RESTING = 30


@dataclass(frozen=True, slots=True)
class InputLine:
    """One thing a fit rests on; what the person may not see has no name here."""

    given: FitInput
    measurement: Measurement | None
    source: Fit | None
    file_name: FileName | None

    @property
    def role(self) -> str:
        """The part it plays, in words."""
        return self.given.role.replace("_", " ")

    @property
    def is_restricted(self) -> bool:
        """Say whether it is something that the person may not see."""
        hides_measurement = self.given.measurement_id is not None and self.measurement is None
        return hides_measurement or (self.given.kind == InputKind.FIT and self.source is None)


@dataclass(frozen=True, slots=True)
class FitPage:
    """One fit and what belongs to it."""

    fit: Fit
    method: Method | None
    sample: Sample | None
    measurement: Measurement | None
    series: Series | None
    results: list[ResultRow]
    inputs: list[InputLine]
    # Every run of the method on the same subject, the newest first.
    chain: list[Fit]
    resting: list[Fit]

    @property
    def title(self) -> str:
        """What was done."""
        return title_of(self.fit)

    @property
    def is_restricted(self) -> bool:
        """Say whether it is of a sample that the person may not see."""
        return self.fit.sample_id is not None and self.sample is None

    @property
    def newest(self) -> Fit | None:
        """The fit that counts in place of this one."""
        return next((one for one in self.chain if one.is_current and one.pk != self.fit.pk), None)


def title_of(fit: Fit) -> str:
    """Return what a fit's method is called; one that is gone by its name."""
    method = METHODS.get(fit.method)
    return method.title if method else fit.method.replace("_", " ")


def page_of_fit(fit: Fit, user: User) -> FitPage:
    """Return what the page of a fit shows, in a constant number of queries."""
    seen = Measurement.objects.visible_to(user)
    in_force = fit.results.filter(in_force__isnull=False).values_list("pk", flat=True)
    of_subject = Fit.objects.visible_to(user).filter(
        lab=fit.lab, method=fit.method, measurement=fit.measurement_id, series=fit.series_id
    )
    resting = Fit.objects.visible_to(user).current().filter(inputs__source=fit).distinct()
    series = Series.objects.visible_to(user).filter(pk=fit.series_id or series_of(fit))
    return FitPage(
        fit=fit,
        method=METHODS.get(fit.method),
        sample=Sample.objects.visible_to(user).filter(pk=fit.sample_id or 0).first(),
        measurement=seen.select_related("rung__series").filter(pk=fit.measurement_id or 0).first(),
        series=series.select_related("sample").first(),
        results=result_rows(fit.results.all(), in_force),
        inputs=inputs_of(fit, user),
        chain=list(of_subject.order_by("-pk")[:MOST_CHAINED]),
        resting=list(resting.order_by("-pk")[:MOST_RESTING]),
    )


def series_of(fit: Fit) -> int:
    """Return the ladder that the measurement of a fit stands on."""
    rung = fit.measurement.rung if fit.measurement else None
    return rung.series_id if rung else 0


def inputs_of(fit: Fit, user: User) -> list[InputLine]:
    """Return what a fit rests on, in its order."""
    related = ("curve__recording__raw_file", "calibration__instrument")
    given = list(fit.inputs.select_related(*related).order_by("position"))
    measurements = Measurement.objects.visible_to(user).in_bulk({one.measurement_id for one in given} - {None})
    sources = Fit.objects.visible_to(user).in_bulk({one.source_id for one in given} - {None})
    names = names_of(given, user)
    return [
        InputLine(
            one,
            measurements.get(one.measurement_id or 0),
            sources.get(one.source_id or 0),
            names.get(one.curve.recording.raw_file_id) if one.curve else None,
        )
        for one in given
    ]


def names_of(given: Sequence[FitInput], user: User) -> dict[int, FileName]:
    """Return the name of each raw file that a person may see."""
    files = {one.curve.recording.raw_file_id for one in given if one.curve}
    names = FileName.objects.visible_to(user).filter(raw_file__in=files).order_by("-pk")
    return {one.raw_file_id: one for one in names}
