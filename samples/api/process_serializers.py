"""Output shapes of processes and syntheses; what lies in a project the person does not see keeps its amount only."""

from typing import Any

from rest_framework import serializers

from labbook.api.serializers import NumberField
from samples.models import Process, ProcessInput, Synthesis

Text = serializers.CharField
Whole = serializers.IntegerField
Moment = serializers.DateTimeField


class InputSerializer(serializers.Serializer[ProcessInput]):
    """What a process used: a sample, a gap that `description` names, or one that is restricted."""

    id = Whole()
    key = Text()
    sample = Text(source="sample.code", default=None, allow_null=True)
    description = serializers.SerializerMethodField()
    is_restricted = serializers.SerializerMethodField()
    is_solvent = serializers.BooleanField()
    unit = Text()
    planned_amount = NumberField()
    amount = NumberField()
    amount_stderr = NumberField()
    as_written = Text()
    reason = Text()
    used_at = Moment(allow_null=True)

    def get_is_restricted(self, line: ProcessInput) -> bool:
        """Return whether the sample lies in a project that the person does not see."""
        return line.sample_id is not None and line.sample is None

    def get_description(self, line: ProcessInput) -> str:
        """Return what it is, in words."""
        return "restricted" if self.get_is_restricted(line) else line.description


class ValueSerializer(serializers.Serializer[Any]):
    """A planned and an actual value."""

    key = Text()
    unit = Text()
    planned_low = NumberField()
    planned_high = NumberField()
    planned_as_written = Text()
    actual = NumberField()
    actual_stderr = NumberField()
    actual_as_written = Text()
    reason = Text()


class StepSerializer(serializers.Serializer[Any]):
    """One step, as the recipe asks for it and as it was done."""

    id = Whole()
    position = Whole()
    key = Text()
    title = Text()
    instruction = Text()
    vessel = Text()
    atmosphere = Text()
    ends_when = Text()
    look_before_planned = Text()
    look_before = Text()
    look_after_planned = Text()
    look_after = Text()
    status = Text()
    done_at = Moment(allow_null=True)
    note = Text()


class ProcessSerializer(serializers.Serializer[Process]):
    """One thing done, with what it used and made, its values and its steps."""

    id = Whole()
    kind = Text()
    status = Text()
    synthesis = Text(source="synthesis.code", default=None, allow_null=True)
    round_number = Whole(allow_null=True)
    recipe = Text(source="recipe.recipe.slug", default=None, allow_null=True)
    recipe_version = Whole(source="recipe.number", default=None, allow_null=True)
    treats = Text(source="treats.code", default=None, allow_null=True)
    started_at = Moment()
    started_at_precision = Text()
    ended_at = Moment(allow_null=True)
    operator = Text()
    equipment = serializers.SerializerMethodField()
    look = Text()
    phase_kept = Text()
    phase_discarded = Text()
    outcome = Text()
    purpose = Text()
    note = Text()
    project = Text(source="project.slug", default=None, allow_null=True)
    inputs = InputSerializer(many=True)
    outputs = serializers.SerializerMethodField()
    values = ValueSerializer(many=True)
    steps = StepSerializer(many=True)
    version = Whole()

    def get_equipment(self, process: Process) -> list[str]:
        """Return the names of the equipment."""
        return [one.title for one in process.equipment.all()]

    def get_outputs(self, process: Process) -> list[str]:
        """Return the codes of what it made."""
        return [one.code for one in process.outputs.all()]


class SynthesisSerializer(serializers.Serializer[Synthesis]):
    """A synthesis; its processes are at /processes?synthesis=CODE."""

    id = Whole()
    code = Text()
    tag = Text()
    title = Text()
    status = Text()
    recipe = Text(source="recipe.recipe.slug", default=None, allow_null=True)
    recipe_version = Whole(source="recipe.number", default=None, allow_null=True)
    copied_from = Text(source="copied_from.code", default=None, allow_null=True)
    operator = Text()
    planned_for = serializers.DateField(allow_null=True)
    started_at = Moment(allow_null=True)
    injected_at = Moment(allow_null=True)
    turned_red_at = Moment(allow_null=True)
    ice_bath_at = Moment(allow_null=True)
    finished_at = Moment(allow_null=True)
    injection_temperature_c = NumberField()
    growth_s = NumberField()
    fraction_count = Whole()
    notable_deviation_count = Whole()
    look = Text()
    note = Text()
    end_reason = Text()
    stop_reason = Text()
    project = Text(source="project.slug", default=None, allow_null=True)
    hot_injection = serializers.SerializerMethodField()
    version = Whole()

    def get_hot_injection(self, synthesis: Synthesis) -> int | None:
        """Return the id of its hot injection, a process."""
        return next((one.pk for one in synthesis.processes.all()), None)


class PlaceSerializer(serializers.Serializer[Any]):
    """Somewhere samples are kept."""

    id = Whole()
    title = Text()
    kind = Text()
    nominal_temperature_c = NumberField()
    is_retired = serializers.BooleanField()
    version = Whole()


class EquipmentSerializer(serializers.Serializer[Any]):
    """A flask, rotor, cuvette or cell, and the load that a cell holds."""

    id = Whole()
    title = Text()
    kind = Text()
    rotor_radius_mm = NumberField()
    tube_volume_ml = NumberField()
    flask_volume_ml = NumberField()
    path_length_mm = NumberField()
    culet_diameter_mm = NumberField()
    anvil_type = Text()
    note = Text()
    is_retired = serializers.BooleanField()
    is_held = serializers.SerializerMethodField()
    held_by = Text(source="held_by.code", default=None, allow_null=True)
    version = Whole()

    def get_is_held(self, piece: Any) -> bool:
        """Return whether it holds a load, also one that the person does not see."""
        return piece.held_by_id is not None


class RecipeSerializer(serializers.Serializer[Any]):
    """A recipe with the content of its newest version."""

    id = Whole()
    slug = Text()
    title = Text()
    kind = Text()
    is_retired = serializers.BooleanField()
    number = serializers.SerializerMethodField()
    content = serializers.SerializerMethodField()
    version = Whole()

    def get_number(self, recipe: Any) -> int:
        """Return the number of the newest version."""
        numbers: list[int] = [one.number for one in recipe.versions.all()]
        return max(numbers)

    def get_content(self, recipe: Any) -> dict[str, Any]:
        """Return the newest version's steps, inputs and values."""
        newest = max(recipe.versions.all(), key=lambda one: one.number)
        content: dict[str, Any] = newest.content
        return content


class RecipeVersionSerializer(serializers.Serializer[Any]):
    """One state of a recipe; records keep the version they were made from."""

    id = Whole()
    recipe = Text(source="recipe.slug")
    number = Whole()
    content = serializers.JSONField()
    created_at = Moment()
    reason = Text()
