"""Lineage in the API: what a sample came from and went into as nodes and edges, and its statement."""

from dataclasses import asdict
from typing import Any

from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from labbook.api.asking import FORMAT, LAB, LabApiView
from labbook.api.documents import Document
from labbook.api.serializers import NumberField
from labbook.api.tables import CsvRenderer, Table
from samples.api.resources import SAMPLES
from samples.lineage.closure import Closure, closure_of
from samples.lineage.sentences import long_form, short_form
from samples.lineage.statement import statement_of
from samples.models import Sample

RESTRICTED = "restricted"
COLUMNS = ("parent", "parent_code", "child", "child_code", "process", "process_kind", "amount", "unit", "is_solvent",
           "at", "by")  # fmt: skip


class NodeSerializer(serializers.Serializer[Any]):
    """A sample of a lineage; one that the person does not see has its id and nothing else."""

    id = serializers.IntegerField()
    code = serializers.CharField(allow_null=True)
    kind = serializers.CharField(allow_null=True)
    title = serializers.CharField(allow_null=True)
    short = serializers.CharField(allow_null=True, help_text="Of a bottle: the short name of its chemical.")
    lot = serializers.CharField(allow_null=True, help_text="Of a bottle: the supplier's lot.")
    is_restricted = serializers.BooleanField()


class EdgeSerializer(serializers.Serializer[Any]):
    """One sample went into another, by a process; null amounts were not recorded."""

    parent = serializers.IntegerField(  # type: ignore[assignment]
        allow_null=True, help_text="Null for a gap, which `parent_code` names."
    )
    parent_code = serializers.CharField(allow_null=True)
    child = serializers.IntegerField()
    child_code = serializers.CharField(allow_null=True)
    process = serializers.IntegerField(allow_null=True)
    process_kind = serializers.CharField(allow_null=True)
    amount = NumberField()
    unit = serializers.CharField(allow_null=True)
    is_solvent = serializers.BooleanField()
    at = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField(allow_null=True)


class LineageSerializer(serializers.Serializer[Any]):
    """Every sample on the way, and every link between two of them."""

    nodes = NodeSerializer(many=True)
    edges = EdgeSerializer(many=True)


class LineageView(LabApiView):
    """Answers what a sample came from, or what it went into."""

    renderer_classes = (JSONRenderer, CsvRenderer)
    is_up = True

    def get(self, request: Request, key: str, **_names: Any) -> Response:
        """Answer the whole lineage in one direction."""
        sample = SAMPLES.find(self.asked, key)
        closure = closure_of([sample.pk], self.asked.user, up=self.is_up, down=not self.is_up)
        edges = EdgeSerializer(edges_of(closure), many=True).data
        if getattr(request.accepted_renderer, "format", "") == "csv":
            return Response(Table(COLUMNS, edges))
        return Response({"nodes": NodeSerializer(nodes_of(closure), many=True).data, "edges": edges})

    def document(self, method: str) -> Document:
        name, words = ("ancestors", "came from") if self.is_up else ("descendants", "went into")
        return Document(
            f"sample_{name}", f"Everything a sample {words}", "lineage", LineageSerializer, parameters=(LAB, FORMAT),
            has_table=True, errors=(400, 401, 403, 404),
        )  # fmt: skip


def nodes_of(closure: Closure) -> list[dict[str, Any]]:
    """Return the samples of a walk by their ids; what is restricted stays a place in the line."""
    ids = sorted({*closure.samples, *closure.hidden})
    return [node_of(pk, closure.samples.get(pk)) for pk in ids]


def node_of(pk: int, sample: Sample | None) -> dict[str, Any]:
    """Return one node."""
    bottle = getattr(sample, "bottle", None)
    return {
        "id": pk,
        "code": sample.code if sample else None,
        "kind": sample.kind if sample else None,
        "title": sample.title if sample else None,
        "short": bottle.short if bottle else None,
        "lot": bottle.lot if bottle else None,
        "is_restricted": sample is None,
    }


def edges_of(closure: Closure) -> list[dict[str, Any]]:
    """Return the links of a walk, oldest process first, and the gaps of the processes on the way."""
    rows = []
    for link in closure.links:
        process = closure.processes.get(link.process_id)
        parent, child = closure.samples.get(link.parent_id), closure.samples.get(link.child_id)
        line = closure.line_of(link) if process else None
        rows.append(edge(link.parent_id, parent.code if parent else RESTRICTED, link.child_id, child, process, line))
    made: dict[int, list[Sample]] = {}
    for sample in closure.samples.values():
        made.setdefault(sample.origin_id, []).append(sample)
    for process_id, process in closure.processes.items():
        gaps = [line for line in closure.inputs.get(process_id, []) if line.sample_id is None]
        rows += [edge(None, gap.description, one.pk, one, process, gap) for gap in gaps for one in made[process_id]]
    return sorted(rows, key=lambda row: (row["process"] or 0, row["parent"] or 0, row["child"]))


def edge(parent: int | None, parent_code: str, child: int, sample: Sample | None, process: Any, line: Any) -> dict[
    str, Any
]:  # fmt: skip
    """Return one edge; of a restricted process nothing is told."""
    return {
        "parent": parent,
        "parent_code": parent_code,
        "child": child,
        "child_code": sample.code if sample else RESTRICTED,
        "process": process.pk if process else None,
        "process_kind": process.kind if process else None,
        "amount": line.amount if line else None,
        "unit": line.unit if line else None,
        "is_solvent": bool(line and line.is_solvent),
        "at": process.started_at if process else None,
        "by": process.operator if process else None,
    }


class ChainSerializer(serializers.Serializer[Any]):
    """One step of the chain, in words."""

    number = serializers.IntegerField()
    what = serializers.CharField()
    when = serializers.CharField()
    at = serializers.DateTimeField(source="process.started_at")
    by = serializers.CharField(source="process.operator")
    made = serializers.SerializerMethodField()
    used = serializers.ListField(child=serializers.CharField())
    values = serializers.ListField(child=serializers.CharField())
    deviations = serializers.ListField(child=serializers.CharField())

    def get_made(self, step: Any) -> list[str]:
        """Return the codes of what it made."""
        return [one.code for one in step.made]


class StatementSerializer(serializers.Serializer[Any]):
    """The provenance statement: the chain, where its vials were, and what the records do not say."""

    sample = serializers.CharField(source="sample.code")
    short_form = serializers.SerializerMethodField()
    long_form = serializers.SerializerMethodField()
    steps = ChainSerializer(many=True)
    stays = serializers.SerializerMethodField()
    gaps = serializers.ListField(child=serializers.CharField())
    versions = serializers.SerializerMethodField()

    def get_short_form(self, found: Any) -> str:
        """Return the sentence for a caption."""
        return str(short_form(found))

    def get_long_form(self, found: Any) -> list[str]:
        """Return the sentences for a methods section."""
        return [str(sentence) for sentence in long_form(found)]

    def get_stays(self, found: Any) -> list[dict[str, Any]]:
        """Return where each vial was before its use."""
        return [
            {"sample": vial.code, **{name: str(value) for name, value in asdict(stay).items()}}
            for vial, stays in found.stays
            for stay in stays
        ]

    def get_versions(self, found: Any) -> dict[str, int]:
        """Return the version of every record that was read."""
        return dict(found.versions)


class StatementView(LabApiView):
    """Answers the provenance statement."""

    def get(self, request: Request, key: str) -> Response:
        """Answer what the records say of a sample's making."""
        sample = SAMPLES.find(self.asked, key)
        return Response(StatementSerializer(statement_of(sample, self.asked.user, self.asked.lab)).data)

    def document(self, method: str) -> Document:
        return Document(
            "sample_statement", "The provenance statement of a sample", "lineage", StatementSerializer,
            parameters=(LAB,), errors=(400, 401, 403, 404),
        )  # fmt: skip
