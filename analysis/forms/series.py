"""What the fits of a ladder ask for before all of them are run, and the review of those with flags."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from analysis.forms.settings import field_of, same
from analysis.methods.contract import Method, Setting, SettingValue
from analysis.methods.running import settled
from analysis.methods.table import METHODS, automatic_methods
from analysis.models import Fit, MethodChoice
from analysis.physics.refusing import CannotAnalyse
from analysis.services.borrowing import LOANS
from analysis.services.series_fits import ladder_methods
from measurements.models import Series

# The form stands in the head of the page, its fields where what they are about is shown.
FORM_ID = "fit-all"
ASKS = "State "


class FitAllForm(forms.Form):
    """The settings that methods of a ladder ask for: what is stated for them holds for every rung."""

    def __init__(self, *args: Any, asked: Mapping[tuple[str, str], SettingValue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for (name, setting), used in asked.items():
            field = field_of(METHODS[name].setting(setting), used)
            field.label = f"{METHODS[name].title}: {field.label}"
            field.widget.attrs["form"] = FORM_ID
            self.fields[f"{name}.{setting}"] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, setting in self.asked:
            key, one = f"{name}.{setting}", METHODS[name].setting(setting)
            text = str(cleaned.get(key) or "").strip()
            try:
                cleaned[key] = settled(one, text.replace(",", ".") if one.unit else text) if text else None
            except CannotAnalyse as reason:
                self.add_error(key, str(reason))
        return cleaned

    @property
    def stated(self) -> dict[str, dict[str, SettingValue]]:
        """What the person states anew, by method."""
        told: dict[str, dict[str, SettingValue]] = {}
        for (name, setting), used in self.asked.items():
            value = self.cleaned_data.get(f"{name}.{setting}")
            if value is not None and not same(value, used):
                told.setdefault(name, {})[setting] = value
        return told


def asked_settings(series: Series, techniques: set[str]) -> dict[tuple[str, str], SettingValue]:
    """Return what the methods of a ladder need and nobody has said, with what was stated for it before."""
    fits = list(Fit.objects.current().filter(series=series))
    fits += list(Fit.objects.current().filter(measurement__rung__series=series, refused__startswith=ASKS))
    choices = {one.method: one.settings for one in MethodChoice.objects.filter(lab=series.lab)}
    return dict(asked_in(methods_of(series, techniques), fits, choices))


def methods_of(series: Series, techniques: set[str]) -> list[Method]:
    """Return the methods that run when a ladder is fitted whole."""
    of_rungs = [one for technique in sorted(techniques) for one in automatic_methods(technique)]
    along = [one for one in ladder_methods(series) if one.inputs]
    return list({one.name: one for one in [*of_rungs, *along]}.values())


def asked_in(
    methods: list[Method], fits: list[Fit], choices: Mapping[str, Mapping[str, SettingValue]]
) -> Iterator[tuple[tuple[str, str], SettingValue]]:
    """Yield the settings that are asked for."""
    lent = {(one.method, one.setting) for one in LOANS}
    for method in methods:
        its = [one for one in fits if one.method == method.name]
        for setting in method.settings:
            is_needed = setting.is_needed and setting.default is None
            if not is_needed and not any(asks_for(one, setting) for one in its):
                continue
            stated = next((one.stated[setting.name] for one in its if setting.name in one.stated), None)
            is_open = setting.name not in choices.get(method.name, {}) and not setting.from_conditions
            is_new = not its and is_open and (method.name, setting.name) not in lent and bool(method.along)
            if stated is not None or is_new or any(asks_for(one, setting) for one in its):
                yield (method.name, setting.name), stated


def asks_for(fit: Fit, setting: Setting) -> bool:
    """Say whether a fit was refused for want of a setting."""
    return fit.refused.startswith(ASKS) and f": {setting.name}." in fit.refused


class ReviewForm(forms.Form):
    """Which fit of a ladder is accepted or rejected: one by its button, or all that are asked about."""

    accept = forms.CharField(max_length=20, required=False)
    reject = forms.CharField(max_length=20, required=False)
    reason = forms.CharField(label="Reason", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("accept") and not cleaned.get("reject"):
            raise forms.ValidationError("Say which fit is accepted or rejected.")
        return cleaned

    def reason_for(self, fit: Fit) -> str:
        """Return the reason beside a fit, else the one for all."""
        return str(self.data.get(f"reason-{fit.pk}") or self.cleaned_data["reason"])[:300]
