"""The form that moves several samples at once."""

from typing import Any, cast

from django import forms

from labbook.models import Lab, User
from samples.forms.actions import PlaceField, assert_choice
from samples.forms.amounts import NowField
from samples.forms.codes import SampleCodesField
from samples.models import Place

MOST_MOVED = 100


class MoveSeveralForm(forms.Form):
    """Which samples, and where to."""

    samples = SampleCodesField(
        label="Samples", help_text="Codes or tags with commas between them.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    place = PlaceField(Place.objects.none(), label="Place", empty_label=None, widget=forms.RadioSelect)
    at = NowField()

    def __init__(self, *args: Any, user: User, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(SampleCodesField, self.fields["samples"]).asked_by(user, lab)
        places = Place.objects.visible_to(user).filter(lab=lab, is_retired=False)
        assert_choice(self.fields["place"]).queryset = places.order_by("title")

    def clean_samples(self) -> Any:
        """Refuse more than one page of samples at once."""
        samples = self.cleaned_data["samples"]
        if len(samples) > MOST_MOVED:
            raise forms.ValidationError(f"At most {MOST_MOVED} samples at once.")
        return samples
