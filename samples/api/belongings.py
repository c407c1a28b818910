"""What belongs to the whole lab or to one record: places, equipment, recipes, labels, moves, ledgers and histories."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from labbook.api.documents import Parameter
from labbook.api.people import initials
from labbook.api.resources import Names, Resource, by_id
from labbook.api.serializers import RevisionSerializer
from labbook.http import LabRequest
from labbook.models import Revision
from labbook.queries.history import history_of
from samples.api.process_serializers import (
    EquipmentSerializer,
    PlaceSerializer,
    RecipeSerializer,
    RecipeVersionSerializer,
)
from samples.api.resources import PROCESSES, SAMPLES, SYNTHESES
from samples.api.serializers import LabelSerializer, LedgerSerializer, MoveSerializer
from samples.models import Equipment, LabelRequest, LedgerEntry, Move, Place, Recipe, RecipeVersion, Sample


def place_rows(asked: LabRequest, _names: Names) -> QuerySet[Place]:
    return Place.objects.visible_to(asked.user).filter(lab=asked.lab)


def equipment_rows(asked: LabRequest, _names: Names) -> QuerySet[Equipment]:
    loads = Prefetch("held_by", queryset=Sample.objects.visible_to(asked.user).only("code"))
    return Equipment.objects.visible_to(asked.user).filter(lab=asked.lab).prefetch_related(loads)


def recipe_rows(asked: LabRequest, _names: Names) -> QuerySet[Recipe]:
    return Recipe.objects.visible_to(asked.user).filter(lab=asked.lab).prefetch_related("versions")


def recipe_named(rows: QuerySet[Recipe], key: str) -> Recipe | None:
    """Find a recipe by its short name, else by its id."""
    found: Recipe | None = rows.filter(slug=key).first() or by_id(rows, key)
    return found


def version_rows(asked: LabRequest, names: Names) -> QuerySet[RecipeVersion]:
    recipe = RECIPES.find(asked, names["key"]) if names else None
    versions = RecipeVersion.objects.filter(recipe__in=Recipe.objects.visible_to(asked.user).filter(lab=asked.lab))
    return (versions.filter(recipe=recipe) if recipe else versions).select_related("recipe")


def label_rows(asked: LabRequest, _names: Names) -> QuerySet[LabelRequest]:
    seen = Sample.objects.visible_to(asked.user).filter(lab=asked.lab)
    return LabelRequest.objects.filter(sample__in=seen).select_related("sample")


def waiting(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the labels that wait, unless all are asked for."""
    return rows if asked.GET.get("all") == "1" else rows.filter(printed_at=None)


def move_rows(asked: LabRequest, names: Names) -> QuerySet[Move]:
    sample = SAMPLES.find(asked, names["key"])
    return Move.objects.filter(sample=sample).select_related("sample", "place")


def ledger_rows(asked: LabRequest, names: Names) -> QuerySet[LedgerEntry]:
    sample = SAMPLES.find(asked, names["key"])
    return LedgerEntry.objects.filter(sample=sample).select_related("sample")


def history_rows(resource: Resource, record_type: str) -> Any:
    """Return how the history of a record of some resource is read, newest first."""

    def rows(asked: LabRequest, names: Names) -> QuerySet[Revision]:
        record = resource.find(asked, names["key"])
        return history_of(asked.lab, record_type, record.pk, seen_by=asked.user)

    return rows


def history(resource: Resource, record_type: str) -> Resource:
    """Return the list of the changes of one record."""
    return Resource(
        f"{record_type}_history", "revision", f"Every change of one {record_type}", history_rows(resource, record_type),
        RevisionSerializer, key="sequence", context=initials, is_versioned=False, tag="history",
    )  # fmt: skip


PLACES = Resource("places", "place", "Places that hold samples", place_rows, PlaceSerializer, lookup=by_id)
EQUIPMENT = Resource(
    "equipment", "piece", "Flasks, rotors, cuvettes and cells", equipment_rows, EquipmentSerializer, lookup=by_id
)
RECIPES = Resource("recipes", "recipe", "Recipes", recipe_rows, RecipeSerializer, lookup=recipe_named)
RECIPE_VERSIONS = Resource(
    "recipe_versions", "recipe version", "The versions of one recipe", version_rows, RecipeVersionSerializer,
    is_versioned=False, tag="recipes",
)  # fmt: skip
LABELS = Resource(
    "labels", "label", "Labels that wait to be printed", label_rows, LabelSerializer, narrow=waiting,
    parameters=(Parameter("all", "1 for those that were printed too."),), is_versioned=False, tag="samples",
)  # fmt: skip
MOVES = Resource("moves", "move", "Where one sample was", move_rows, MoveSerializer, is_versioned=False, tag="samples")
LEDGER = Resource(
    "ledger", "entry", "The ledger of one sample", ledger_rows, LedgerSerializer, is_versioned=False, tag="samples"
)
HISTORIES = tuple(
    (resource, history(resource, record_type))
    for resource, record_type in (
        (SAMPLES, "sample"), (SYNTHESES, "synthesis"), (PROCESSES, "process"), (PLACES, "place"),
        (EQUIPMENT, "equipment"), (RECIPES, "recipe"),
    )
)  # fmt: skip
