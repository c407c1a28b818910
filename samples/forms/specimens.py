"""The form of new specimens: what is asked follows the kind and the lab's recipe for it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.forms import BoundField

from labbook.models import Lab, User
from labbook.quantities import Quantity, QuantityError, StorageUnit, parse_amount
from samples.forms.actions import assert_choice
from samples.forms.amounts import TYPED_IN, NowField, amount_field
from samples.forms.codes import SampleCodesField
from samples.forms.recipe_values import dilution_ratio, planned_quantity, value_field
from samples.kinds import SPECIMEN_FORMS, SampleKind, Unit
from samples.models import Equipment, EquipmentKind, Sample
from samples.queries.specimens import specimen_recipe
from samples.recipes.contents import PlannedValue, SourceNote
from samples.recipes.reading import read_content
from samples.services.precursors import ValueLine
from samples.services.specimens import Ingredient, SpecimenPlan
from samples.value_keys import VALUE_KEYS

MOST_AT_ONCE = 24
CULET = "culet_diameter_mm"
UNSTATED = "unstated"
DILUTION_CONVENTIONS = (
    ("", "no dilution"),
    ("parts", "1 part of it and so many parts of solvent (1+9 makes ten)"),
    ("total", "1 part of it in so many parts altogether"),
    (UNSTATED, "not stated: the factor stays open"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one kind of specimen lies on or in, and what else is asked for it."""

    label: str
    default: str
    device: EquipmentKind | None = None
    is_diluted: bool = False
    is_load: bool = False


ASKED = {
    "FL": Asked("Substrate", "glass", EquipmentKind.SPIN_COATER),
    "QF": Asked("Substrate", "quartz", EquipmentKind.SPIN_COATER),
    "XF": Asked("Substrate", "Si wafer", EquipmentKind.SPIN_COATER),
    "TG": Asked("Grid", "ultra-thin carbon film on Cu grid", is_diluted=True),
    "CV": Asked("Cuvette", "quartz cuvette", EquipmentKind.CUVETTE, is_diluted=True),
    "DAC": Asked("Anvils", "type Ia", EquipmentKind.ANVIL_CELL, is_load=True),
}


@dataclass(frozen=True, slots=True)
class Fold:
    """Some fields behind a summary; it is open when one of them is wrong."""

    title: str
    fields: tuple[BoundField, ...]
    notes: tuple[SourceNote, ...] = ()
    # What is planned in it, to be read without opening it.
    said: str = ""

    @property
    def is_open(self) -> bool:
        """Say whether something in it has to be mended."""
        return any(field.errors for field in self.fields)


class SpecimenForm(forms.Form):
    """Several specimens of one kind out of one vial, or as many of each of several vials."""

    source = SampleCodesField(
        kinds=(SampleKind.VIAL, SampleKind.FRACTION), label="From", help_text="Code or tag; several with commas."
    )
    series = forms.ChoiceField(
        label="Kind", choices=[(form.code_prefix, form.plural) for form in SPECIMEN_FORMS], widget=forms.HiddenInput
    )
    count = forms.IntegerField(
        label="How many of each", min_value=1, max_value=MOST_AT_ONCE, initial=1, help_text="At most 24 altogether."
    )
    amount = amount_field(Unit.UL, label="Taken for each")
    substrate = forms.CharField(label="Substrate", max_length=120, required=False)
    substrate_lot = forms.CharField(label="Lot", max_length=60, required=False)
    substrate_cleaning = forms.CharField(label="Cleaning", max_length=200, required=False)
    gasket = forms.CharField(label="Gasket", max_length=120, required=False)
    device = forms.ModelChoiceField(Equipment.objects.none(), label="Made with", required=False, empty_label="not said")
    cell = forms.ModelChoiceField(Equipment.objects.none(), label="Cell", required=False, empty_label="not said")
    dilution = forms.CharField(label="Dilution", max_length=60, required=False, help_text="Such as 1+9 or 1:10.")
    convention = forms.ChoiceField(label="What the colon means", choices=DILUTION_CONVENTIONS, required=False)
    solvent = forms.ModelChoiceField(
        Sample.objects.none(), label="Solvent", required=False, empty_label="lot not recorded"
    )
    solvent_amount = forms.CharField(label="Solvent added", max_length=60, required=False)
    ruby = forms.ModelChoiceField(Sample.objects.none(), label="Ruby", required=False, empty_label="lot not recorded")
    ruby_amount = forms.CharField(label="Ruby added", max_length=60, required=False)
    oil = forms.ModelChoiceField(
        Sample.objects.none(), label="Pressure medium", required=False, empty_label="lot not recorded"
    )
    oil_amount = forms.CharField(label="Medium added", max_length=60, required=False)
    detail = forms.CharField(label="How it is made, in words", max_length=300, required=False)
    as_planned = forms.BooleanField(label="Empty boxes take their plan", required=False)
    at = NowField()
    note = forms.CharField(label="Note", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, user: User, lab: Lab, kind: str = "FL", **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        series = str((data or {}).get("series") or kind)
        self.kind = series if series in ASKED else "FL"
        self.asked, self.recipe = ASKED[self.kind], specimen_recipe(lab, self.kind)
        self.content = read_content(self.recipe.content) if self.recipe else None
        cast(SampleCodesField, self.fields["source"]).asked_by(user, lab)
        self.fields["substrate"].label = self.asked.label
        self._offer_equipment(user, lab)
        self._offer_bottles(user, lab)
        for value in self.planned_values:
            self.fields[value.key] = value_field(value)
        for name in self._not_asked():
            del self.fields[name]

    @property
    def planned_values(self) -> tuple[PlannedValue, ...]:
        """Return the values the recipe asks for."""
        return self.content.values if self.content else ()

    def _not_asked(self) -> set[str]:
        load = {"gasket", "cell", "ruby", "ruby_amount", "oil", "oil_amount"}
        diluted = {"dilution", "convention", "solvent", "solvent_amount"}
        left_out = set() if self.asked.is_load else load
        left_out |= {"device"} if self.asked.is_load or self.asked.device is None else set()
        return left_out if self.asked.is_diluted else left_out | diluted

    def _offer_equipment(self, user: User, lab: Lab) -> None:
        found = Equipment.objects.visible_to(user).filter(lab=lab, kind=self.asked.device, is_retired=False)
        name = "cell" if self.asked.is_load else "device"
        assert_choice(self.fields[name]).queryset = found.order_by("title")
        if self.asked.device is not None:
            self.fields[name].label = self.asked.device.label.capitalize()
        if self.asked.is_load:
            self.fields["cell"].label = "Cell"
            self.fields["gasket"].initial = (
                next((fact.planned for fact in self.content.facts if fact.key == "gasket"), "") if self.content else ""
            )

    def _offer_bottles(self, user: User, lab: Lab) -> None:
        bottles = Sample.objects.visible_to(user).filter(lab=lab).of_kind(SampleKind.BOTTLE).usable().order_by("code")
        bottles = bottles.select_related("bottle")
        for name, short in (("solvent", "hexane"), ("ruby", "ruby"), ("oil", "oil")):
            assert_choice(self.fields[name]).queryset = bottles.filter(bottle__short__iexact=short)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        total = len(cleaned.get("source") or []) * (cleaned.get("count") or 0)
        if total > MOST_AT_ONCE:
            self.add_error("count", f"That makes {total}; at most {MOST_AT_ONCE} at once.")
        if cleaned.get("cell") and total > 1:
            self.add_error("cell", "A cell holds one load; make one at a time.")
        self._clean_dilution(cleaned)
        for name, unit in (("solvent", "ul"), ("ruby", "mg"), ("oil", "ul")):
            self._clean_ingredient(cleaned, name, cast(StorageUnit, unit))
        return cleaned

    def _clean_dilution(self, cleaned: dict[str, Any]) -> None:
        text = cleaned.get("dilution", "")
        if not text:
            return
        if ":" in text and not cleaned.get("convention"):
            self.add_error("convention", f"Say what {text} means; it is not guessed.")
        ratio = dilution_ratio(text, cleaned.get("convention", ""))
        if ratio is not None and not 1 <= ratio < 1_000_000:
            self.add_error("dilution", "A dilution makes it thinner: at least one part in one.")

    def _clean_ingredient(self, cleaned: dict[str, Any], name: str, unit: StorageUnit) -> None:
        text, bottle = cleaned.get(f"{name}_amount", ""), cleaned.get(name)
        if not text:
            return
        stored = cast(StorageUnit, bottle.unit) if bottle else unit
        density = bottle.bottle.density_g_per_ml if bottle else None
        try:
            cleaned[f"{name}_quantity"] = parse_amount(
                text, stored, typed_in=TYPED_IN[Unit(unit)], density_g_per_ml=density
            )
        except QuantityError as error:
            self.add_error(f"{name}_amount", str(error))

    @property
    def is_as_planned(self) -> bool:
        """Say whether empty boxes take their plan; "as typed" counts when both were pressed one after the other."""
        return bool(self.data.get("as_planned") and not self.data.get("as_typed"))

    @property
    def has_plan(self) -> bool:
        """Say whether "as planned" means something: a value with one planned number."""
        return any(planned_quantity(value) for value in self.planned_values)

    def plan(self, *, recount: Decimal | None = None) -> SpecimenPlan:
        """Return what the valid form asks to be made of each source."""
        data, amount = self.cleaned_data, self.cleaned_data["amount"]
        cell = data.get("cell")
        values = self._values()
        culet = next((line.actual.value for line in values if line.key == CULET and line.actual), None)
        return SpecimenPlan(
            prefix=data["series"],
            amount=amount.value if amount else None,
            as_written=amount.as_written if amount else "",
            note=data["note"],
            cell=cell,
            device=data.get("device"),
            recount=recount,
            ingredients=self._ingredients(),
            values=values,
            detail={
                **{name: data[name] for name in ("substrate", "substrate_lot", "substrate_cleaning", "detail")},
                "gasket": data.get("gasket", ""),
                "dilution_as_written": data.get("dilution", ""),
                "dilution_ratio": dilution_ratio(data.get("dilution", ""), data.get("convention", "")),
                CULET: culet or (cell.culet_diameter_mm if cell else None),
            },
        )

    def _values(self) -> tuple[ValueLine, ...]:
        return tuple(
            ValueLine(
                one.key, actual=self.cleaned_data[one.key] or (planned_quantity(one) if self.is_as_planned else None)
            )
            for one in self.planned_values
        )

    def _ingredients(self) -> tuple[Ingredient, ...]:
        if self.asked.is_load:
            return (
                self._ingredient("ruby", "pressure marker", "ruby", Unit.MG),
                self._ingredient("oil", "pressure medium", "pressure medium", Unit.UL),
            )
        if self.asked.is_diluted and self.cleaned_data["dilution"]:
            return (self._ingredient("solvent", "diluting solvent", "diluting solvent", Unit.UL),)
        return ()

    def _ingredient(self, name: str, known: str, gap: str, unit: Unit) -> Ingredient:
        bottle: Sample | None = self.cleaned_data[name]
        quantity: Quantity | None = self.cleaned_data.get(f"{name}_quantity")
        return Ingredient(
            description=known if bottle else f"{gap}, lot not recorded",
            unit=Unit(bottle.unit) if bottle else unit,
            sample=bottle,
            amount=quantity.value if quantity else None,
            as_written=quantity.as_written if quantity else "",
            is_solvent=name == "solvent",
            key="hexane" if name == "solvent" else name,
        )

    def shown(self) -> list[BoundField]:
        """Return what everybody fills in besides the source, the count and the amount."""
        return [self[name] for name in ("substrate", "cell") if name in self.fields]

    def folds(self) -> list[Fold]:
        """Return the other fields, by what they are about."""
        values = tuple(self[one.key] for one in self.planned_values)
        groups = [
            Fold("Values of the procedure", (*values, *self._bound("detail")), self._notes, self._said_plan),
            Fold(
                f"{self.asked.label}: lot, cleaning",
                self._bound("gasket", "substrate_lot", "substrate_cleaning", "device"),
            ),
            Fold("Dilution", self._bound("dilution", "convention", "solvent", "solvent_amount")),
            Fold("Ruby and pressure medium", self._bound("ruby", "ruby_amount", "oil", "oil_amount")),
            Fold("When, and a note", self._bound("at", "note")),
        ]
        return [group for group in groups if group.fields]

    @property
    def _notes(self) -> tuple[SourceNote, ...]:
        return self.content.notes if self.content else ()

    @property
    def _said_plan(self) -> str:
        planned = [f"{VALUE_KEYS[one.key].label} {one.planned}" for one in self.planned_values if one.planned]
        return ", ".join(planned)

    def _bound(self, *names: str) -> tuple[BoundField, ...]:
        return tuple(self[name] for name in names if name in self.fields)
