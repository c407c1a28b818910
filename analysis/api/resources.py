"""Resources of fits, results and values in force: what each list holds, as one person sees it."""

from typing import Any

from django.db.models import Q, QuerySet

from analysis.api.serializers import FitSerializer, ResultRowSerializer, ValueInForceSerializer
from analysis.models import Fit, Result, ValueInForce
from labbook.api.documents import Parameter
from labbook.api.errors import ApiError, field_error
from labbook.api.resources import Names, Resource, by_id
from labbook.http import LabRequest
from measurements.models import Measurement
from samples.api.belongings import history
from samples.models import Sample

STATES = {
    "counting": "done and believed", "review": "flagged or refused, and nobody has judged it", "stale": "gone stale",
    "rejected": "rejected by a person", "refused": "without a number", "superseded": "replaced by a newer one",
}  # fmt: skip
SAMPLE = Parameter("sample", "The code of a sample.")
METHOD = Parameter("method", "The name of a method.")
QUANTITY = Parameter("quantity", "A quantity, such as tau1 or peak_energy.")


def fit_rows(asked: LabRequest, _names: Names) -> QuerySet[Fit]:
    """Return the fits that a person sees, with their numbers and what they rest on."""
    rows = Fit.objects.visible_to(asked.user).filter(lab=asked.lab)
    return rows.select_related("lab", "project").prefetch_related("results", "inputs")


def narrow_fits(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the fits of a method, sample, measurement or series, in one state; superseded ones only when asked for."""
    wanted = asked.GET.get("state", "")
    if wanted and wanted not in STATES:
        message = f"state is one of {', '.join(STATES)}."
        raise ApiError(400, message, [field_error("state", message)])
    rows = rows.filter(is_current=wanted != "superseded")
    if method := asked.GET.get("method", ""):
        rows = rows.filter(method=method)
    if sample := asked.GET.get("sample", ""):
        rows = rows.filter(sample__in=samples_called(asked, sample))
    for name in ("measurement", "series"):
        rows = numbered(asked, rows, name)
    return (
        rows.filter(pk__in=in_state(wanted).values("pk"))
        if wanted in {"counting", "review"}
        else narrowed(rows, wanted)
    )


def in_state(wanted: str) -> QuerySet[Fit]:
    """Return the fits that count, or that wait for a person."""
    if wanted == "counting":
        return Fit.objects.counting()
    return Fit.objects.current().filter(Q(is_grave=True) | Q(state="refused"), verdict="")


def narrowed(rows: QuerySet[Any], wanted: str) -> QuerySet[Any]:
    """Keep the fits of the other states."""
    match wanted:
        case "stale":
            return rows.exclude(stale_because="")
        case "rejected":
            return rows.filter(verdict="rejected")
        case "refused":
            return rows.filter(state="refused")
        case _:
            return rows


def numbered(asked: LabRequest, rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    """Keep the rows of a record named by its number."""
    told = asked.GET.get(name, "")
    if not told:
        return rows
    if not told.isascii() or not told.isdigit() or len(told) > 18:
        message = f"{name} is the id of a {name}."
        raise ApiError(400, message, [field_error(name, message)])
    return rows.filter(**{f"{name}_id": int(told)})


def samples_called(asked: LabRequest, code: str) -> QuerySet[Sample]:
    """Return the visible sample of a code and its pieces."""
    seen = Sample.objects.visible_to(asked.user).filter(lab=asked.lab)
    return seen.filter(Q(code=code) | Q(fraction__code=code))


def result_rows(asked: LabRequest, _names: Names) -> QuerySet[Result]:
    """Return the numbers of the current fits that a person sees."""
    fits = Fit.objects.visible_to(asked.user).current().filter(lab=asked.lab)
    return Result.objects.filter(fit__in=fits).select_related("fit__measurement__rung")


def narrow_results(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the numbers of a quantity, method or sample, and only those that count when that is asked."""
    if quantity := asked.GET.get("quantity", ""):
        rows = rows.filter(name=quantity)
    if method := asked.GET.get("method", ""):
        rows = rows.filter(fit__method=method)
    if sample := asked.GET.get("sample", ""):
        rows = rows.filter(fit__sample__in=samples_called(asked, sample))
    return rows.filter(fit__in=Fit.objects.counting()) if asked.GET.get("counting") == "1" else rows


def value_rows(asked: LabRequest, _names: Names) -> QuerySet[ValueInForce]:
    """Return the values in force that a person sees."""
    rows = ValueInForce.objects.visible_to(asked.user).filter(lab=asked.lab)
    return rows.select_related("lab", "project").prefetch_related("results")


def narrow_values(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the values of a quantity or of a sample and its pieces."""
    if quantity := asked.GET.get("quantity", ""):
        rows = rows.filter(quantity=quantity)
    if sample := asked.GET.get("sample", ""):
        rows = rows.filter(sample__in=samples_called(asked, sample))
    return rows


def codes_of(asked: LabRequest, records: list[Any]) -> dict[str, Any]:
    """Return the codes of the samples of a page's records that the person sees."""
    ids = {one.fit.sample_id if isinstance(one, Result) else one.sample_id for one in records}
    seen = Sample.objects.visible_to(asked.user).filter(pk__in=[one for one in ids if one])
    return {"codes": dict(seen.values_list("pk", "code"))}


def fit_context(asked: LabRequest, fits: list[Any]) -> dict[str, Any]:
    """Return the codes of samples and the ids of measurements of a page of fits, as far as the person sees them."""
    ids = {given.measurement_id for one in fits for given in one.inputs.all()}
    seen = Measurement.objects.visible_to(asked.user).filter(pk__in=[one for one in ids if one])
    return {**codes_of(asked, fits), "measurements": set(seen.values_list("pk", flat=True))}


FITS = Resource(
    "fits", "fit", "Fits of methods to measurements and series", fit_rows, FitSerializer, narrow=narrow_fits,
    lookup=by_id, context=fit_context,
    parameters=(
        METHOD, SAMPLE, Parameter("measurement", "The id of a measurement."),
        Parameter("series", "The id of a series."), Parameter("state", f"One of {', '.join(STATES)}."),
    ),
)  # fmt: skip
RESULTS = Resource(
    "results", "result", "The numbers of current fits, one a row", result_rows, ResultRowSerializer,
    narrow=narrow_results, context=codes_of, is_versioned=False, tag="fits",
    parameters=(QUANTITY, METHOD, SAMPLE, Parameter("counting", "1 for those that count only.")),
)  # fmt: skip
VALUES = Resource(
    "values", "value", "What counts for a sample, quantity and state", value_rows, ValueInForceSerializer,
    narrow=narrow_values, lookup=by_id, context=codes_of, parameters=(QUANTITY, SAMPLE),
)  # fmt: skip
FIT_HISTORY = history(FITS, "fit")
