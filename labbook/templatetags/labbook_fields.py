"""How forms look everywhere: field, error summary, and the two hidden fields that keep writes safe."""

import uuid
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

from django import forms, template
from django.forms import BaseForm, BaseFormSet, BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from labbook.journal import Recorded
from labbook.quantities.units import shown_unit

register = template.Library()

AnyFormSet: TypeAlias = "BaseFormSet[BaseForm]"


@register.simple_tag
def form_safety() -> SafeString:
    """Return the hidden key by which a second tap on Save is told from a second record."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid.uuid4())


@register.simple_tag
def version_token(record: Recorded | str | None) -> SafeString:
    """Return the hidden, signed version of the record that a form was opened on; nothing for a new record."""
    # A page for a new record may leave the variable out; the template engine then hands on an empty text.
    if not record or isinstance(record, str) or record.pk is None:
        return SafeString("")
    from labbook.services.editing import version_token as token_of

    return format_html('<input type="hidden" name="version" value="{}">', token_of(record))


@register.inclusion_tag("labbook/components/field.html")
def field(  # one keyword for each thing that may stand around an input
    bound: BoundField,
    *,
    label: str = "",
    hint: str | None = None,
    unit: str = "",
    origin: str = "",
    optional: bool | None = None,
    bare: bool = False,
) -> dict[str, Any]:
    """Draw one field: label, input with its unit, hint, echo, warning, error; `bare` hides the label from sight.

    A quantity's field knows its unit and warns by itself; `form.warnings[name]` and `form.echoes[name]` say more.
    """
    marked = optional if optional is not None else not bound.field.required
    parts = {
        "hint": bound.help_text if hint is None else hint,
        "unit": shown_unit(unit) if unit else getattr(bound.field, "shown_unit", ""),
        "origin": origin,
        "echo": getattr(bound.form, "echoes", {}).get(bound.name, ""),
        "warning": getattr(bound.form, "warnings", {}).get(bound.name, "") or warning_of(bound),
        "error": " ".join(str(error) for error in bound.errors),
    }
    shape = shape_of(bound)
    described = " ".join(f"{bound.auto_id}_{part}" for part, text in parts.items() if text)
    attrs: dict[str, str | bool] = {"aria-describedby": described} if described and shape != "group" else {}
    return {
        "field": bound,
        "input": bound.as_widget(attrs=attrs),
        "label": label or bound.label,
        "is_optional": marked and shape != "tick" and not bare,
        "shape": shape,
        "bare": bare,
        "described": described,
        **parts,
    }


def warning_of(bound: BoundField) -> str:
    """Return what a field says about an accepted value that is unusual, or nothing."""
    accepted = getattr(bound.form, "cleaned_data", {}).get(bound.name)
    return bound.field.warning(accepted) if accepted is not None and hasattr(bound.field, "warning") else ""


def shape_of(bound: BoundField) -> str:
    """Say how a field is laid out: "tick" (one box), "group" (several inputs under a legend) or "line"."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.SelectDateWidget):
        return "group"
    return "line"


@register.inclusion_tag("labbook/components/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Draw every field of a form, one below the other."""
    return {"form": form}


@dataclass(frozen=True)
class Problem:
    """One error and the input it is about."""

    message: str
    target: str
    label: str


@register.inclusion_tag("labbook/components/error_summary.html")
def error_summary(*forms_or_sets: "BaseForm | AnyFormSet") -> dict[str, Any]:
    """Draw what is wrong in forms or formsets, each line a link to its input; nothing when all is well."""
    problems = [problem for one in forms_or_sets if one for problem in problems_of(one)]
    return {"problems": problems}


def problems_of(one: "BaseForm | AnyFormSet") -> list[Problem]:
    """Return the errors of a form or formset in the order of its fields."""
    if isinstance(one, BaseFormSet):
        if not one.is_bound:
            return []
        own = [Problem(str(message), "", "") for message in one.non_form_errors()]
        return own + list(chain.from_iterable(problems_of(form) for form in one.forms))
    if not one.is_bound:
        return []
    own = [Problem(str(message), "", "") for message in one.non_field_errors()]
    of_fields = [
        Problem(str(message), "" if bound.is_hidden else target_of(bound), str(bound.label))
        for bound in one
        for message in bound.errors
    ]
    return own + of_fields


def target_of(bound: BoundField) -> str:
    """Return the id a link should jump to; a group is reached at its first input."""
    return f"{bound.auto_id}_0" if shape_of(bound) == "group" else bound.auto_id
