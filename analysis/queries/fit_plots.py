"""The plots of fits that count, found by the quantities they tell, for figures."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from analysis.models import Fit
from analysis.queries.figures import Asked, Source
from analysis.queries.kin import near_of
from analysis.queries.table_cells import methods_telling, names_of, speaking

if TYPE_CHECKING:
    from analysis.methods.contract import Plot


def counting_fits(asked: Asked, quantities: Iterable[str]) -> QuerySet[Fit]:
    """Return the fits a person sees that count and can tell any of some quantities."""
    fits = Fit.objects.visible_to(asked.user).counting().filter(lab=asked.lab, method__in=methods_telling(quantities))
    related = fits.select_related("measurement__rung", "series__sample", "sample")
    return related.prefetch_related("results").order_by("pk")


def fits_on_rungs(asked: Asked, quantities: Sequence[str]) -> list[Fit]:
    """Return one fit per rung of a figure's series, in the order of the ladder: the newest of those that speak."""
    fits = counting_fits(asked, quantities).filter(
        measurement__rung__series=asked.figure.series, measurement__is_void=False
    )
    by_rung: dict[int, list[Fit]] = {}
    for fit in fits.order_by("measurement__rung__position", "pk"):
        if fit.measurement is not None and fit.measurement.rung_id is not None:
            by_rung.setdefault(fit.measurement.rung_id, []).append(fit)
    return [chosen[-1] for several in by_rung.values() if (chosen := speaking(several, quantities))]


def fits_of_samples(asked: Asked, quantities: Sequence[str], along: str) -> list[Fit]:
    """Return the newest fit of each sample along a kind of ladder: of pieces of those chosen, else of all."""
    fits = counting_fits(asked, quantities).filter(series__along=along)
    chosen = {pk for near in near_of(asked.samples).values() for pk in near}
    newest = {
        fit.series.sample_id: fit
        for fit in fits
        if fit.series and (not chosen or fit.series.sample_id in chosen) and names_of(fit) & set(quantities)
    }
    return list(newest.values())


def plot_of(fit: Fit, *, drawn: str = "") -> "Plot | None":
    """Return the first plot of a fit, or the first that is drawn so; nothing when its numbers are gone."""
    from analysis.services.plots import plots_of

    try:
        plots = plots_of(fit.plots_key, fit.plots)
    except FileNotFoundError:
        return None
    return next((one for one in plots if drawn in {"", one.drawn}), None)


def source_of(fit: Fit, name: str) -> Source:
    """Return a fit as a source."""
    return Source(name, f"/fits/{fit.pk}", f"fit {fit.pk}, {fit.plots_key[:12]}")
