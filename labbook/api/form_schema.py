"""The JSON schema of a form's fields, and of the answer to a write."""

from collections.abc import Collection
from functools import cache
from typing import Any

from django import forms
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.serializers import Serializer

from labbook.api.resources import component_of
from labbook.quantities.fields import MomentField, QuantityField, RangeField

ANY_TEXT: dict[str, Any] = {"type": "string"}
RECOUNT: dict[str, Any] = {
    "type": "string", "description": "What is really there, as the refusal's `offer.recount` proposed it.",
}  # fmt: skip


def body_schema(
    form: type[forms.BaseForm],
    *,
    extras: dict[str, dict[str, Any]] | None = None,
    optional: Collection[str] = (),
    is_partial: bool = False,
) -> dict[str, Any]:
    """Return the schema of a body that is bound to a form; an act without fields takes an empty object."""
    fields: dict[str, forms.Field] = getattr(form, "base_fields", {})
    required = [name for name, one in fields.items() if one.required and name not in optional and not is_partial]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {**{name: field_schema(one) for name, one in fields.items()}, **(extras or {})},
        "additionalProperties": False,
    }
    return {**schema, "required": required} if required else schema


def field_schema(field: forms.Field) -> dict[str, Any]:
    """Return the schema of one field."""
    words = ". ".join(part for part in (str(field.label or ""), str(field.help_text).rstrip(".")) if part)
    schema = {**shape_of(field), "description": words} if words else shape_of(field)
    length = getattr(field, "max_length", None)
    return {**schema, "maxLength": length} if length and schema.get("type") == "string" else schema


# The first type that a field is one of says its shape.
SHAPES: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (MomentField, {"type": "string", "example": "2026-02-16 14:05"}),
    (forms.MultipleChoiceField, {"type": "array", "items": ANY_TEXT}),
    (forms.ModelMultipleChoiceField, {"type": "array", "items": ANY_TEXT}),
    (forms.ModelChoiceField, {"type": "string", "example": "an id, or a code or title"}),
    (forms.IntegerField, {"type": "integer"}),
    (forms.BooleanField, {"type": "boolean"}),
    (forms.DateField, {"type": "string", "format": "date"}),
)


def shape_of(field: forms.Field) -> dict[str, Any]:
    """Return the type of one field."""
    if isinstance(field, QuantityField | RangeField):
        return {"type": "string", "example": f"1 {field.shown_unit}".strip()}
    shape = next((shape for kind, shape in SHAPES if isinstance(field, kind)), None)
    if shape is not None:
        return dict(shape)
    values = [value for value in flat_values(field) if value] if isinstance(field, forms.ChoiceField) else []
    return {"type": "string", "enum": values} if values else dict(ANY_TEXT)


def flat_values(field: forms.ChoiceField) -> list[str]:
    """Return the values of a choice, as texts."""
    choices: Any = field.choices
    return [str(value) for value, _ in choices]


@cache
def answer_shape(serializer: type[Serializer[Any]] | None) -> Serializer[Any]:
    """Return the shape of the answer to a write: what was done, what was made, and the record as it is now."""
    fields: dict[str, Any] = {
        "said": serializers.CharField(help_text="What was done, in one sentence."),
        "made": serializers.ListField(child=serializers.CharField(), help_text="Codes of what was made."),
        "record": serializer(allow_null=True, context={}) if serializer else serializers.JSONField(allow_null=True),
    }
    return inline_serializer(f"{component_of(serializer)}Written" if serializer else "Written", fields)
