"""The form of a precursor batch: made from a recipe's steps, every actual beside its plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from labbook.models import Lab, User
from labbook.quantities import (
    Quantity,
    QuantityError,
    StorageUnit,
    WrongDimension,
    parse_amount,
    parse_range,
    storage_unit,
)
from labbook.quantities.fields import QuantityField
from samples.forms.amounts import NowField, amount_field
from samples.kinds import Unit
from samples.models import Sample
from samples.queries.stock import usable_bottles
from samples.recipes.contents import PlannedInput, PlannedStep, PlannedValue, RecipeContent, SourceNote
from samples.services.precursors import InputLine, StepLine, ValueLine
from samples.value_keys import VALUE_KEYS

GAP = ""
TYPED: dict[StorageUnit, str] = {"mg": "g", "ul": "ml", "piece": "piece"}


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a step: what it is, its plan, and the boxes to fill."""

    label: str
    planned: str
    box: BoundField
    bottle: BoundField | None = None

    @property
    def hint(self) -> str:
        """Return the plan in words."""
        return f"Planned: {self.planned}" if self.planned else "Not stated by the recipe"


@dataclass(frozen=True, slots=True)
class FormStep:
    """A step with its rows, looks and source notes."""

    step: PlannedStep
    rows: tuple[FormRow, ...]
    look_before: BoundField
    look_after: BoundField
    notes: tuple[SourceNote, ...]


class PrecursorForm(forms.Form):
    """A batch from bottles; with `as_planned` every box left empty takes its plan."""

    code = forms.CharField(label="Code", max_length=60, required=False, help_text="Empty: the next free one.")
    at = NowField(label="Made")
    note = forms.CharField(label="Note", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, content: RecipeContent, lab: Lab, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = content
        shorts = [one.chemical for one in content.inputs]
        self.bottles = usable_bottles(lab, seen_by=user, shorts=shorts)
        for given in content.inputs:
            self._add_input(given)
        for value in content.values:
            self._add_value(value)
        for step in content.steps:
            for name, planned in ((f"{step.key}__before", step.look_before), (f"{step.key}__after", step.look_after)):
                self.fields[name] = forms.CharField(
                    label="Look before" if name.endswith("before") else "Look after", max_length=120, required=False,
                    widget=forms.TextInput(attrs={"placeholder": planned or "not stated"}),
                )  # fmt: skip
        self.fields["volume"] = amount_field(Unit.UL, label="Volume made")
        self.fields["volume"].widget.attrs["placeholder"] = content.nominal_amount.removesuffix(" ml")
        if content.nominal_amount:
            self.fields["volume"].help_text = f"Nominal: {content.nominal_amount}"

    def _add_input(self, given: PlannedInput) -> None:
        bottles = self.bottles[given.chemical]
        choices = [(bottle.code, f"{bottle.code} · lot {bottle.bottle.lot or 'not recorded'}") for bottle in bottles]
        self.fields[f"{given.key}__bottle"] = forms.ChoiceField(
            label=f"Bottle of {given.label}", choices=[*choices, (GAP, "lot not recorded")], required=False,
            initial=bottles[0].code if bottles else GAP,
        )  # fmt: skip
        self.fields[f"{given.key}__amount"] = forms.CharField(
            label=f"{given.label}, used", max_length=60, required=False,
            widget=forms.TextInput(attrs={"placeholder": given.amount, "inputmode": "decimal", "autocomplete": "off"}),
        )  # fmt: skip

    def _add_value(self, value: PlannedValue) -> None:
        row = VALUE_KEYS[value.key]
        field = QuantityField(
            unit=row.unit, label=row.label, required=False, max_length=60,
            usual_low=row.usual_low, usual_high=row.usual_high,
        )  # fmt: skip
        field.widget.attrs["placeholder"] = value.planned.rsplit(" ", 1)[0] or value.stated or "not stated"
        self.fields[value.key] = field

    @property
    def is_as_planned(self) -> bool:
        """Say whether the person pressed "as planned"."""
        return bool(self.data.get("as_planned") and not self.data.get("as_typed"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for given in self.content.inputs:
            try:
                cleaned[f"{given.key}__line"] = self._line(given, cleaned)
            except QuantityError as error:
                self.add_error(f"{given.key}__amount", str(error))
        return cleaned

    def _line(self, given: PlannedInput, cleaned: dict[str, Any]) -> InputLine:
        """Return an input as it was used; a mass of a liquid, or a volume of a solid, needs the bottle's density."""
        code = cleaned.get(f"{given.key}__bottle", GAP)
        bottle = next((one for one in self.bottles[given.chemical] if one.code == code), None)
        planned_unit = storage_unit(given.amount.rsplit(" ", 1)[-1])
        unit: StorageUnit = storage_unit(bottle.unit) if bottle else planned_unit
        text = cleaned.get(f"{given.key}__amount", "")
        if not text and self.is_as_planned:
            text = given.amount
        actual = self._amount(text, unit, planned_unit, bottle) if text else None
        try:
            planned = self._amount(given.amount, unit, planned_unit, bottle)
        except WrongDimension:
            # The bottle is weighed and the plan is a volume, or the reverse, and no density is known.
            planned = None
        return InputLine(
            key=given.key,
            unit=Unit(unit),
            sample=bottle,
            amount=actual.value if actual else None,
            as_written=text,
            stderr=actual.stderr if actual else None,
            planned_amount=planned.value if planned else None,
            planned_as_written=given.amount,
            description=given.label if bottle else f"{given.label}, lot not recorded",
            is_solvent=given.is_solvent,
            recount=self._recount(bottle, unit),
        )

    def _amount(self, text: str, unit: StorageUnit, planned_unit: StorageUnit, bottle: Sample | None) -> Quantity:
        density = bottle.bottle.density_g_per_ml if bottle else None
        return parse_amount(text, unit, typed_in=TYPED[planned_unit], density_g_per_ml=density)

    def _recount(self, bottle: Sample | None, unit: StorageUnit) -> Decimal | None:
        """Return the recount of this bottle that the person agreed to with one tap."""
        given = self.data.getlist("recount") if isinstance(self.data, QueryDict) else [self.data.get("recount", "")]
        for text in given:
            if bottle and str(text).startswith(f"{bottle.code} "):
                return parse_amount(str(text).removeprefix(f"{bottle.code} "), unit).value
        return None

    @property
    def lines(self) -> list[InputLine]:
        """Return what went in."""
        return [self.cleaned_data[f"{given.key}__line"] for given in self.content.inputs]

    @property
    def values(self) -> list[ValueLine]:
        """Return the actual values; a planned range has no single value that "as planned" could mean."""
        return [ValueLine(value.key, actual=self._actual(value)) for value in self.content.values]

    def _actual(self, value: PlannedValue) -> Quantity | None:
        typed: Quantity | None = self.cleaned_data[value.key]
        if typed or not (self.is_as_planned and value.planned):
            return typed
        planned = parse_range(value.planned, VALUE_KEYS[value.key].unit)
        return Quantity(planned.low, None, planned.unit, "as planned") if planned.is_single else None

    @property
    def looks(self) -> list[StepLine]:
        """Return how each step looked."""
        return [
            StepLine(step.key, self._look(f"{step.key}__before", step.look_before),
                     self._look(f"{step.key}__after", step.look_after))
            for step in self.content.steps
        ]  # fmt: skip

    def _look(self, name: str, planned: str) -> str:
        typed: str = self.cleaned_data[name]
        return typed or (planned if self.is_as_planned else "")

    @property
    def volume(self) -> Quantity | None:
        """Return the volume made; as planned it is the nominal one."""
        typed: Quantity | None = self.cleaned_data["volume"]
        if typed or not (self.is_as_planned and self.content.nominal_amount):
            return typed
        return parse_amount(self.content.nominal_amount, "ul")

    def steps(self) -> Iterator[FormStep]:
        """Yield the recipe's steps with their boxes, for the page."""
        for step in self.content.steps:
            rows = [
                FormRow(one.label, one.amount, self[f"{one.key}__amount"], self[f"{one.key}__bottle"])
                for one in step.inputs
            ]
            rows += [
                FormRow(VALUE_KEYS[one.key].label, one.planned or one.stated, self[one.key]) for one in step.values
            ]
            yield FormStep(
                step, tuple(rows), self[f"{step.key}__before"], self[f"{step.key}__after"],
                self.content.notes_of(step.key),
            )  # fmt: skip
