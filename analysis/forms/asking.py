"""Forms of acts that state settings as JSON: the API's way to run a method or to fit a series."""

from typing import Any

from django import forms

from analysis.methods.running import filled_settings
from analysis.methods.table import METHODS
from analysis.physics.refusing import CannotAnalyse


class ReasonForm(forms.Form):
    """A reason, which some acts need."""

    reason = forms.CharField(label="Reason", max_length=300, required=False)


class AnalyseForm(forms.Form):
    """A method by its name, and what is stated for it."""

    method = forms.ChoiceField(choices=[(name, name) for name in METHODS])
    settings = forms.JSONField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        method = METHODS.get(cleaned.get("method", ""))
        if method is not None:
            problem = problem_with(method.name, cleaned.get("settings"))
            if problem:
                self.add_error("settings", problem)
        return cleaned

    @property
    def stated(self) -> dict[str, Any]:
        """What is stated for the method."""
        return dict(self.cleaned_data.get("settings") or {})


class FitSeriesForm(forms.Form):
    """What is stated for a whole series: settings by method."""

    settings = forms.JSONField(required=False)

    def clean_settings(self) -> dict[str, Any]:
        told = self.cleaned_data["settings"] or {}
        if not isinstance(told, dict):
            raise forms.ValidationError("Write an object of methods, each with its settings.")
        for name, stated in told.items():
            if name not in METHODS:
                raise forms.ValidationError(f"There is no method {str(name)[:60]}.")
            problem = problem_with(name, stated)
            if problem:
                raise forms.ValidationError(problem)
        return told


def problem_with(method: str, stated: Any) -> str:
    """Return what is wrong with settings that somebody states; a setting may be left out, even a needed one."""
    if stated in (None, ""):
        return ""
    if not isinstance(stated, dict):
        return "Write an object of settings by name."
    row = METHODS[method]
    try:
        filled_settings(row, {**{one.name: None for one in row.settings}, **stated})
    except CannotAnalyse as reason:
        return "" if str(reason).startswith("State ") else str(reason)
    return ""
