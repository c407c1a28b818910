"""What the API asks with when it runs a method or fits a series: a method's name, and settings as an object."""

from collections.abc import Mapping
from typing import Any

from django import forms

from analysis.methods.running import filled_settings
from analysis.methods.table import METHODS
from analysis.physics.refusing import CannotAnalyse
from labbook.errors import Refusal

SETTINGS = "settings"


class ReasonForm(forms.Form):
    """A reason, which some acts need."""

    reason = forms.CharField(label="Reason", max_length=300, required=False)


class AnalyseForm(forms.Form):
    """A method by its name."""

    method = forms.ChoiceField(choices=[(name, name) for name in METHODS])


def stated_for(method: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a body states for a method; a needed setting may be left out, for others may fill it.

    Raises Refusal for what is no object, an unknown setting, or a value that cannot be.
    """
    stated = body.get(SETTINGS) or {}
    check(method, stated)
    return dict(stated)


def stated_by_method(body: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what a body states for the methods of a series. Raises Refusal like `stated_for`."""
    told = body.get(SETTINGS) or {}
    if not isinstance(told, dict):
        raise Refusal("Write an object of methods, each with its settings.", field=SETTINGS)
    for method, stated in told.items():
        if method not in METHODS:
            raise Refusal(f"There is no method {str(method)[:60]}.", field=SETTINGS)
        check(method, stated)
    return {method: dict(stated) for method, stated in told.items()}


def check(method: str, stated: Any) -> None:
    """Refuse settings that a method does not have, or that cannot be."""
    if not isinstance(stated, dict):
        raise Refusal("Write an object of settings by name.", field=SETTINGS)
    try:
        filled_settings(METHODS[method], stated)
    except CannotAnalyse as reason:
        if not str(reason).startswith("State "):
            raise Refusal(str(reason), field=SETTINGS) from reason
