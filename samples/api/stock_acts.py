"""Precursors, places, equipment, recipes, corrected parents and imports, through the API."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from labbook.api.acts import Act, Call, Edit, once
from labbook.api.asking import LAB, LabApiView
from labbook.api.documents import IDEMPOTENCY, Document, Parameter
from labbook.api.errors import form_error, json_answer
from labbook.api.form_schema import ANY_TEXT, RECOUNT
from labbook.errors import Refusal
from labbook.http import LabRequest
from labbook.services.editing import edit_record
from samples.api.belongings import EQUIPMENT, PLACES
from samples.api.resources import PRECURSORS, PROCESSES
from samples.forms.equipment import EquipmentForm
from samples.forms.imports import ImportForm
from samples.forms.parents import ParentForm
from samples.forms.places import PlaceForm
from samples.forms.precursors import PrecursorForm
from samples.forms.recipes import RecipeForm
from samples.importing.running import import_tables
from samples.importing.tables import Source
from samples.kinds import ProcessKind
from samples.models import Recipe
from samples.queries.recipes import latest_version
from samples.recipes.reading import read_content
from samples.services.equipment import add_equipment
from samples.services.parents import replace_input
from samples.services.places import add_place
from samples.services.recipes import change_recipe
from samples.views.actions import recount_of
from samples.views.precursors import box_of, prepare_from


def recipe_of(call: Call) -> Recipe:
    """Return the recipe that the body names; it prepares a precursor."""
    slug = str(call.body.get("recipe") or "")
    recipes = Recipe.objects.visible_to(call.asked.user).filter(lab=call.asked.lab, kind=ProcessKind.PREPARATION)
    recipe = recipes.filter(slug=slug).first()
    if recipe is None:
        known = ", ".join(recipes.order_by("slug").values_list("slug", flat=True))
        raise Refusal(f"Say after which recipe: {known}.", field="recipe")
    return recipe


def precursor_form(call: Call, data: Any) -> forms.BaseForm:
    """Return the form that the recipe asks for."""
    content = read_content(latest_version(recipe_of(call)).content)
    return PrecursorForm(data, content=content, lab=call.asked.lab, user=call.asked.user)


def do_prepare(call: Call) -> str:
    """Prepare a batch after a recipe."""
    try:
        call.made = prepare_from(call.journal, call.form, latest_version(recipe_of(call)), call.initials)
    except Refusal as refusal:
        raise Refusal(refusal.message, field=box_of(refusal.field or ""), offer=refusal.offer) from refusal
    return f"{call.made.code} is saved; its label waits."


def do_place(call: Call) -> str:
    """Add a place."""
    call.made = add_place(lab=call.asked.lab, by=call.asked.user, **call.form.changes())
    return f"{call.made.title} is there."


def do_equipment(call: Call) -> str:
    """Add a piece of equipment."""
    call.made = add_equipment(lab=call.asked.lab, by=call.asked.user, facts=call.form.changes())
    return f"{call.made.title} is there."


def save_kept(asked: LabRequest, record: Any, form: Any, token: str) -> None:
    """Change a place or a piece of equipment."""
    edit_record(record=record, changes=form.changes(), token=token, by=asked.user, every_field_is_meant=True)


def recipe_form(_asked: LabRequest, recipe: Recipe, data: Any) -> forms.BaseForm:
    """Return the form of a recipe's next version."""
    return RecipeForm(data, content=read_content(latest_version(recipe).content))


def save_recipe(asked: LabRequest, recipe: Recipe, form: Any, token: str) -> None:
    """Write a new version; records keep theirs."""
    data = form.cleaned_data
    change_recipe(recipe=recipe, content=data["content"], token=token, by=asked.user, reason=data["reason"])


def do_replace(call: Call) -> str:
    """Let a process have used another sample than recorded."""
    line = call.record.inputs.filter(pk=number(call.body.get("input"))).select_related("sample", "process__lab").first()
    if line is None:
        raise Refusal("This process has no such input.", field="input")
    chosen = call.data["sample"]
    replace_input(
        call.journal, line=line, new_sample=chosen, reason=call.data["reason"], by=call.initials,
        recount=recount_of(call.asked, chosen),
    )  # fmt: skip
    return f"{chosen.code} was used."


def number(value: object) -> int:
    """Return an id of a body, or 0 for anything else."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


class ProblemSerializer(serializers.Serializer[Any]):
    """One line of a table that something is said of."""

    file = serializers.CharField()
    row = serializers.IntegerField(allow_null=True)
    column = serializers.CharField(allow_null=True)
    message = serializers.CharField()


class ReportSerializer(serializers.Serializer[Any]):
    """What an import created, left unchanged and cannot take yet, and everything that is wrong."""

    dry_run = serializers.BooleanField()
    created = serializers.DictField(child=serializers.IntegerField())
    unchanged = serializers.DictField(child=serializers.IntegerField())
    not_yet = ProblemSerializer(many=True)
    warnings = ProblemSerializer(many=True)
    errors = ProblemSerializer(many=True)  # type: ignore[assignment]


DRY_RUN = Parameter("dry_run", "1 to check only; nothing is written.")


class ImportView(LabApiView):
    """Imports tables, all or nothing; the answer is the report of the command line."""

    reads = writes = "manage"
    parameters = (DRY_RUN,)

    def post(self, request: Request) -> HttpResponse:
        """Check the tables whole, then write them."""
        asked = self.asked
        form = ImportForm(asked.POST, asked.FILES)

        def write() -> HttpResponse:
            if not form.is_valid():
                raise form_error(form)
            sources = [Source(file.name or "table", file.read()) for file in form.cleaned_data["tables"]]
            is_dry = asked.GET.get("dry_run") == "1"
            with transaction.atomic():
                report = import_tables(lab=asked.lab, by=asked.user, sources=sources, dry_run=is_dry)
            return json_answer(report.plain(), status=422 if report.errors else 200)

        return once(asked, write)

    def document(self, method: str) -> Document:
        files = {"type": "array", "items": {"type": "string", "format": "binary"}}
        return Document(
            "import", "Import tables of records", "import", ReportSerializer, parameters=(DRY_RUN, LAB),
            headers=(IDEMPOTENCY,), body={"type": "object", "properties": {"tables": files}, "required": ["tables"]},
            body_type="multipart/form-data", errors=(400, 401, 403),
            description="Lines with errors are answered 422 with the same report, and nothing is written.",
        )  # fmt: skip


def without_recipe(call: Call) -> Mapping[str, Any]:
    """Return the body; an unknown recipe is refused before its fields are looked at."""
    recipe_of(call)
    return call.body


PREPARE = Act(
    "precursor_prepare", "Prepare a precursor after a recipe", do_prepare, PrecursorForm, resource=PRECURSORS,
    make=precursor_form, prepare=without_recipe, extras={
        "recipe": {**ANY_TEXT, "description": "The recipe's short name."},
        "as_planned": {"type": "boolean", "description": "What is left out was done as the recipe says."},
        "recount": RECOUNT,
    },
    more_fields={"(input)__bottle": ANY_TEXT, "(input)__amount": ANY_TEXT, "(step)__before": ANY_TEXT,
                 "(step)__after": ANY_TEXT, "(value)": ANY_TEXT, "volume": ANY_TEXT},
)  # fmt: skip
ADD_PLACE = Act(
    "place_add", "Add a place", do_place, PlaceForm, resource=PLACES, least="manage",
    make=lambda call, data: PlaceForm(data, lab=call.asked.lab),
)  # fmt: skip
ADD_EQUIPMENT = Act(
    "equipment_add", "Add equipment", do_equipment, EquipmentForm, resource=EQUIPMENT, least="manage",
    make=lambda call, data: EquipmentForm(data, lab=call.asked.lab),
)  # fmt: skip
REPLACE_INPUT = Act(
    "input_replace", "Another sample was used than recorded", do_replace, ParentForm, resource=PROCESSES,
    make=lambda call, data: ParentForm(data, user=call.asked.user, lab=call.asked.lab),
    extras={"input": {"type": "integer", "description": "The id of the input."}, "recount": RECOUNT},
    more_fields={"sample": ANY_TEXT},
)  # fmt: skip
EDIT_PLACE = Edit(PlaceForm, lambda asked, place, data: PlaceForm(data, lab=asked.lab, record=place), save_kept)
EDIT_EQUIPMENT = Edit(
    EquipmentForm, lambda asked, piece, data: EquipmentForm(data, lab=asked.lab, record=piece), save_kept
)
EDIT_RECIPE = Edit(RecipeForm, recipe_form, save_recipe)
