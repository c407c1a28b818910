"""The facets of the measurements list: a GET form whose fields are keys of its search."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict

from labbook.models import Project
from measurements.models import Instrument
from measurements.queries.measurements_search import NO_SAMPLE
from measurements.queries.states import NO_FILE, UNREAD, VOID
from measurements.techniques import TECHNIQUES, Along

# Image and edges of one technique share a badge, and so a chip.
TECHNIQUE_CHOICES = list({row.badge.lower(): row.badge for row in TECHNIQUES.values()}.items())
STATE_CHOICES = [
    ("", "all that count"), (UNREAD, "not read"), (NO_FILE, "without a file"), (VOID, "void"), ("any", "all and void"),
]  # fmt: skip


class MeasurementFacets(forms.Form):
    """What may narrow the list; every field may be left empty, and none is ever refused."""

    q = forms.CharField(label="File, sample or words", required=False, max_length=400)
    tech = forms.MultipleChoiceField(
        label="Technique", required=False, choices=TECHNIQUE_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    sample = forms.CharField(label="Sample", required=False, max_length=60)
    instrument = forms.ChoiceField(label="Instrument", required=False)
    by = forms.CharField(label="Operator", required=False, max_length=8)
    made_from = forms.CharField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    made_to = forms.CharField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    along = forms.ChoiceField(label="Along", required=False, choices=[("", "any"), *Along.choices])
    status = forms.ChoiceField(label="State", required=False, choices=STATE_CHOICES)
    project = forms.ChoiceField(label="Project", required=False)

    def __init__(self, data: QueryDict, *, instruments: Iterable[Instrument], projects: Iterable[Project]) -> None:
        super().__init__(data, auto_id="facet_%s")
        self._offer("instrument", [("", "any"), *((one.title.lower()[:60], one.title) for one in instruments)])
        self._offer("project", [("", "any"), *((one.slug, one.name) for one in projects)])
        # What was typed in the address stays chosen although the list does not offer it.
        for name in ("instrument", "along", "status", "project"):
            self._keep(name, data.get(name) or "")

    @property
    def is_without_sample(self) -> bool:
        """Say whether only references, which look at no sample, are asked for."""
        return self.data.get("sample") == NO_SAMPLE

    @property
    def has_projects(self) -> bool:
        """Say whether there is a project to narrow by."""
        return len(self._offered("project")) > 1

    def _offered(self, name: str) -> list[tuple[str, str]]:
        field = self.fields[name]
        return [(str(value), str(label)) for value, label in getattr(field, "choices", [])]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _keep(self, name: str, chosen: str) -> None:
        offered = self._offered(name)
        if chosen and chosen not in {value for value, _ in offered}:
            self._offer(name, [*offered, (chosen, chosen[:40])])
