"""The settings of a run: what a person states, else what was recorded, else what the lab states once and for all."""

from collections.abc import Mapping
from typing import Any

from analysis.methods.contract import Method, SettingValue
from analysis.models import MethodChoice
from labbook.models import Lab


def choices_of(lab: Lab, method: Method) -> dict[str, SettingValue]:
    """Return what a lab states for a method."""
    found = MethodChoice.objects.filter(lab=lab, method=method.name).values_list("settings", flat=True).first()
    return dict(found or {})


def settings_for(
    method: Method, *, stated: Mapping[str, Any], recorded: Mapping[str, Any], lab_choices: Mapping[str, Any]
) -> dict[str, SettingValue]:
    """Return the settings of a run that somebody or something states; the rest keeps its default, or is asked for."""
    told: dict[str, SettingValue] = {}
    for setting in method.settings:
        named = (recorded.get(key) for key in (setting.name, *setting.from_conditions))
        found = next((value for value in named if value not in (None, "")), None)
        value = stated.get(setting.name, found if found is not None else lab_choices.get(setting.name))
        if value not in (None, ""):
            told[setting.name] = value
    return told
