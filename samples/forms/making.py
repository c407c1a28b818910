"""Forms that make samples outside a synthesis: pooled and received samples."""

from django import forms

from samples.forms.amounts import NowField
from samples.kinds import SampleKind


class ReceiveForm(forms.Form):
    """A sample whose parents are not recorded."""

    kind = forms.ChoiceField(
        label="What it is",
        choices=[(kind.value, kind.label) for kind in SampleKind if kind != SampleKind.BOTTLE],
    )
    code = forms.CharField(label="Code", max_length=60, required=False, help_text="Empty: the next free one.")
    title = forms.CharField(label="Title", max_length=200, required=False)
    amount = forms.CharField(
        label="Amount", max_length=60, required=False, help_text="With its unit, such as 2 ml. Empty: not recorded."
    )
    origin_note = forms.CharField(
        label="Where it comes from", max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
    aliases = forms.CharField(
        label="Other names", max_length=500, required=False, help_text="Separated by commas; search finds it by them."
    )
    at = NowField(label="Received", help_text="A day is enough. Empty means now.")


class PoolForm(forms.Form):
    """Which samples are pooled, one per line, with what is taken of each."""

    shares = forms.CharField(
        label="Samples",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text="One a line: code and amount, such as NC-024-F2-a 0.5 ml. Without an amount it is not recorded.",
    )
    title = forms.CharField(label="Title", max_length=200, required=False)
    at = NowField()
