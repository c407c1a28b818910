"""Quantities as people type and read them: value, standard error, unit and the text as written.

Everything here is free of Django; the form fields are in labbook.quantities.fields.
"""

from labbook.quantities.amounts import (
    StorageUnit,
    display_unit,
    parse_amount,
    show_amount,
    storage_unit,
    to_storage_amount,
)
from labbook.quantities.errors import MomentError, QuantityError, UnknownUnit, WrongDimension
from labbook.quantities.moments import parse_moment, show_moment
from labbook.quantities.parse import parse_quantity, parse_range
from labbook.quantities.show import show, show_difference, show_number, show_range
from labbook.quantities.units import convert, shown_unit
from labbook.quantities.usual import is_likely_slip, usual_range_warning
from labbook.quantities.values import Moment, Quantity, QuantityRange

__all__ = [
    "Moment",
    "MomentError",
    "Quantity",
    "QuantityError",
    "QuantityRange",
    "StorageUnit",
    "UnknownUnit",
    "WrongDimension",
    "convert",
    "display_unit",
    "is_likely_slip",
    "parse_amount",
    "parse_moment",
    "parse_quantity",
    "parse_range",
    "show",
    "show_amount",
    "show_difference",
    "show_moment",
    "show_number",
    "show_range",
    "shown_unit",
    "storage_unit",
    "to_storage_amount",
    "usual_range_warning",
]
