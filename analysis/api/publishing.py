"""REST addresses of saved tables and figures, and of making them of a series: the services of the pages."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver
from rest_framework import serializers

from analysis.forms.publishing import KindForm
from analysis.models import SavedFigure, SavedTable
from analysis.queries.figures import figures_seen
from analysis.queries.tables import tables_seen
from analysis.services.making import figure_of_series, table_of_series
from labbook.api.acts import Act, Call, act_path
from labbook.api.documents import Parameter
from labbook.api.resources import Names, Resource, detail_path, list_paths
from labbook.http import LabRequest
from measurements.api.resources_measurements import SERIES
from samples.api.belongings import history

Text = serializers.CharField
Whole = serializers.IntegerField


class TableSerializer(serializers.Serializer[SavedTable]):
    """A saved table: its recipe, and every number as it was when a person last confirmed it."""

    id = Whole()
    slug = Text()
    title = Text()
    kind = Text()
    series_id = Whole(allow_null=True)
    recipe = serializers.JSONField()
    sources = serializers.JSONField()
    data_hash = Text()
    created_at = serializers.DateTimeField()
    version = Whole()


class FigureSerializer(serializers.Serializer[SavedFigure]):
    """A saved figure: its recipe, its caption, and what it was drawn from when a person last confirmed it."""

    id = Whole()
    slug = Text()
    title = Text()
    caption = Text()
    kind = Text()
    series_id = Whole(allow_null=True)
    recipe = serializers.JSONField()
    sources = serializers.JSONField()
    data_hash = Text()
    created_at = serializers.DateTimeField()
    version = Whole()


def table_rows(asked: LabRequest, _names: Names) -> QuerySet[SavedTable]:
    """Return the tables that a person sees."""
    return tables_seen(asked.lab, asked.user)


def figure_rows(asked: LabRequest, _names: Names) -> QuerySet[SavedFigure]:
    """Return the figures that a person sees."""
    return figures_seen(asked.lab, asked.user)


def narrow_kind(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the tables or figures of one kind."""
    kind = asked.GET.get("kind", "")
    return rows.filter(kind=kind) if kind else rows


def by_slug(rows: QuerySet[Any], key: str) -> Any:
    """Find a table or figure by the last part of its page's address."""
    return rows.filter(slug=key).first()


KIND = Parameter("kind", "A kind, such as s2.")
TABLES = Resource(
    "tables", "table", "Saved tables", table_rows, TableSerializer, narrow=narrow_kind, lookup=by_slug,
    parameters=(KIND,),
)  # fmt: skip
FIGURES = Resource(
    "figures", "figure", "Saved figures", figure_rows, FigureSerializer, narrow=narrow_kind, lookup=by_slug,
    parameters=(KIND,),
)  # fmt: skip
TABLE_HISTORY, FIGURE_HISTORY = history(TABLES, "savedtable"), history(FIGURES, "savedfigure")


def do_table(call: Call) -> str:
    """Make a table of a series, or find the one that was made of it."""
    return f"The table is {table_of_series(call.journal, call.record, call.data['kind']).slug}."


def do_figure(call: Call) -> str:
    """Make a figure of a series, or find the one that was made of it."""
    return f"The figure is {figure_of_series(call.journal, call.record, call.data['kind']).slug}."


MAKE_TABLE = Act(
    "series_table", "Make a table of it, or find the one that is there", do_table, KindForm, resource=SERIES
)
MAKE_FIGURE = Act(
    "series_figure", "Make a figure of it, or find the one that is there", do_figure, KindForm, resource=SERIES
)

urlpatterns: list[URLPattern | URLResolver] = [
    *list_paths(TABLES),
    detail_path(TABLES),
    *list_paths(TABLE_HISTORY, "tables/<str:key>/history"),
    *list_paths(FIGURES),
    detail_path(FIGURES),
    *list_paths(FIGURE_HISTORY, "figures/<str:key>/history"),
    act_path("series/<str:key>/table", MAKE_TABLE),
    act_path("series/<str:key>/figure", MAKE_FIGURE),
]
