"""Forms of what only the API takes as one piece: many samples moved, shares pooled, a record's own words."""

from decimal import Decimal
from typing import Any

from django import forms

from labbook.models import Lab, User
from labbook.quantities.fields import MomentField, QuantityField, RangeField
from samples.forms.actions import assert_choice
from samples.forms.amounts import NowField, amount_field
from samples.forms.codes import SampleCodeField
from samples.kinds import Unit
from samples.models import Place, Process, Step
from samples.value_keys import VALUE_KEYS


def words(length: int, *, required: bool = False) -> forms.CharField:
    """Return a text of some length."""
    return forms.CharField(max_length=length, required=required)


class AskedForm(forms.Form):
    """A form as one person of one lab sees it: its samples are found by code, tag or label."""

    def __init__(self, *args: Any, user: User, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            if isinstance(one, SampleCodeField):
                one.asked_by(user, lab)
        if "place" in self.fields:
            places = Place.objects.visible_to(user).filter(lab=lab, is_retired=False)
            assert_choice(self.fields["place"]).queryset = places


class ProcessEditForm(forms.Form):
    """A process's own words."""

    operator = words(8)
    look = words(200)
    phase_kept = words(60)
    phase_discarded = words(60)
    outcome = words(200)
    purpose = words(120)
    note = words(100_000)


class PoolManyForm(forms.Form):
    """What is pooled; `shares` beside it lists code and amount."""

    title = words(200)
    at = NowField()


class StampForm(forms.Form):
    """Which moment, and when; empty means now."""

    moment = words(20, required=True)
    at = MomentField(required=False, max_length=40)


class ReasonForm(forms.Form):
    """Why."""

    reason = words(300, required=True)


class InjectionForm(forms.Form):
    """A whole injection, written afterwards; moments are written as 2026-02-16 14:05:32."""

    injected_at = MomentField(max_length=40)
    turned_red_at = MomentField(required=False, max_length=40)
    ice_bath_at = MomentField(required=False, max_length=40)
    temperature = QuantityField(unit="°C", required=False, max_length=40)
    growth = QuantityField(unit="s", required=False, max_length=40)
    cs_oleate = amount_field(Unit.UL, label="Cs-oleate that was injected")
    pb_solution = amount_field(Unit.UL, label="PbI2 solution that was used")
    cs_recount = amount_field(Unit.UL, label="Cs-oleate that was really there")
    pb_recount = amount_field(Unit.UL, label="PbI2 solution that was really there")
    crude = amount_field(Unit.UL, label="Crude")
    look = words(200)


class StepForm(forms.Form):
    """What becomes of one step of a process."""

    step = forms.ModelChoiceField(Step.objects.none())
    do = forms.ChoiceField(choices=[("done", "done"), ("as_planned", "as planned"), ("reopen", "reopen"), ("", "")],
                           required=False)  # fmt: skip
    note = words(20_000)
    look_after = words(120)

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert_choice(self.fields["step"]).queryset = process.steps.select_related("process")


class ValueForm(forms.Form):
    """A planned and an actual value of a process, or why the actual was not recorded."""

    key = forms.ChoiceField(choices=[(key, row.label) for key, row in VALUE_KEYS.items()])
    reason = words(200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = VALUE_KEYS.get(str(self.data.get("key", "")))
        unit = row.unit if row else ""
        self.fields["planned"] = RangeField(unit=unit, required=False, max_length=60)
        self.fields["actual"] = QuantityField(unit=unit, required=False, max_length=60)


class SpinForm(forms.Form):
    """One clean-up spin of a fraction: which phase was kept and which discarded, as it was done."""

    at = NowField()
    phase_kept = words(60)
    phase_discarded = words(60)
    outcome = words(200)
    look = words(200)
    amount_after = amount_field(Unit.UL, label="Amount afterwards")
    spin_speed_rpm = QuantityField(unit="rpm", required=False, max_length=40, lowest=Decimal(0))
    spin_time_min = QuantityField(unit="min", required=False, max_length=40, lowest=Decimal(0))


class VialForm(AskedForm):
    """One vial to fill; without an amount it gets an equal share of what the others leave."""

    amount = amount_field(Unit.UL, label="Amount")
    letter = words(3)
    place = forms.ModelChoiceField(Place.objects.none(), required=False)
    arm = words(30)
    solvent = words(60)


class DispenseForm(forms.Form):
    """A fraction filled into vials; `vials` beside it lists them."""

    at = NowField()
