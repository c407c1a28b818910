"""Running a method: its settings are checked and filled, and whatever goes wrong becomes a refusal that says why."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any

from analysis.methods.contract import WARNING, Flag, Method, Outcome, Setting, SettingValue, Work
from analysis.methods.table import METHODS
from analysis.physics.refusing import CannotAnalyse

Runs = Callable[[Work], Outcome]


def run_method(name: str, work: Work) -> Outcome:
    """Return what a method answers; it never raises for data, however broken.

    `work.settings` may leave out what has a default; a needed setting that nobody stated is a refusal that asks.
    """
    started = time.perf_counter()
    try:
        method = METHODS[name]
        filled = replace(work, settings=filled_settings(method, work.settings))
        check_inputs(method, filled)
        outcome = warned(function_of(method)(filled), filled)
    except CannotAnalyse as reason:
        outcome = Outcome(refused=str(reason))
    except MemoryError:
        outcome = Outcome(refused="This needs more memory than there is; cut the data down.")
    except (ArithmeticError, ValueError, LookupError, TypeError) as error:
        outcome = Outcome(refused=f"This could not be analysed ({type(error).__name__}: {error})"[:300])
    return replace(outcome, seconds=time.perf_counter() - started)


def warned(outcome: Outcome, work: Work) -> Outcome:
    """Return an outcome with what the readers of its signals warned of, which a person has to accept."""
    said = {
        f"{one.label or role}: {one.settings[WARNING]}."
        for role, several in work.signals.items()
        for one in several
        if one.settings.get(WARNING)
    }
    advice = "Export it again, or accept what is left."
    flags = [Flag("read_with_warning", f"{text} {advice}", is_grave=True) for text in sorted(said)]
    return outcome if outcome.refused else replace(outcome, flags=(*flags, *outcome.flags))


def function_of(method: Method) -> Runs:
    """Return the function that does a method's work."""
    module, _, name = method.run.rpartition(".")
    found: Runs = getattr(import_module(module), name)
    return found


def filled_settings(method: Method, stated: Mapping[str, Any]) -> dict[str, SettingValue]:
    """Return every setting of a method; raises CannotAnalyse for one that is unknown, missing or out of bounds."""
    unknown = set(stated) - {one.name for one in method.settings}
    if unknown:
        known = ", ".join(one.name for one in method.settings)
        raise CannotAnalyse(f"{method.name} has no setting {', '.join(sorted(unknown))}; it has {known or 'none'}.")
    return {one.name: settled(one, stated.get(one.name)) for one in method.settings}


def settled(setting: Setting, stated: Any) -> SettingValue:
    """Return one setting's value, the default where nothing is stated."""
    value = setting.default if stated in (None, "") else stated
    if value is None:
        if setting.is_needed:
            choices = f" ({', '.join(setting.choices)})" if setting.choices else ""
            raise CannotAnalyse(f"State {setting.label}{choices}: {setting.name}. {setting.help}".strip())
        return None
    if setting.is_switch:
        return value if isinstance(value, bool) else str(value).lower() in {"1", "true", "yes", "on"}
    if setting.choices:
        return chosen(setting, str(value))
    return number(setting, value) if setting.unit or isinstance(setting.default, float) else str(value)


def chosen(setting: Setting, value: str) -> str:
    """Return a choice if the setting has it."""
    if value not in setting.choices:
        raise CannotAnalyse(f"{setting.name} is one of {', '.join(setting.choices)}, not “{value}”.")
    return value


def number(setting: Setting, value: Any) -> float:
    """Return a number if it lies within the setting's bounds."""
    try:
        told = float(value)
    except (TypeError, ValueError):
        raise CannotAnalyse(f"{setting.name} is a number in {setting.unit or 'plain'}, not “{value}”.") from None
    if not math.isfinite(told) or not setting.lower <= told <= setting.upper:
        raise CannotAnalyse(f"{setting.name} lies between {setting.lower:g} and {setting.upper:g}, not at {told:g}.")
    return told


def check_inputs(method: Method, work: Work) -> None:
    """Refuse work that lacks an input, or has two where one is meant."""
    for one in method.inputs:
        given = len(work.signals.get(one.role, ())) + (one.role in work.points)
        if one.is_needed and not given:
            raise CannotAnalyse(f"{method.title} needs {one.label}.")
        if given > 1 and not one.is_many:
            raise CannotAnalyse(f"{method.title} takes one {one.label}, not {given}.")
