"""The form of rates: which quantum yield belongs to which lifetime, and that both are of one state."""

from collections.abc import Sequence
from typing import Any

from django import forms

from analysis.models import Result
from analysis.publishing.rounding import printed
from analysis.publishing.symbols import unit_text
from analysis.queries.fit_numbers import number_of

# The quantity of a decay that each kind of lifetime is.
KINDS = {"amplitude-weighted": "tau_amplitude", "intensity-weighted": "tau_intensity", "1/e": "tau_1e"}


class RatesForm(forms.Form):
    """A yield, a kind of lifetime, and a statement that nobody can make for the person."""

    plqy = forms.ChoiceField(label="Quantum yield", widget=forms.RadioSelect)
    lifetime_kind = forms.ChoiceField(label="Lifetime", choices=[(one, one) for one in KINDS])
    is_same_sample_and_state = forms.BooleanField(
        label="Both are of the same sample in the same state", help_text="Solution or film, pressure, temperature, age."
    )

    def __init__(self, *args: Any, yields: Sequence[Result], lifetimes: Sequence[Result], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.yields = {str(one.pk): one for one in yields}
        self.lifetimes = {one.name: one for one in lifetimes}
        told = [(pk, ", ".join(filter(None, (words_of(one), code_of(one))))) for pk, one in self.yields.items()]
        there = [(kind, self.lifetimes[name]) for kind, name in KINDS.items() if name in self.lifetimes]
        kinds = [(kind, f"{kind}: {words_of(one)}") for kind, one in there]
        for name, choices in (("plqy", told), ("lifetime_kind", kinds)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    @property
    def picks(self) -> dict[str, Result]:
        """The results that fill the settings of the method."""
        kind = self.cleaned_data["lifetime_kind"]
        return {"plqy_percent": self.yields[self.cleaned_data["plqy"]], "lifetime_ns": self.lifetimes[KINDS[kind]]}

    @property
    def stated(self) -> dict[str, Any]:
        """What the person states besides."""
        return {"lifetime_kind": self.cleaned_data["lifetime_kind"], "is_same_sample_and_state": True}


def code_of(result: Result) -> str:
    """Return the code of the sample a result is of."""
    return result.fit.sample.code if result.fit.sample else ""


def words_of(result: Result) -> str:
    """Return a result as a person reads it."""
    return f"{printed(number_of(result))} {unit_text(result.unit)}"
