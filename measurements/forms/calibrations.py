"""The form of a calibration: a number in the unit of its kind, or the look at a standard it rests on."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet

from labbook.models import Lab, User
from labbook.quantities import Quantity, QuantityError, parse_quantity
from labbook.quantities.show import show
from measurements.calibration_kinds import CALIBRATION_KINDS
from measurements.forms.instruments import lines
from measurements.models import Calibration, CalibrationKind, Instrument, Measurement

MOST_STANDARDS = 200


def day_field(label: str, help_text: str = "") -> forms.DateField:
    """Return a field of a day that may be empty."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text=help_text
    )


if TYPE_CHECKING:
    StandardChoice = forms.ModelChoiceField[Measurement]
else:
    StandardChoice = forms.ModelChoiceField


class StandardField(StandardChoice):
    """A look at a standard, called by what it looks at and when."""

    def label_from_instance(self, obj: Any) -> str:
        day = f", {obj.measured_at:%Y-%m-%d}" if obj.measured_at else ""
        return f"{obj.get_reference_kind_display()}{day}: {obj}"


class CalibrationForm(forms.Form):
    """A calibration of one instrument; its kind is chosen when it is added and stays."""

    kind = forms.ChoiceField(label="What it calibrates", choices=CalibrationKind.choices)
    applies_to = forms.CharField(
        label="Holds for", max_length=60, required=False, help_text="Such as 50 ns or 40 000×; empty for everything."
    )
    value = forms.CharField(label="Value", max_length=120, required=False, help_text="Such as 0.52 ± 0.02 ns.")
    measurement = StandardField(
        Measurement.objects.none(), label="Rests on the measurement", required=False, empty_label="none"
    )
    valid_from = day_field("Valid from", "Empty means from the beginning. A newer one ends an older one by itself.")
    valid_until = day_field("Valid until", "That day included; empty while it holds.")
    note = lines("Note", 3, "How it was found, by whom, with which standard.")
    is_retired = forms.BooleanField(label="No longer used for anything", required=False)

    def __init__(
        self, *args: Any, lab: Lab, user: User, instrument: Instrument | None = None,
        record: Calibration | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.record = record
        standards: Any = self.fields["measurement"]
        standards.queryset = standards_of(lab, user, instrument, record)
        if record and record.measurement_id and not standards.queryset.filter(pk=record.measurement_id).exists():
            # Who may not see it leaves it alone.
            del self.fields["measurement"]
        if record is None:
            del self.fields["is_retired"]
        else:
            del self.fields["kind"]
            kept = {name: getattr(record, name) for name in self.fields}
            self.initial = {**kept, "value": value_shown(record), **self.initial}
            self.fields["value"].help_text = CALIBRATION_KINDS[CalibrationKind(record.kind)].meaning

    def clean(self) -> dict[str, Any]:
        """Read the value in the unit of the kind."""
        data = super().clean() or self.cleaned_data
        kind = self.record.kind if self.record else data.get("kind")
        if data.get("value") and kind:
            unit = CALIBRATION_KINDS[CalibrationKind(kind)].unit
            try:
                data["value"] = parse_quantity(data["value"], unit)
            except QuantityError as error:
                self.add_error("value", str(error))
        return data

    def changes(self) -> dict[str, Any]:
        """Return what is wanted under the columns' names; of a value also its error, unit and wording."""
        wanted = {name: given for name, given in self.cleaned_data.items() if name != "kind"}
        if "value" in wanted:
            wanted |= value_facts(wanted["value"], self.record)
        return wanted


def value_facts(given: Quantity | str, record: Calibration | None) -> dict[str, Any]:
    """Return the columns of a typed value; one that is typed as it was shown keeps the source's wording."""
    if not isinstance(given, Quantity):
        return {"value": None, "stderr": None, "unit": "", "as_written": ""}
    same = record is not None and (record.value, record.stderr) == (given.value, given.stderr)
    written = record.as_written if record is not None and same else given.as_written
    return {"value": given.value, "stderr": given.stderr, "unit": given.unit, "as_written": written}


def value_shown(record: Calibration) -> str:
    """Return a calibration's value as its box takes it back, without rounding."""
    if record.value is None:
        return ""
    parts = [plain(record.value), *(["±", plain(record.stderr)] if record.stderr is not None else []), record.unit]
    return " ".join(part for part in parts if part)


def plain(number: Decimal) -> str:
    """Return a stored number without the zeros of its column."""
    return f"{number.normalize():f}" if number else "0"


def said(record: Calibration) -> str:
    """Return a calibration's value as people read it."""
    if record.value is None:
        return ""
    stderr = record.stderr.normalize() if record.stderr else None
    return show(record.value.normalize() if record.value else Decimal(0), record.unit, stderr)


def standards_of(
    lab: Lab, user: User, instrument: Instrument | None, record: Calibration | None
) -> QuerySet[Measurement]:
    """Return the newest looks at standards that the person sees, at this instrument when one is named."""
    seen = Measurement.objects.visible_to(user).filter(lab=lab).exclude(reference_kind="")
    at = record.instrument if record else instrument
    if at is not None:
        seen = seen.filter(instrument=at)
    newest = seen.order_by("-pk").values_list("pk", flat=True)[:MOST_STANDARDS]
    kept = [record.measurement_id] if record and record.measurement_id else []
    return seen.filter(pk__in=[*newest, *kept]).order_by("-measured_at", "-pk")
