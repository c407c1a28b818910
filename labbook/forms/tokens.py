"""The form of a new API token."""

from datetime import timedelta

from django import forms

LASTING = {"30": timedelta(days=30), "365": timedelta(days=365), "": None}


def lasting(text: str) -> timedelta | None:
    """Return how long a token lasts; nothing means until it is taken back."""
    return LASTING[text]


class TokenForm(forms.Form):
    """How long the token works."""

    lasts = forms.TypedChoiceField(
        label="Works for", choices=[("365", "a year"), ("30", "30 days"), ("", "until you take it back")],
        required=False, coerce=lasting, empty_value=None,
    )  # fmt: skip
