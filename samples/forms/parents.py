"""The form that corrects what a sample was made of."""

from typing import Any

from django import forms

from labbook.models import Lab, User
from samples.forms.codes import SampleCodeField


class ParentForm(forms.Form):
    """Which sample was used instead, and why the record is wrong."""

    reason = forms.CharField(label="Why", max_length=300, help_text="It stays in the history.")

    def __init__(self, *args: Any, user: User, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = SampleCodeField(label="What was used instead", help_text="Code, tag or scanned label.")
        chosen.asked_by(user, lab)
        self.fields["sample"] = chosen
        self.order_fields(["sample", "reason"])
