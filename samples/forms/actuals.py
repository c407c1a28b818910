"""Actual values and amounts of one process, edited in place."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from labbook.quantities import Quantity, show_number
from labbook.quantities.fields import QuantityField
from samples.forms.amounts import TYPED_IN
from samples.kinds import Unit
from samples.models import Process, ProcessInput, ProcessValue, Sample
from samples.services.actuals import INPUT, MADE
from samples.value_keys import VALUE_KEYS


class ActualsForm(forms.Form):
    """One field per value and per amount of a process, with `made` for what it made too.

    Growth time is computed and has none.
    """

    def __init__(self, *args: Any, process: Process, made: Iterable[Sample] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.process = process
        # What the history calls a field → the form's field.
        self._names: dict[str, str] = {}
        for value in process.values.all():
            if value.key != "growth_s" or value.actual_as_written:
                self._add_value(value)
        for line in process.inputs.select_related("sample"):
            if line.used_at is not None or line.planned_amount is not None:
                self._add_input(line)
        for sample in made:
            self._add_amount(f"m-{sample.pk}", f"{MADE}{sample.pk}", sample.code, sample.unit, sample.made_amount)

    def _add_value(self, value: ProcessValue) -> None:
        row = VALUE_KEYS[value.key]
        name = f"v-{value.key}"
        self.fields[name] = QuantityField(
            unit=row.unit, label=row.label, required=False, max_length=40,
            usual_low=row.usual_low, usual_high=row.usual_high,
        )  # fmt: skip
        if value.actual is not None:
            self.initial[name] = show_number(value.actual, None if value.actual % 1 else 0)
        self._names[value.key] = name

    def _add_input(self, line: ProcessInput) -> None:
        label = line.sample.code if line.sample else line.description
        self._add_amount(f"i-{line.pk}", f"{INPUT}{line.pk}", label, line.unit, line.amount)

    def _add_amount(self, name: str, told: str, label: str, unit: str, amount: Decimal | None) -> None:
        typed_in = TYPED_IN[Unit(unit)]
        self.fields[name] = QuantityField(
            unit=unit, typed_in=typed_in, label=label, required=False, max_length=40, lowest=Decimal(0)
        )
        if amount is not None:
            self.initial[name] = show_number(amount if unit == Unit.PIECE else amount.scaleb(-3))
        self._names[told] = name

    def names(self) -> dict[str, str]:
        """Return what the history calls each field, and the field's own name."""
        return self._names

    def wanted(self) -> dict[str, Quantity | None]:
        """Return what the person wants, under the names of the history."""
        return {told: self.cleaned_data.get(name) for told, name in self._names.items()}

    def box_of(self, told: str) -> BoundField | None:
        """Return the field of what the history calls by this name, or nothing where it is not asked for."""
        name = self._names.get(told)
        return self[name] if name else None
