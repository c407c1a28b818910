"""Binds a JSON body to a form of the pages: the fields that were sent, in the form's own words."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from labbook.api.errors import ApiError, field_error, form_error
from labbook.quantities.fields import QuantityField, RangeField

Data = MultiValueDict[str, Any]
JSON = "application/json"
FORMS = {"multipart/form-data", "application/x-www-form-urlencoded"}
BARE_NUMBER = re.compile(r"[\s\d.,±()+\-−…]*\d[\s\d.,±()+\-−…]*")
# By what a record may be named in a body besides its id.
NAMES = ("code", "tag", "slug", "title", "initials")


def body_of(request: HttpRequest) -> dict[str, Any]:
    """Return the fields of a body: a JSON object, or a form; an empty body is an object without fields."""
    if request.content_type in FORMS:
        return {name: one if len(one) > 1 else one[0] for name, one in request.POST.lists()}
    if not request.body.strip():
        return {}
    if request.content_type != JSON:
        raise ApiError(415, "Send a JSON object.")
    try:
        body = json.loads(request.body, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, "The body is no JSON.") from error
    if not isinstance(body, dict):
        raise ApiError(400, "Send a JSON object.")
    return body


def _no_number(text: str) -> None:
    raise ValueError(text)


def bound(
    make: Callable[[Data], forms.BaseForm],
    body: Mapping[str, Any],
    *,
    extras: Collection[str] = (),
    amounts: Collection[str] = (),
    only_sent: bool = False,
) -> forms.BaseForm:
    """Return the valid form of a body.

    `extras` may stand in the body without being fields; `amounts` are texts that need a unit. With
    `only_sent` the form has only the fields that were sent. Raises ApiError with the form's messages.
    """
    data: Data = MultiValueDict()
    sent = dict(flat({name: value for name, value in body.items() if name not in extras}))
    for name, value in {**sent, **{name: body[name] for name in extras if is_plain(body.get(name))}}.items():
        data.setlist(name, texts_of(value))
    form = make(data)
    check_known(sent, {*form.fields, *extras})
    form.data = data
    if only_sent:
        for name in [name for name in form.fields if name not in sent]:
            del form.fields[name]
    for name in sent:
        if name in form.fields:
            data.setlist(name, [named(form.fields[name], one) for one in data.getlist(name)])
    unitless = [name for name in sent if lacks_unit(form, name, data.get(name), amounts)]
    for name in unitless:
        form.add_error(name, "Say the unit too, such as “0.7 ml” or “25 mg”.")
    if not form.is_valid():
        raise form_error(form)
    return form


def flat(body: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the fields of a body, those of a nested object after a dot; a quantity is one field."""
    for name, value in body.items():
        if isinstance(value, dict) and not is_quantity(value):
            yield from flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def is_plain(value: Any) -> bool:
    """Say whether a value is a text, a number, a yes or no, or a list of these."""
    parts = value if isinstance(value, list) else [value]
    return value is not None and not any(isinstance(one, dict | list) for one in parts)


def is_quantity(value: Mapping[str, Any]) -> bool:
    """Say whether an object is a number with its unit."""
    return "value" in value and value.keys() <= {"value", "unit", "stderr"}


def texts_of(value: Any) -> list[Any]:
    """Return a JSON value as a form would have sent it."""
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one)]
    if isinstance(value, dict):
        if not is_quantity(value):
            raise ApiError(400, "Send a text, a number, or an object with value and unit.")
        stderr = f" ± {text_of(value['stderr'])}" if value.get("stderr") is not None else ""
        return [f"{text_of(value['value'])}{stderr} {value.get('unit') or ''}".strip()]
    return [text_of(value)]


def text_of(value: Any) -> str:
    """Return a plain JSON value as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else str(value)


def check_known(sent: Collection[str], known: Collection[str]) -> None:
    """Refuse fields that do not exist, each by its name."""
    unknown = [name for name in sent if name not in known]
    if unknown:
        errors = [field_error(name[:80], f"There is no field “{name[:80]}” here.") for name in unknown]
        raise ApiError(400, f"There are fields that do not exist here. There are: {', '.join(sorted(known))}.", errors)


def named(field: forms.Field, text: str) -> str:
    """Return the id of a record that is named by its code, tag, slug or title, and the value of a label."""
    if not text or text.isdigit():
        return text
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return value_of_label(field, text)
    if not isinstance(field, forms.ModelChoiceField) or field.queryset is None:
        return text
    columns = {one.name for one in field.queryset.model._meta.get_fields()}
    for name in NAMES:
        if name in columns:
            found = field.queryset.filter(**{f"{name}__iexact": text}).first()
            if found is not None:
                return str(found.pk)
    return text


def value_of_label(field: forms.ChoiceField, text: str) -> str:
    """Return the value of a choice that is named by its label; anything else as it is."""
    choices: Any = field.choices
    labels = {str(label).casefold(): str(value) for value, label in choices}
    values = {str(value) for value, _ in choices}
    return text if text in values else labels.get(text.casefold(), text)


def lacks_unit(form: forms.BaseForm, name: str, text: Any, amounts: Collection[str]) -> bool:
    """Say whether a bare number was sent where the page's box would have meant another unit than the stored one."""
    one = form.fields.get(name)
    if not text or not BARE_NUMBER.fullmatch(str(text)):
        return False
    if isinstance(one, QuantityField | RangeField):
        return bool(one.typed_in) and one.typed_in != one.unit and not name.endswith(f"_{one.typed_in}")
    return name in amounts
