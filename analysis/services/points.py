"""Points of a ladder: values of fits against the pressure, temperature or age of their rungs."""

from typing import TYPE_CHECKING

from analysis.methods.contract import Input
from analysis.models import Fit, InputKind, Result, RungPressure
from analysis.quantities import unit_of
from analysis.services.given import Given
from measurements.models import Rung, Series

if TYPE_CHECKING:
    from analysis.methods.contract import Points


def points_of(series: Series, one: Input) -> "tuple[Points | None, list[Given]]":
    """Return the values of a quantity along a series with the fits they come from; none when there is no fit.

    The pressure of a rung is what its ruby fits mean, else the nominal one with an unknown error.
    """
    import numpy as np

    from analysis.methods.contract import Points

    found = counting_results(series, one.quantity)
    if not found:
        return None, []
    where = {rung.pk: place_of(rung) for rung in series.rungs.select_related("ruby_pressure")}
    rungs = [result.fit.measurement.rung for result in found if result.fit.measurement]
    places = [where[rung.pk] for rung in rungs if rung]
    told = Points(
        x=np.array([place[0] for place in places]),
        x_stderr=np.array([place[1] for place in places]),
        x_unit=rungs[0].unit if rungs[0] else "",
        y=np.array([result.value for result in found], dtype=float),
        y_stderr=np.array([nan_if_none(result.stderr) for result in found]),
        y_unit=unit_of(one.quantity),
        labels=tuple(label_of(result.fit) for result in found),
    )
    sources = [
        Given(one.role, InputKind.FIT, measurement=result.fit.measurement, source=result.fit, said=one.quantity)
        for result in found
    ]
    return told, sources


def counting_results(series: Series, quantity: str) -> list[Result]:
    """Return the results of a quantity along a series that count, in the order of its rungs."""
    fits = Fit.objects.counting().filter(measurement__rung__series=series, measurement__is_void=False)
    found = Result.objects.filter(fit__in=fits, name=quantity, value__isnull=False)
    related = ("fit__measurement__rung", "fit__sample")
    return list(found.select_related(*related).order_by("fit__measurement__rung__position", "fit_id"))


def place_of(rung: Rung) -> tuple[float, float]:
    """Return where a rung stands and how well that is known; NaN for an error nobody knows."""
    ruby: RungPressure | None = getattr(rung, "ruby_pressure", None)
    if ruby is not None:
        return ruby.value_gpa, nan_if_none(ruby.stderr_gpa)
    return float(rung.nominal), float("nan")


def nan_if_none(value: float | None) -> float:
    """Return a number, NaN for none."""
    return float("nan") if value is None else value


def label_of(fit: Fit) -> str:
    """Return the words that tell a point from others: its way, and the window it was seen in."""
    rung = fit.measurement.rung if fit.measurement else None
    window = fit.statistics.get("window_ns")
    # The time axis ends where its last bin ends, a little beyond the window's name.
    seen_in = f"{float(f'{window:.2g}'):g} ns" if isinstance(window, float | int) else ""
    words = (rung.branch if rung else "", seen_in)
    return ", ".join(filter(None, words))
