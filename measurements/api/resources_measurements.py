"""Resources of measurements, series and rungs: what each list holds, as one person sees it."""

from typing import Any

from django.db.models import Q, QuerySet

from labbook.api.asking import Cursor
from labbook.api.documents import Parameter
from labbook.api.errors import ApiError, field_error
from labbook.api.resources import Found, Names, Resource, by_id
from labbook.http import LabRequest
from labbook.search.find import page_of, record_ids
from labbook.search.parser import FROM, TO
from measurements.api.serializers_measurements import MeasurementSerializer, RungSerializer, SeriesSerializer
from measurements.models import FileName, Measurement, Rung, Series
from measurements.queries.measurements_search import MEASUREMENT_KEYS, search_measurements
from samples.api.belongings import history
from samples.models import Sample


def measurement_rows(asked: LabRequest, _names: Names) -> QuerySet[Measurement]:
    """Return the measurements that a person sees, with everything of theirs that is shown."""
    rows = Measurement.objects.visible_to(asked.user).filter(lab=asked.lab)
    parts = ("parts__raw_file", "parts__recording__curves")
    return rows.select_related("lab", "instrument", "rung__series", "project", "sample").prefetch_related(*parts)


def measurement_context(asked: LabRequest, measurements: list[Any]) -> dict[str, Any]:
    """Return the codes of a page's samples and the names of its files, as far as the person sees them."""
    names = {part.file_name_id for one in measurements for part in one.parts.all()}
    seen = FileName.objects.visible_to(asked.user).filter(pk__in=names)
    return {**codes_of(asked, measurements), "file_names": dict(seen.values_list("pk", "name"))}


def codes_of(asked: LabRequest, records: list[Any]) -> dict[str, Any]:
    """Return the codes of the samples of a page's records that the person sees."""
    ids = {one.sample_id for one in records if one.sample_id}
    return {"codes": dict(Sample.objects.visible_to(asked.user).filter(pk__in=ids).values_list("pk", "code"))}


def measurement_page(asked: LabRequest, cursor: Cursor) -> Found:
    """Return a page of measurements by the filters of the page; what is not understood is answered 400."""
    found = search_measurements({name: asked.GET.getlist(name) for name in asked.GET}, asked.lab, asked.user)
    if found.query.problems:
        errors = [field_error(one.text, one.message) for one in found.query.problems]
        raise ApiError(400, "Part of the query is not understood; nothing is guessed.", errors)
    page = page_of(found.found, before=cursor.before, size=cursor.limit)
    ids = record_ids(page.rows, "measurement")
    rows = measurement_rows(asked, {}).in_bulk(ids)
    return Found([rows[pk] for pk in ids if pk in rows], page.before, page.total or 0)


def measurement_parameters() -> tuple[Parameter, ...]:
    """Return the parameters of the measurements page: the box, every facet, and the two ends of a range."""
    rows = MEASUREMENT_KEYS.values()
    keys = [Parameter(one.name, f"{one.label}, such as {one.example}.") for one in rows]
    ends = [
        Parameter(one.name + end, f"{one.label}, {word}.")
        for one in rows
        if one.reads in {"number", "day"}
        for end, word in ((FROM, "from"), (TO, "to"))
    ]
    return (Parameter("q", "What would be typed into the box of the page."), *keys, *ends)


def series_rows(asked: LabRequest, _names: Names) -> QuerySet[Series]:
    """Return the series that a person sees, with their rungs."""
    rows = Series.objects.visible_to(asked.user).filter(lab=asked.lab)
    return rows.select_related("lab", "project", "sample").prefetch_related("rungs")


def narrow_series(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the series of a sample, or those along something."""
    sample, along = asked.GET.get("sample", ""), asked.GET.get("along", "")
    if sample:
        rows = rows.filter(sample__in=Sample.objects.visible_to(asked.user).filter(lab=asked.lab, code=sample))
    return rows.filter(along=along) if along else rows


def rung_rows(asked: LabRequest, names: Names) -> QuerySet[Rung]:
    """Return the rungs of the series that a person sees, or of one of them."""
    series = SERIES.find(asked, names["key"]) if "key" in names else None
    seen = Q(series=series) if series else Q(series__in=series_rows(asked, {}).values("pk"))
    return Rung.objects.filter(seen).select_related("series__lab", "series__sample")


MEASUREMENTS = Resource(
    "measurements", "measurement", "Measurements as the measurements page finds them", measurement_rows,
    MeasurementSerializer, page=measurement_page, parameters=measurement_parameters(), context=measurement_context,
    lookup=by_id,
)  # fmt: skip
SERIES = Resource(
    "series", "ladder", "Series of measurements along pressure, temperature or age", series_rows, SeriesSerializer,
    narrow=narrow_series, lookup=by_id, context=codes_of,
    parameters=(Parameter("sample", "The code of a sample."), Parameter("along", "pressure, temperature or age.")),
)  # fmt: skip
RUNGS = Resource(
    "rungs", "rung", "The rungs of one series", rung_rows, RungSerializer, lookup=by_id, is_versioned=False,
    tag="series",
)  # fmt: skip
MEASUREMENT_HISTORY = history(MEASUREMENTS, "measurement")
SERIES_HISTORY = history(SERIES, "series")
