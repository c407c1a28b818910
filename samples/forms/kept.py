"""What the forms of a lab's own lists share: a name once per lab, and changes under the columns' names."""

from typing import Any

from django import forms

from labbook.models import Lab
from labbook.quantities import Quantity
from samples.models import Equipment, Place


class KeptForm(forms.Form):
    """A place or a piece of equipment; `record` is the one being changed, none for a new one."""

    model: type[Place] | type[Equipment]
    title = forms.CharField(label="Name", max_length=120)

    def __init__(self, *args: Any, lab: Lab, record: Place | Equipment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lab, self.record = lab, record
        if record is not None:
            self.initial = {**{name: getattr(record, name) for name in self.fields}, **self.initial}
        else:
            self.fields.pop("is_retired", None)

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"].strip()
        others = self.model._default_manager.filter(lab=self.lab, title__iexact=title)
        if self.record is not None:
            others = others.exclude(pk=self.record.pk)
        if others.exists():
            raise forms.ValidationError(f"This lab already has one called {title}.")
        return title

    def changes(self) -> dict[str, Any]:
        """Return what is wanted under the columns' names, numbers in their stored unit."""
        return {
            name: given.value if isinstance(given, Quantity) else given for name, given in self.cleaned_data.items()
        }
