"""What a line of a list of measurements shows, read for a whole page at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, IntegerField, JSONField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from labbook.models import SearchRow
from measurements.models import Curve, Measurement, MeasurementRecording, RecordingRole
from measurements.queries.measurements_conditions import condition_words, place_words
from measurements.queries.states import NO_FILE, READ, UNREAD, VOID
from samples.models import Sample


@dataclass(frozen=True, slots=True)
class MeasurementLine:
    """One measurement of a list; `sample` is missing for a reference and where the person may not see it."""

    measurement: Measurement
    sample: Sample | None
    is_restricted: bool
    sparkline: list[float] = field(default_factory=list)
    file_count: int = 0

    @property
    def place(self) -> str:
        """Where it stands along a ladder, in few words."""
        return place_words(self.measurement)

    @property
    def conditions(self) -> str:
        """Its other conditions in words."""
        return ", ".join(condition_words(self.measurement))

    @property
    def name(self) -> str:
        """What tells it from the others of a list, without its technique."""
        one = self.measurement
        reference = one.get_reference_kind_display() if one.reference_kind else ""
        seen = self.sample.code if self.sample else reference
        return " ".join(filter(None, (seen, self.place or one.title)))

    @property
    def state(self) -> str:
        """Whether it counts, and whether its files could be read."""
        if self.measurement.is_void:
            return VOID
        if not self.file_count:
            return NO_FILE
        return READ if getattr(self.measurement, "recording_count", 0) else UNREAD


def with_pictures(measurements: QuerySet[Measurement]) -> QuerySet[Measurement]:
    """Add to measurements what a line shows: instrument, rung, sample, numbers of files, the first curve's picture."""
    curves = Curve.objects.filter(
        recording__parts__measurement=OuterRef("pk"), recording__parts__role=RecordingRole.MAIN
    ).exclude(sparkline=[])
    pictures = curves.order_by("recording__parts__pk", "position").values("sparkline")[:1]
    parts = MeasurementRecording.objects.filter(measurement=OuterRef("pk")).order_by().values("measurement")

    def number_of(what: str) -> Coalesce:
        counted = parts.annotate(number=Count(what, distinct=True)).values("number")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

    return measurements.select_related("instrument", "rung__series", "sample").annotate(
        picture=Subquery(pictures, output_field=JSONField()),
        file_count=number_of("raw_file"),
        recording_count=number_of("recording"),
    )


def lines_of(measurements: Sequence[Measurement], hidden_projects: Collection[int]) -> list[MeasurementLine]:
    """Return the lines of measurements of `with_pictures`; a sample in a hidden project is not named."""
    return [line_of(one, hidden_projects) for one in measurements]


def line_of(measurement: Any, hidden_projects: Collection[int]) -> MeasurementLine:
    """Return one line."""
    sample = measurement.sample
    is_restricted = sample is not None and sample.project_id in hidden_projects
    return MeasurementLine(
        measurement=measurement,
        sample=None if is_restricted else sample,
        is_restricted=is_restricted,
        sparkline=measurement.picture or [],
        file_count=measurement.file_count,
    )


def lines_of_rows(rows: Sequence[SearchRow], hidden_projects: Collection[int]) -> list[MeasurementLine]:
    """Return the lines of search rows a person may see, in their order, in one query."""
    found = with_pictures(Measurement.objects.all()).in_bulk([row.record_id for row in rows])
    return lines_of([found[row.record_id] for row in rows if row.record_id in found], hidden_projects)
