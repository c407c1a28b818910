"""What narrows the list of fits: a GET form that works without a script."""

from django import forms
from django.http import QueryDict

from analysis.methods.table import METHODS
from analysis.queries.fit_states import COUNTS, REFUSED, REJECTED, STALE, TO_REVIEW
from analysis.queries.fits import SUPERSEDED, Asked
from measurements.techniques import Technique

STATE_CHOICES = [
    ("", "any"), (COUNTS, "counts"), (TO_REVIEW, "to be reviewed"), (STALE, "stale"), (REJECTED, "rejected"),
    (REFUSED, "refused"), (SUPERSEDED, "superseded"),
]  # fmt: skip


class FitFacets(forms.Form):
    """Method, technique, sample and state; a word that means nothing narrows nothing."""

    method = forms.ChoiceField(label="Method", required=False)
    technique = forms.ChoiceField(label="Technique", required=False, choices=[("", "any"), *Technique.choices])
    sample = forms.CharField(label="Sample", required=False, max_length=60)
    state = forms.ChoiceField(label="State", required=False, choices=STATE_CHOICES)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="facet_%s")
        method = self.fields["method"]
        if isinstance(method, forms.ChoiceField):
            method.choices = [("", "any"), *((name, one.title) for name, one in METHODS.items())]

    @property
    def asked(self) -> Asked:
        """What is asked for, as far as it means something."""
        self.is_valid()
        told = self.cleaned_data
        return Asked(*(told.get(name) or "" for name in ("method", "technique", "sample", "state")))
