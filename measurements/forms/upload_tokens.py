"""The form of an upload-only link."""

from typing import Any

from django import forms

from labbook.models import Lab, User
from measurements.models import Instrument


class UploadTokenForm(forms.Form):
    """Which computer may send files."""

    title = forms.CharField(label="Computer", max_length=120, help_text="Such as “Raman PC, room 2”.")
    instrument = forms.ModelChoiceField(
        Instrument.objects.none(), label="Instrument", required=False, empty_label="several, or none"
    )

    def __init__(self, data: Any = None, *, user: User, lab: Lab) -> None:
        super().__init__(data)
        mine = Instrument.objects.visible_to(user).filter(lab=lab, is_retired=False)
        instrument: Any = self.fields["instrument"]
        instrument.queryset = mine.order_by("title")
