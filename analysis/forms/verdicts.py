"""The form by which a person accepts or rejects a fit, or takes that back."""

from django import forms

ACCEPT, REJECT, WITHDRAW = "accept", "reject", "withdraw"
ACTS = ((ACCEPT, "Accept"), (REJECT, "Reject"), (WITHDRAW, "Take the verdict back"))


class VerdictForm(forms.Form):
    """What is said of a fit, and why; the button that is pressed says what."""

    do = forms.ChoiceField(choices=ACTS, widget=forms.HiddenInput)
    reason = forms.CharField(label="Reason", max_length=300, required=False)
