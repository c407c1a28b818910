"""The form of a log sheet: which samples, along which ladder, how often."""

from typing import Any

from django import forms

from labbook.errors import Refusal
from labbook.models import Lab, User
from measurements.matching.rungs import Rung, rung_in
from measurements.models import Instrument
from measurements.services.inbox_filling import has_ladder, parts_of, with_unit
from measurements.techniques import UNIT_OF, Along, Technique
from samples.forms.codes import SampleCodesField

MOST_LINES = 400
MOST_SAMPLES = 40


class LogSheetForm(forms.Form):
    """What is going to be measured at an instrument whose computer has no network."""

    sample = SampleCodesField(label="Samples", help_text="Codes, several with commas, such as NC-024-F2-DAC1.")
    ladder = forms.CharField(
        label="Ladder", max_length=2000, required=False,
        help_text="Such as 0, 0.13, 1.27, 0.4 release; empty for one measurement of each.",
    )  # fmt: skip
    along = forms.ChoiceField(
        label="Bare numbers are", choices=[(one.value, UNIT_OF[one]) for one in Along], required=False
    )
    technique = forms.ChoiceField(label="Technique", choices=Technique.choices, required=False)
    repeats = forms.IntegerField(label="Times each", min_value=1, max_value=20, required=False)
    day = forms.DateField(label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any, *, instrument: Instrument, lab: Lab, user: User) -> None:
        super().__init__(data, initial={"technique": instrument.technique, "repeats": 1, "along": Along.PRESSURE})
        self.instrument = instrument
        samples: Any = self.fields["sample"]
        samples.asked_by(user, lab)

    def clean_sample(self) -> list[str]:
        """Return the codes of the samples."""
        codes = [one.code for one in self.cleaned_data["sample"]]
        if len(codes) > MOST_SAMPLES:
            raise forms.ValidationError(f"At most {MOST_SAMPLES} samples go on one sheet.")
        return codes

    def clean_along(self) -> Along:
        """Return the ladder that bare numbers are meant on."""
        return Along(self.cleaned_data["along"] or Along.PRESSURE)

    def clean_technique(self) -> Technique:
        """Return the technique, by default the instrument's."""
        return Technique(self.cleaned_data["technique"] or self.instrument.technique)

    def clean(self) -> dict[str, Any]:
        """Read the ladder, whose bare numbers are in the unit of what it runs along."""
        data = super().clean() or self.cleaned_data
        data["repeats"] = data.get("repeats") or 1
        try:
            data["rungs"] = rungs_of(data.get("ladder", ""), UNIT_OF[data.get("along", Along.PRESSURE)])
        except Refusal as refusal:
            self.add_error("ladder", refusal.message)
            return data
        if len(data.get("sample", ())) * max(len(data["rungs"]), 1) * data["repeats"] > MOST_LINES:
            self.add_error("repeats", f"These are more than {MOST_LINES} lines; make several sheets.")
        return data


def rungs_of(text: str, unit: str) -> list[Rung]:
    """Return the rungs of a pasted ladder; raises Refusal at one that is none."""
    parts = [with_unit(part, unit) for part in parts_of(separated(text))]
    wrong = next((part for part in parts if not has_ladder(part)), None)
    if wrong is not None:
        raise Refusal(f"“{wrong[:40]}” is no rung. Write 0.13, 280 K, 60 d or 1.85 release.", field="ladder")
    return [rung_in(part).rung for part in parts]


def separated(text: str) -> str:
    """Return a ladder whose commas stand between its rungs: "0,0.13,1.27" has points, and "0,1,2" too many for one."""
    is_list = "." in text or any(part.count(",") > 1 for part in text.split())
    return text.replace(",", ", ") if is_list else text
