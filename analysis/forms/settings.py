"""The form of a method's settings: made from its row and filled with what was used; only a change is stated."""

from collections.abc import Mapping
from typing import Any

from django import forms

from analysis.methods.contract import Method, Setting, SettingValue
from analysis.methods.running import settled
from analysis.physics.refusing import CannotAnalyse

LONGEST = 200
# Units that a label need not say.
PLAIN = {"", "1", "×"}
# A form that has switches says so: one that is not ticked is not sent.
SWITCHES = "has_switches"


class SettingsForm(forms.Form):
    """Every setting of a method; an empty field keeps what is recorded, or the default."""

    def __init__(
        self,
        *args: Any,
        method: Method,
        used: Mapping[str, Any],
        stated: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.method, self.used, self.stated_before = method, used, stated or {}
        for one in method.settings:
            self.fields[one.name] = field_of(one, used.get(one.name))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for one in self.method.settings:
            if one.name in cleaned and not one.is_switch:
                self._settle(one, cleaned)
        return cleaned

    def _settle(self, one: Setting, cleaned: dict[str, Any]) -> None:
        text = str(cleaned[one.name] or "").strip()
        if not text:
            cleaned[one.name] = None
            return
        is_number = bool(one.unit) or isinstance(one.default, float)
        try:
            cleaned[one.name] = settled(one, text.replace(",", ".").replace("−", "-") if is_number else text)
        except CannotAnalyse as reason:
            self.add_error(one.name, str(reason))

    @property
    def stated(self) -> dict[str, SettingValue]:
        """What the person states: what they changed, and what they had stated before and left as it was."""
        told = {}
        for one in self.method.settings:
            value = self.cleaned_data.get(one.name)
            is_kept = one.name in self.stated_before
            if one.is_switch and SWITCHES not in self.data:
                continue
            if value is not None and (is_kept or not same(value, self.used.get(one.name))):
                told[one.name] = value
        return told


def field_of(setting: Setting, used: Any) -> forms.Field:
    """Return the field of one setting."""
    label, words = setting.label[:1].upper() + setting.label[1:], help_of(setting)
    if setting.is_switch:
        return forms.BooleanField(label=label, required=False, initial=bool(used), help_text=words)
    if setting.choices:
        nothing = [] if setting.default else [("", "not stated")]
        choices = [*nothing, *((one, one) for one in setting.choices)]
        return forms.ChoiceField(label=label, required=False, choices=choices, initial=used, help_text=words)
    initial = f"{used:.10g}" if isinstance(used, float) else used
    is_number = bool(setting.unit) or isinstance(setting.default, float)
    widget = forms.TextInput(attrs={"inputmode": "decimal"} if is_number else {})
    return forms.CharField(
        label=label if setting.unit in PLAIN else f"{label}, {setting.unit}",
        required=False, max_length=LONGEST, initial=initial, help_text=words, widget=widget,
    )  # fmt: skip


def help_of(setting: Setting) -> str:
    """Return what helps to fill a field; a default is said where nothing else is."""
    if setting.default in (None, "") or setting.is_switch or setting.choices:
        return setting.help
    usual = f"{setting.default:g}" if isinstance(setting.default, float) else str(setting.default)
    return f"{setting.help} Usually {usual}.".strip()


def same(one: Any, other: Any) -> bool:
    """Say whether a value is what was used, to the digits that a form shows."""
    if isinstance(one, float) and isinstance(other, int | float) and not isinstance(other, bool):
        return abs(one - other) <= 1e-9 * max(abs(one), abs(other))
    return bool(one == other)
