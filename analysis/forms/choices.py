"""The form of what a lab states for a method once and for all."""

from typing import Any

from django import forms

from analysis.forms.settings import SettingsForm
from analysis.methods.contract import Method, SettingValue
from analysis.models import MethodChoice

AUTOMATIC = "runs_by_itself"


class ChoiceForm(SettingsForm):
    """Settings that hold where neither a person nor a recording says otherwise; empty ones are not stated."""

    def __init__(self, *args: Any, method: Method, choice: MethodChoice | None, **kwargs: Any) -> None:
        kept = dict(choice.settings) if choice else {}
        super().__init__(*args, method=method, used=kept, stated=kept, **kwargs)
        for name in [one.name for one in method.settings if one.is_switch]:
            # A switch has no third position for "not stated".
            del self.fields[name]
        if method.is_automatic:
            self.fields[AUTOMATIC] = forms.BooleanField(
                label="Runs by itself on new measurements", required=False,
                initial=choice.is_automatic if choice else True,
            )  # fmt: skip

    @property
    def stated(self) -> dict[str, SettingValue]:
        """Every setting that is stated."""
        told = {one.name: self.cleaned_data.get(one.name) for one in self.method.settings}
        return {name: value for name, value in told.items() if value not in (None, "")}

    @property
    def is_automatic(self) -> bool:
        """Whether the method runs by itself here."""
        return bool(self.cleaned_data.get(AUTOMATIC, True))
