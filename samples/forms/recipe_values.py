"""Boxes for the values a recipe plans, what their plan means as a number, and what a dilution means."""

import re
from decimal import Decimal

from labbook.quantities import Quantity, parse_range
from labbook.quantities.fields import QuantityField
from samples.recipes.contents import PlannedValue
from samples.value_keys import VALUE_KEYS


def value_field(value: PlannedValue) -> QuantityField:
    """Return the box of one value, with its plan as a hint."""
    row = VALUE_KEYS[value.key]
    planned = f"Planned: {value.planned}" if value.planned else ""
    stated = f"The source says: {value.stated}" if value.stated else "Not stated by the recipe"
    return QuantityField(
        unit=row.unit, label=row.label, required=False, max_length=60, lowest=Decimal(0),
        usual_low=row.usual_low, usual_high=row.usual_high, help_text=planned or stated,
    )  # fmt: skip


def planned_quantity(value: PlannedValue) -> Quantity | None:
    """Return the one number a value is planned at; a range has no single value that "as planned" could mean."""
    if not value.planned:
        return None
    planned = parse_range(value.planned, VALUE_KEYS[value.key].unit)
    return Quantity(planned.low, None, planned.unit, "as planned") if planned.is_single else None


def dilution_ratio(text: str, convention: str) -> Decimal | None:
    """Return how many times thinner it becomes: 1+9 is 10; 1:10 is 11 by parts, 10 altogether, else not known."""
    match = re.fullmatch(r"\s*(\d{1,6}(?:[.,]\d{1,6})?)\s*([:+])\s*(\d{1,6}(?:[.,]\d{1,6})?)\s*", text)
    if not match:
        return None
    one, other = (Decimal(part.replace(",", ".")) for part in (match[1], match[3]))
    counts = "parts" if match[2] == "+" else convention
    if not one or counts not in ("parts", "total"):
        return None
    return ((one + other) / one if counts == "parts" else other / one).quantize(Decimal("0.0001"))
