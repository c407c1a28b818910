"""The form that narrows the activity list."""

from typing import Any

from django import forms

from labbook.models import Lab, Membership
from labbook.queries.history import ActivityFilter


class ActivityForm(forms.Form):
    """Who, what and when; everything may be left empty."""

    person = forms.TypedChoiceField(label="Person", required=False, coerce=int, empty_value=None)
    record = forms.CharField(label="Record", required=False, max_length=120)
    first_day = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Membership.objects.filter(lab=lab).order_by("initials").values_list("user_id", "initials")
        choices = [("", "everybody"), *people]
        self.fields["person"] = forms.TypedChoiceField(
            label="Person", required=False, choices=choices, coerce=int, empty_value=None
        )

    def wanted(self) -> ActivityFilter:
        """Return the filter; what could not be understood is left out and said at its field."""
        self.is_valid()
        return ActivityFilter(**{name: value for name, value in self.cleaned_data.items() if value})
