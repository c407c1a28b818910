"""Units outside the table, such as torr, read by pint; its registry is built when first needed."""

import re
from decimal import Decimal, localcontext
from functools import cache
from typing import TYPE_CHECKING

from labbook.quantities.unit_table import UnitRow
from labbook.quantities.units import plain_spelling, unknown_unit, wrong_dimension

if TYPE_CHECKING:
    from pint import UnitRegistry

_RARE = re.compile(r"[A-Za-z][A-Za-z0-9/]{2,23}")


@cache
def _registry() -> "UnitRegistry[Decimal]":
    """Return the one registry; its parsed definitions are kept in the user's cache folder when that is writable."""
    from pint import UnitRegistry

    try:
        return UnitRegistry(non_int_type=Decimal, cache_folder=":auto:")
    except OSError:
        return UnitRegistry(non_int_type=Decimal)


# How pint writes the base unit of each dimension it may convert into.
_PINT_BASE_UNITS = {
    "volume": "microliter",
    "mass": "milligram",
    "amount": "millimole",
    "temperature": "kelvin",
    "time": "second",
    "length": "micrometer",
    "energy": "electron_volt",
    "pressure": "pascal",
    "rotation": "revolution / minute",
    "concentration": "millimole / liter",
    "mass concentration": "milligram / milliliter",
    "molar mass": "gram / mole",
    "power": "milliwatt",
    "power density": "milliwatt / centimeter ** 2",
    "fluence": "microjoule / centimeter ** 2",
    "frequency": "hertz",
    "wavenumber": "1 / centimeter",
    "angle": "degree",
}


def convert_rare(value: Decimal, typed_unit: str, target: UnitRow, *, is_difference: bool) -> Decimal:
    """Return the value in the target unit; raises UnknownUnit when pint does not know it, or WrongDimension."""
    base = _in_base_unit(value, typed_unit, target)
    if is_difference:
        return (base - _in_base_unit(Decimal(0), typed_unit, target)) / target.factor
    return (base - target.offset) / target.factor


def _in_base_unit(value: Decimal, typed_unit: str, target: UnitRow) -> Decimal:
    base_unit = _PINT_BASE_UNITS.get(target.dimension)
    typed = plain_spelling(typed_unit)
    # A letter or two is more often a slip than a unit rare enough to be missing from the table.
    if base_unit is None or not _RARE.fullmatch(typed):
        raise unknown_unit(typed_unit, target)
    registry = _registry()
    try:
        unit = registry.parse_units(typed)
    except Exception as error:
        raise unknown_unit(typed_unit, target) from error
    if unit.dimensionality != registry.parse_units(base_unit).dimensionality:
        raise wrong_dimension(typed_unit, "another kind of unit", target)
    with localcontext() as context:
        context.prec = 40
        base = Decimal(registry.Quantity(value, unit).to(base_unit).magnitude)
        context.prec = 15
        return +base
