"""The facets of the samples list: a GET form whose fields are keys of the search grammar."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from labbook.models import Project
from labbook.search.tokens import quoted
from samples.models import Place, PlaceKind, SampleStatus
from samples.queries.search_keys import MATERIAL_KINDS

KIND_CHOICES = [
    *((kind.value, kind.label[0].upper() + kind.label[1:]) for kind in MATERIAL_KINDS),
    ("any", "Everything"),
]
# The classes the lab's procedure sorts into; any other size is typed.
SIZE_CHOICES = [(size, f"{size} nm") for size in ("7", "9", "11", "17")]
STORED_CHOICES = [("", "any time"), *((f">{days}d", f"more than {days} d") for days in (7, 30, 60, 90, 180))]
STATUS_CHOICES = [("", "any"), *((status.value, status.label) for status in SampleStatus)]


class FacetForm(forms.Form):
    """What may narrow the list; every field may be left empty, and none is ever refused."""

    q = forms.CharField(label="Code, words or values", required=False, max_length=400)
    kind = forms.MultipleChoiceField(
        label="Kind", required=False, choices=KIND_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    size = forms.MultipleChoiceField(
        label="Size", required=False, choices=SIZE_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    stored = forms.ChoiceField(label="Stored there", required=False, choices=STORED_CHOICES)
    status = forms.ChoiceField(label="Status", required=False, choices=STATUS_CHOICES)
    by = forms.ChoiceField(label="By", required=False)
    project = forms.ChoiceField(label="Project", required=False)

    def __init__(
        self, data: QueryDict, *, places: Iterable[Place], people: Iterable[str], projects: Iterable[Project]
    ) -> None:
        super().__init__(data, auto_id="facet_%s")
        self.fields["in"] = forms.ChoiceField(label="Place", required=False, choices=place_choices(places))
        self._offer("by", [("", "anybody"), *((one, one) for one in people)])
        self._offer("project", [("", "any"), *((one.slug, one.name) for one in projects)])
        # What was typed in the address stays chosen although the list does not offer it.
        for name in ("in", "stored", "status", "by", "project"):
            self._keep(name, data)
        for name, label in (("injT_from", "Injection from"), ("injT_to", "to")):
            boxes = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
            self.fields[name] = forms.CharField(label=label, required=False, max_length=20, widget=boxes)

    @property
    def has_projects(self) -> bool:
        """Say whether there is a project to narrow by."""
        return len(self._choices("project")) > 1

    def _choices(self, name: str) -> list[Any]:
        field = self.fields[name]
        return [*field.widget.choices] if isinstance(field.widget, forms.Select) else []

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _keep(self, name: str, data: Mapping[str, Any]) -> None:
        chosen = data.get(name) or ""
        offered = {value for value, _ in flat(self._choices(name))}
        if chosen and chosen not in offered:
            self._offer(name, [*self._choices(name), (chosen, chosen[:40])])


def place_choices(places: Iterable[Place]) -> list[Any]:
    """Return places to choose from: any of a kind first, then each by its title."""
    known = [place for place in places if not place.is_retired]
    kinds = [kind for kind in PlaceKind if sum(place.kind == kind for place in known) > 1]
    of_kind = [(kind.value, f"any {kind.label}") for kind in kinds]
    return [("", "anywhere"), *of_kind, *((quoted(place.title), place.title) for place in known)]


def flat(choices: Iterable[Any]) -> list[tuple[str, str]]:
    """Return choices without their groups."""
    return [(str(value), str(label)) for value, label in choices]
