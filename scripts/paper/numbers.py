"""Every number of a campaign as a line: value, error, condition, flags, what the key says, where it comes from."""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from scripts.paper.truths import Truth

if TYPE_CHECKING:
    from analysis.models import Fit, Result
    from labbook.models import Lab


RATES = "rates"


@dataclass(frozen=True, slots=True)
class Number:
    """One number; `sigma` is how many of its standard errors it lies from what the key says."""

    what: str
    method: str
    sample: str
    condition: dict[str, Any]
    value: float | None
    stderr: float | None
    unit: str
    flags: list[str]
    truth: float | None
    sigma: float | None
    source: dict[str, Any]
    refused: str | None = None
    counts: bool = True
    # Degrees of freedom where the scatter of the points is all that the error is known from.
    freedom: int | None = None

    def plain(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)


def numbers_of(lab: "Lab", truth: Truth) -> Iterator[Number]:
    """Yield the numbers of every current fit of a lab; a refused fit is one line without a number."""
    from analysis.models import Fit

    related = ("measurement__rung", "measurement__sample", "sample", "series")
    fits = Fit.objects.current().filter(lab=lab).select_related(*related)
    for fit in fits.prefetch_related("results", "inputs__measurement__parts__file_name").order_by("pk"):
        if fit.refused:
            yield refused(fit)
        for result in fit.results.all():
            yield number_of(fit, result, truth)


def refused(fit: "Fit") -> Number:
    """Return the line of a fit without numbers."""
    files = files_of(fit)
    return Number(
        "refused", fit.method, code_of(fit), condition_of(fit), None, None, "", [], None, None,
        source_of(fit, files), fit.refused, counts=False,
    )  # fmt: skip


def number_of(fit: "Fit", result: "Result", truth: Truth) -> Number:
    """Return the line of one result."""
    files = files_of(fit)
    told = truth_of(fit, result.name, files, truth)
    return Number(
        result.name, fit.method, code_of(fit), condition_of(fit), result.value, result.stderr, result.unit,
        [one["code"] for one in fit.flags], told, sigma_of(result, told), source_of(fit, files), counts=fit.counts,
        freedom=fit.statistics.get("dof") if fit.statistics.get("is_scatter_estimated") else None,
    )  # fmt: skip


def truth_of(fit: "Fit", name: str, files: list[str], truth: Truth) -> float | None:
    """Return what the key says of a result: by its file, or by its ladder."""
    if fit.method == RATES:
        return truth.of_rates(code_of(fit), name)
    if fit.series is not None:
        return truth.of_ladder(fit.series.along, code_of(fit), name)
    found = (truth.of_file(file, name) for file in files)
    return next((one for one in found if one is not None), None)


def sigma_of(result: "Result", truth: float | None) -> float | None:
    """Return the distance from the truth in standard errors; of an uneven interval on the side of the truth."""
    if truth is None or result.value is None:
        return None
    stderr = result.stderr
    if result.low is not None and result.high is not None:
        stderr = result.value - result.low if truth < result.value else result.high - result.value
    if stderr is None or not stderr > 0 or not math.isfinite(stderr):
        return None
    return (result.value - truth) / stderr


def code_of(fit: "Fit") -> str:
    """Return the code of a fit's sample."""
    return fit.sample.code if fit.sample else ""


def condition_of(fit: "Fit") -> dict[str, Any]:
    """Return under which conditions a fit's measurement was made."""
    measurement = fit.measurement
    if measurement is None:
        return {"along": fit.series.along} if fit.series else {}
    rung = measurement.rung
    told: dict[str, Any] = {
        name: float(value)
        for name in ("pressure_gpa", "temperature_k", "age_days")
        if (value := getattr(measurement, name)) is not None
    }
    if rung is not None:
        told[{"GPa": "pressure_gpa", "K": "temperature_k", "d": "age_days"}[rung.unit]] = float(rung.nominal)
    told |= {name: getattr(measurement, name) for name in ("branch", "part") if getattr(measurement, name)}
    return told


def files_of(fit: "Fit") -> list[str]:
    """Return the raw files of a fit's own measurement as the key names them, else those of all its inputs."""
    own = [one for one in fit.inputs.all() if one.measurement_id == fit.measurement_id and one.curve_id]
    found: list[str] = []
    for one in own or fit.inputs.all():
        for part in one.measurement.parts.all() if one.measurement else ():
            found.append(f"raw/{part.file_name.folder}/{part.file_name.name}".replace("//", "/").replace("/./", "/"))
    return list(dict.fromkeys(found))


def source_of(fit: "Fit", files: list[str]) -> dict[str, Any]:
    """Return what a number leads back to: its fit, method, files and their hashes."""
    hashes = sorted({one.raw_sha256 for one in fit.inputs.all() if one.raw_sha256})
    rests_on = sorted({one.source_id for one in fit.inputs.all() if one.source_id})
    return {
        "fit": fit.pk, "version": fit.method_version, "files": files, "sha256": hashes[:8], "fits": rests_on[:30],
    }  # fmt: skip
