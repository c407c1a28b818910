"""The field of conditions that have no column: one a line, by the names of the table of condition keys."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from labbook.quantities import QuantityError, parse_quantity
from measurements.condition_keys import CONDITION_KEYS, ConditionKey
from measurements.queries.measurements_conditions import plain

MOST_LINES = 40
BY_NAME = {name: row for row in CONDITION_KEYS.values() for name in (row.key, row.label.lower())}
EXAMPLE = "Window: 50 ns"


class ConditionsField(forms.CharField):
    """Conditions such as “Window: 50 ns”, cleaned to texts by key, numbers in the key's unit."""

    def __init__(self, **kwargs: Any) -> None:
        # The conditions that the record has already.
        self.kept: Mapping[str, Any] = {}
        super().__init__(max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)

    def clean(self, value: Any) -> dict[str, str]:
        """Return the conditions by key; a line without a known name or with a wrong unit is refused."""
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"That is more than {MOST_LINES} lines.")
        return dict(self.kept_line(line) or condition_in(line) for line in lines)

    def kept_line(self, line: str) -> tuple[str, str] | None:
        """Return a stored condition of another name as it is, so that saving a form never loses it."""
        key, _, text = line.partition(": ")
        return (key, text[:120]) if key in self.kept and key not in CONDITION_KEYS else None

    def prepare_value(self, value: Any) -> Any:
        """Show stored conditions as a person would type them."""
        return lines_of(value) if isinstance(value, Mapping) else value


def condition_in(line: str) -> tuple[str, str]:
    """Return the key and the stored text of one line; raises ValidationError with a sentence."""
    name, colon, text = line.replace("=", ":", 1).partition(":")
    row = BY_NAME.get(" ".join(name.lower().split()))
    if not colon or not text.strip():
        raise forms.ValidationError(f"Write each condition as a name, a colon and its value: {EXAMPLE}.")
    if row is None:
        known = ", ".join(sorted({one.label for one in BY_NAME.values()}))
        raise forms.ValidationError(f"No condition is called “{name.strip()[:40]}”. There are: {known}.")
    return row.key, text.strip()[:120] if row.is_text else number_in(text.strip(), row)


def number_in(text: str, row: ConditionKey) -> str:
    """Return a number in the unit of its key; one whose unit has no other spelling is taken as it is."""
    try:
        return f"{plain(parse_quantity(text, row.unit).value):f}"
    except QuantityError as error:
        raise forms.ValidationError(f"{row.label}: {error}") from error
    except LookupError:
        return bare_number(text, row)


def bare_number(text: str, row: ConditionKey) -> str:
    """Return a number in a unit that quantities do not convert."""
    try:
        return f"{plain(Decimal(text.removesuffix(row.unit).strip().replace(',', '.'))):f}"
    except InvalidOperation as error:
        raise forms.ValidationError(f"{row.label}: write a number in {row.unit}.") from error


def lines_of(conditions: Mapping[str, Any]) -> str:
    """Return stored conditions as a person would type them."""
    rows = ((CONDITION_KEYS.get(key), key, value) for key, value in conditions.items())
    return "\n".join(
        f"{row.label}: {value} {row.unit}".rstrip() if row else f"{key}: {value}" for row, key, value in rows
    )
