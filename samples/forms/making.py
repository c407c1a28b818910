"""Forms that make samples outside a synthesis: pooled and received samples."""

from typing import Any

from django import forms

from samples.forms.amounts import NowField
from samples.forms.bottles import StockAmount, StockAmountField
from samples.kinds import SPECIMEN_KINDS, SampleKind, Unit


class ReceiveForm(forms.Form):
    """A sample whose parents are not recorded."""

    kind = forms.ChoiceField(
        label="What it is",
        choices=[(kind.value, kind.label) for kind in SampleKind if kind != SampleKind.BOTTLE],
    )
    code = forms.CharField(label="Code", max_length=60, required=False, help_text="Empty: the next free one.")
    title = forms.CharField(label="Title", max_length=200, required=False)
    amount = StockAmountField(
        label="Amount", max_length=60, required=False, help_text="With its unit, such as 2 ml. Empty: not recorded."
    )
    origin_note = forms.CharField(
        label="Where it comes from", max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
    aliases = forms.CharField(
        label="Other names", max_length=500, required=False, help_text="Separated by commas; search finds it by them."
    )
    at = NowField(label="Received", help_text="A day is enough. Empty means now.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        amount: StockAmount | None = cleaned.get("amount")
        if amount is not None and cleaned.get("kind") in SPECIMEN_KINDS and not is_one_piece(amount):
            self.add_error("amount", "A specimen is one piece; leave the amount empty.")
        elif amount is not None and cleaned.get("kind") not in SPECIMEN_KINDS and amount.unit == Unit.PIECE:
            self.add_error("amount", "This is a mass or a volume, not a number of pieces.")
        return cleaned


def is_one_piece(amount: StockAmount) -> bool:
    """Say whether an amount is what a specimen always has."""
    return amount.unit == Unit.PIECE and amount.quantity.value == 1


class PoolForm(forms.Form):
    """Which samples are pooled, one per line, with what is taken of each."""

    shares = forms.CharField(
        label="Samples",
        max_length=5000,
        # Lines are counted as they stand in the box.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text="One a line: code and amount, such as NC-024-F2-a 0.5 ml. Without an amount it is not recorded.",
    )
    title = forms.CharField(label="Title", max_length=200, required=False)
    at = NowField()
