"""Saved figures as a person sees them: what they rest on, found by the database alone, and how they are drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.module_loading import import_string

from analysis.models import SavedFigure
from analysis.publishing.figure_kinds import FIGURES, FigureKind
from labbook.models import Lab, User
from measurements.curves.recipe import Recipe, number
from samples.models import Sample

if TYPE_CHECKING:
    from measurements.curves.panels import PanelFigure


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that a figure is drawn from: its name for people, its page, and everything that decides its numbers."""

    name: str
    address: str
    facts: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A figure before it is drawn; `draw` loads the numbers, `missing` says what a person would look for in vain."""

    sources: tuple[Source, ...]
    draw: "Callable[[], PanelFigure]"
    missing: tuple[str, ...] = ()

    @property
    def told(self) -> dict[str, str]:
        """What it rests on, by what a person calls it."""
        return {one.name: one.facts for one in self.sources}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a figure is asked to be: of what, for whom, with which options."""

    figure: SavedFigure
    user: User
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def lab(self) -> Lab:
        """The lab it lies in."""
        return self.figure.lab

    @property
    def samples(self) -> list[Sample]:
        """The chosen samples that the person sees."""
        seen = Sample.objects.visible_to(self.user)
        return list(seen.filter(pk__in=self.figure.samples.values("pk")).order_by("code"))

    def number(self, name: str) -> float | None:
        """Return an option that is a number."""
        return number(str(self.options.get(name, "")))

    @property
    def recipe(self) -> Recipe:
        """The options of lines, as plots know them."""
        return Recipe(
            normalise=str(self.options.get("normalise", "")),
            offset_fraction=self.number("offset_fraction") or 0.0,
            x_from=self.number("x_from"),
            x_to=self.number("x_to"),
        )

    @property
    def x_limits(self) -> tuple[float, float] | None:
        """The part of the axis that is shown, where both ends are set."""
        low, high = self.number("x_from"), self.number("x_to")
        return (low, high) if low is not None and high is not None and low < high else None


Prepares = Callable[[Asked], Prepared]


def figures_seen(lab: Lab, user: User) -> QuerySet[SavedFigure]:
    """Return the saved figures a person sees, newest first."""
    return SavedFigure.objects.visible_to(user).filter(lab=lab).select_related("series__sample").order_by("-pk")


def kind_of(figure: SavedFigure) -> FigureKind:
    """Return the ready figure that a saved one is of."""
    return FIGURES[figure.kind]


def options_of(figure: SavedFigure) -> dict[str, Any]:
    """Return the options of a figure: those usual of its kind, and what a person set."""
    return {**dict(kind_of(figure).usual), **figure.recipe.get("options", {})}


def prepared(figure: SavedFigure, user: User) -> Prepared:
    """Return what a figure is drawn from today, as far as the person sees it."""
    prepare: Prepares = import_string(kind_of(figure).prepare)
    return prepare(Asked(figure, user, options_of(figure)))
