"""Resources: one row of a table says what a list and its records are; two views answer for all of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from django.db import models
from django.http import Http404
from django.urls import URLPattern, path
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from labbook.api.asking import FORMAT, LAB, LIMIT, MOST, PAGING, Cursor, LabApiView, cursor_of
from labbook.api.documents import Document, Parameter
from labbook.api.selection import columns_of, select
from labbook.api.tables import CsvRenderer, Table
from labbook.http import LabRequest
from labbook.services.editing import version_token

Names = Mapping[str, Any]
COUNTED = 1_000
FIELDS = PAGING[2]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of records, newest first; `before` is the cursor of the next one, `total` is counted to a thousand."""

    records: list[Any]
    before: int | None
    total: int


@dataclass(frozen=True)
class Resource:
    """A list of records and how one of them is found, as a person sees them in one lab."""

    name: str
    one: str
    summary: str
    # The visible records of the request's lab, with everything that the serializer reads.
    rows: Callable[[LabRequest, Names], models.QuerySet[Any]]
    serializer: type[Serializer[Any]]
    narrow: Callable[[LabRequest, models.QuerySet[Any]], models.QuerySet[Any]] | None = None
    parameters: tuple[Parameter, ...] = ()
    # What the rows run along, newest first; unique within the list.
    key: str = "pk"
    # For a list that is found by other means than narrowing its rows.
    page: Callable[[LabRequest, Cursor], Found] | None = None
    # What the serializer needs of a whole page at once.
    context: Callable[[LabRequest, list[Any]], dict[str, Any]] | None = None
    # Finds one by what stands in the address; without it there are no single addresses.
    lookup: Callable[[models.QuerySet[Any], str], Any] | None = None
    is_versioned: bool = True
    tag: str = ""

    def found(self, asked: LabRequest, names: Names, cursor: Cursor) -> Found:
        """Return one page of the list."""
        if self.page is not None:
            return self.page(asked, cursor)
        rows = self.rows(asked, names)
        if self.narrow is not None:
            rows = self.narrow(asked, rows)
        rows = rows.order_by(f"-{self.key}")
        page = rows.filter(**{f"{self.key}__lt": cursor.before}) if cursor.before else rows
        records = list(page[: cursor.limit + 1])
        is_whole = cursor.before is None and len(records) <= cursor.limit
        total = len(records) if is_whole else rows.order_by().values("pk")[: COUNTED + 1].count()
        is_more = len(records) > cursor.limit
        last = getattr(records[cursor.limit - 1], self.key) if is_more else None
        return Found(records[: cursor.limit], last, total)

    def find(self, asked: LabRequest, key: str) -> Any:
        """Return one record, or answer 404 as if it did not exist."""
        if self.lookup is None:
            raise Http404
        record = self.lookup(self.rows(asked, {}), key)
        if record is None:
            raise Http404
        return record

    def shape(self, asked: LabRequest, records: list[Any], *, many: bool) -> Serializer[Any]:
        """Return the serializer of some records, with what it needs of all of them."""
        context = self.context(asked, records) if self.context else {}
        return self.serializer(records if many else records[0], many=many, context={"asked": asked, **context})


def by_id(rows: models.QuerySet[Any], key: str) -> Any:
    """Find a record by its id."""
    return rows.filter(pk=int(key)).first() if is_id(key) else None


def is_id(key: str) -> bool:
    """Say whether a text can be the id of a record."""
    return key.isascii() and key.isdigit() and len(key) < 19


class ListView(LabApiView):
    """Answers the rows of a resource, as JSON or as a table."""

    resource: Resource = cast(Resource, None)
    renderer_classes = (JSONRenderer, CsvRenderer)

    def known_parameters(self) -> Iterable[Parameter]:
        return (*self.resource.parameters, *PAGING)

    def get(self, request: Request, **names: Any) -> Response:
        """Answer one page of the list."""
        asked, resource = self.asked, self.resource
        is_table = getattr(request.accepted_renderer, "format", "") == "csv"
        cursor = cursor_of(asked.GET, default=MOST if is_table else LIMIT)
        serializer: Any = resource.shape(asked, [], many=True)
        columns = select(serializer.child, asked.GET.get("fields"))
        found = resource.found(asked, names, cursor)
        if found.records:
            serializer = resource.shape(asked, found.records, many=True)
            select(serializer.child, asked.GET.get("fields"))
        following = next_address(asked, found.before)
        headers = {"Link": f'<{following}>; rel="next"'} if following else {}
        if is_table:
            headers["Content-Disposition"] = f'attachment; filename="{resource.name}.csv"'
            return Response(Table(columns, serializer.data), headers=headers)
        count = {"count": min(found.total, COUNTED), "count_is_exact": found.total <= COUNTED}
        return Response({"items": serializer.data, "next": following, **count}, headers=headers)

    def document(self, method: str) -> Document:
        resource = self.resource
        return Document(
            f"{resource.name}_list", resource.summary, resource.tag or resource.name, page_of(resource.serializer),
            has_table=True,
            parameters=(*resource.parameters, *PAGING, LAB, FORMAT), description=said_columns(resource),
            errors=(400, 401, 403, 404),
        )  # fmt: skip


class DetailView(LabApiView):
    """Answers one record of a resource, with its version in the header ETag."""

    resource: Resource = cast(Resource, None)
    parameters = (FIELDS,)

    def get(self, request: Request, key: str) -> Response:
        """Answer the record."""
        record = self.resource.find(self.asked, key)
        serializer = self.resource.shape(self.asked, [record], many=False)
        select(serializer, self.asked.GET.get("fields"))
        return Response(serializer.data, headers=etag_of(self.resource, record))

    def document(self, method: str) -> Document:
        return Document(
            f"{self.resource.name}_detail", f"One {self.resource.one}", self.resource.tag or self.resource.name,
            self.resource.serializer, parameters=(FIELDS, LAB, FORMAT), errors=(400, 401, 403, 404),
        )  # fmt: skip


def etag_of(resource: Resource, record: Any) -> dict[str, str]:
    """Return the header that a later write sends back in If-Match."""
    return {"ETag": f'"{version_token(record)}"'} if resource.is_versioned else {}


def component_of(serializer: type[Serializer[Any]]) -> str:
    """Return the name by which the schema calls a serializer."""
    return serializer.__name__.removesuffix("Serializer")


@cache
def page_of(serializer: type[Serializer[Any]]) -> Serializer[Any]:
    """Return the shape of one page of a list."""
    fields = {
        "items": serializer(many=True, context={}),
        "next": serializers.URLField(allow_null=True),
        "count": serializers.IntegerField(help_text=f"Counted up to {COUNTED:,}."),
        "count_is_exact": serializers.BooleanField(),
    }
    return inline_serializer(f"{component_of(serializer)}Page", fields)


def said_columns(resource: Resource) -> str:
    """Return the description of a list: what it is, and its fields."""
    return f"{resource.summary}, newest first. Fields: {', '.join(columns_of(resource.serializer(context={})))}."


def next_address(asked: LabRequest, before: int | None) -> str | None:
    """Return the address of the next page, with everything else as it was asked."""
    if before is None:
        return None
    wanted = asked.GET.copy()
    wanted["cursor"] = str(before)
    return asked.build_absolute_uri(f"{asked.path}?{wanted.urlencode()}")


def list_paths(resource: Resource, address: str = "", view: type[ListView] = ListView) -> list[URLPattern]:
    """Return the addresses of a list: plain, and with .json or .csv behind it."""
    there, answer = address or resource.name, view.as_view(resource=resource)
    name = f"api_{resource.name}"
    return [path(there, answer, name=name), path(f"{there}.<str:format>", answer, name=f"{name}_as")]


def detail_path(resource: Resource, view: type[LabApiView] = DetailView, **more: Any) -> URLPattern:
    """Return the address of one record."""
    there = f"{resource.name}/<str:key>"
    return path(there, view.as_view(resource=resource, **more), name=f"api_{resource.one.replace(' ', '_')}")


def describe(record: Any, resource: Resource, asked: LabRequest) -> dict[str, Any]:
    """Return a record as it is now, for the answer to a write."""
    return dict(resource.shape(asked, [record], many=False).data)
