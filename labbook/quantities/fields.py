"""Form fields for quantities, ranges and moments; what they clean is a value object or None."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from labbook.quantities.errors import QuantityError
from labbook.quantities.moments import parse_moment
from labbook.quantities.parse import parse_quantity, parse_range
from labbook.quantities.show import show
from labbook.quantities.units import shown_unit
from labbook.quantities.usual import is_likely_slip, usual_range_warning
from labbook.quantities.values import Moment, Quantity, QuantityRange


class TypedField(forms.CharField):
    """A one-line text that is parsed; a parse error is the field's message, and the text stays as typed."""

    def parsed(self, text: str) -> object:
        """Return the value object of a text that is not empty; raises QuantityError."""
        raise NotImplementedError

    def clean(self, value: Any) -> Any:
        """Return the value object, or None for an empty field."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.parsed(text)
        except QuantityError as error:
            raise forms.ValidationError(str(error), code="quantity") from error

    def prepare_value(self, value: Any) -> Any:
        """Show a stored quantity or range as it was written."""
        return value.as_written if isinstance(value, Quantity | QuantityRange) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was typed with what was shown."""
        return super().has_changed(self.prepare_value(initial), data)


class QuantityField(TypedField):
    """A value with an optional standard error, stored in `unit` and typed in `typed_in` unless written otherwise.

    `lowest` refuses; `usual_low` and `usual_high`, all in `unit`, only make `warning` and `is_slip` speak.
    """

    def __init__(
        self,
        *,
        unit: str,
        typed_in: str = "",
        lowest: Decimal | None = None,
        usual_low: Decimal | None = None,
        usual_high: Decimal | None = None,
        **kwargs: Any,
    ) -> None:
        self.unit, self.typed_in, self.lowest = unit, typed_in, lowest
        self.usual_low, self.usual_high = usual_low, usual_high
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("autocomplete", "off")

    @property
    def shown_unit(self) -> str:
        """The unit that is written beside the box and meant when none is typed."""
        return shown_unit(self.typed_in or self.unit)

    def parsed(self, text: str) -> Quantity:
        """Return the typed quantity in the stored unit."""
        quantity = parse_quantity(text, self.unit, typed_in=self.typed_in)
        if self.lowest is not None and quantity.value < self.lowest:
            raise QuantityError(f"That is below {show(self.lowest, self.unit)}.")
        return quantity

    def warning(self, quantity: Quantity | None) -> str:
        """Return what to say about a value outside the usual range, or an empty text."""
        return usual_range_warning(quantity.value, self.unit, self.usual_low, self.usual_high) if quantity else ""

    def is_slip(self, quantity: Quantity | None) -> bool:
        """Say whether the value is ten times off its usual range, so that the form asks once more."""
        return quantity is not None and is_likely_slip(quantity.value, self.usual_low, self.usual_high)


class RangeField(TypedField):
    """A planned value or range in `unit`."""

    def __init__(self, *, unit: str, typed_in: str = "", **kwargs: Any) -> None:
        self.unit, self.typed_in = unit, typed_in
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    @property
    def shown_unit(self) -> str:
        """The unit that is written beside the box and meant when none is typed."""
        return shown_unit(self.typed_in or self.unit)

    def parsed(self, text: str) -> QuantityRange:
        """Return the typed range in the stored unit."""
        return parse_range(text, self.unit, typed_in=self.typed_in)


class MomentField(TypedField):
    """A date, or a date and time, in the current time zone and not in the future."""

    def parsed(self, text: str) -> Moment:
        """Return the typed moment with its precision."""
        return parse_moment(text, zone=timezone.get_current_timezone(), now=timezone.now())

    def prepare_value(self, value: Any) -> Any:
        """Show a moment in the current time zone, in a form that parses back to it."""
        if not isinstance(value, Moment):
            return value
        local = timezone.localtime(value.at)
        if value.precision == "day":
            return local.strftime("%Y-%m-%d")
        return local.strftime("%Y-%m-%d %H:%M" if value.precision == "minute" else "%Y-%m-%d %H:%M:%S")
