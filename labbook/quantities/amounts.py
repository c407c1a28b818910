"""Amounts of the ledger: stored in mg, µl or pieces, shown in the unit a person would choose."""

from decimal import Decimal
from typing import Literal

from labbook.quantities.errors import QuantityError
from labbook.quantities.parse import parse_quantity
from labbook.quantities.show import show
from labbook.quantities.units import known_unit
from labbook.quantities.values import Quantity

StorageUnit = Literal["mg", "ul", "piece"]

STORAGE_UNITS: dict[str, StorageUnit] = {"mass": "mg", "volume": "ul", "count": "piece"}
_LARGER = {"mg": ("g", Decimal(10)), "ul": ("ml", Decimal(100))}


def storage_unit(unit: str) -> StorageUnit:
    """Return the unit in which an amount given in `unit` is stored: g → mg, ml → ul; raises QuantityError."""
    try:
        return STORAGE_UNITS[known_unit(unit).dimension]
    except (LookupError, KeyError) as error:
        raise QuantityError("An amount is a mass, a volume or a number of pieces.") from error


def parse_amount(
    text: str, unit: StorageUnit, *, typed_in: str = "", density_g_per_ml: Decimal | None = None
) -> Quantity:
    """Return a typed amount in the storage unit; raises QuantityError, also for an amount below zero.

    A mass is taken for a volume, or a volume for a mass, only with a density.
    """
    amount = parse_quantity(text, unit, typed_in=typed_in, density_g_per_ml=density_g_per_ml)
    if amount.value < 0:
        raise QuantityError("An amount cannot be below zero.")
    return amount


def to_storage_amount(text: str, unit: str) -> tuple[Decimal, StorageUnit]:
    """Return the value in mg, ul or piece of an amount that was typed, without a unit of its own, in `unit`."""
    stored = storage_unit(unit)
    return parse_amount(text, stored, typed_in=unit).value, stored


def display_unit(amount: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return an amount and the unit to show it in: µl below 0.1 ml, mg below 10 mg, else ml and g."""
    larger = _LARGER.get(unit)
    if larger is None or (abs(amount) < larger[1] and amount != 0):
        return amount, unit
    return amount.scaleb(-3), larger[0]


def show_amount(amount: Decimal, unit: str, stderr: Decimal | None = None) -> str:
    """Return "0.70 ml", "40 µl" or "0.2497 g"; less than 100 ml has at least two decimals, no digit is lost."""
    value, shown = display_unit(amount, unit)
    if stderr:
        return show(value, shown, stderr.scaleb(-3) if shown != unit else stderr)
    decimals = -int(value.normalize().as_tuple().exponent)
    least = 2 if shown == "ml" and 0 < abs(value) < 100 else 0
    return show(value, shown, decimals=max(decimals, least))
