"""What tables and figures can be made of a series, and which are there already."""

from dataclasses import dataclass

from analysis.models import SavedFigure, SavedTable
from analysis.publishing.figure_kinds import FIGURES, Of
from analysis.publishing.ready import TABLES
from labbook.models import User
from measurements.models import Series


@dataclass(frozen=True, slots=True)
class Maker:
    """One thing that a click makes; `made` is its address when it is there already."""

    key: str
    name: str
    title: str
    made: str = ""


@dataclass(frozen=True, slots=True)
class Making:
    """What can be made of a series."""

    tables: tuple[Maker, ...]
    figures: tuple[Maker, ...]


def series_seen_of(saved: SavedTable | SavedFigure, user: User) -> Series | None:
    """Return the series that a table or figure is of, when the person sees it."""
    seen = Series.objects.visible_to(user).select_related("sample")
    return seen.filter(pk=saved.series_id).first() if saved.series_id else None


def what_can_be_made(series: Series, user: User) -> Making:
    """Return the tables and figures for the ladder of a series, in two queries; the first name its own."""
    seen = {"lab": series.lab, "series": series}
    tables = dict(SavedTable.objects.visible_to(user).filter(**seen).order_by("-pk").values_list("kind", "slug"))
    figures = dict(SavedFigure.objects.visible_to(user).filter(**seen).order_by("-pk").values_list("kind", "slug"))
    return Making(
        tuple(
            Maker(one.key, one.name, one.title, tables.get(one.key, ""))
            for one in TABLES.values()
            if one.along in {"", series.along}
        ),
        tuple(
            Maker(one.key, one.name, one.title, figures.get(one.key, ""))
            for one in FIGURES.values()
            if one.along in {"", series.along} and one.of != Of.CURVES
        ),
    )
