"""The form of a recipe's next version: texts and planned values of its steps; the structure stays."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms import BoundField

from samples.recipes.contents import PlannedInput, PlannedStep, PlannedValue, RecipeContent, RecipeError
from samples.recipes.reading import read_content, write_content
from samples.value_keys import VALUE_KEYS

# What a step says in words: column, label, longest text.
TEXTS = (
    ("instruction", "What to do", 2000),
    ("vessel", "Vessel", 120),
    ("atmosphere", "Atmosphere", 60),
    ("temperature", "Temperature, in words", 120),
    ("duration", "Duration, in words", 120),
    ("ends_when", "Ends when", 120),
    ("look_before", "Look before", 120),
    ("look_after", "Look after", 120),
)


@dataclass(frozen=True, slots=True)
class StepFields:
    """A step and the boxes that change it."""

    step: PlannedStep
    texts: tuple[BoundField, ...]
    plans: tuple[BoundField, ...]


class RecipeForm(forms.Form):
    """A recipe's words and plan; an empty box is "not stated"."""

    title = forms.CharField(label="Title", max_length=120)
    reason = forms.CharField(label="Why", max_length=300, required=False)

    def __init__(self, *args: Any, content: RecipeContent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = content
        self.initial["title"] = content.title
        for step in content.steps:
            for name, label, length in TEXTS:
                area = forms.Textarea(attrs={"rows": 2}) if name == "instruction" else None
                self._add(f"{step.key}.{name}", label, length, getattr(step, name), area)
            for value in step.values:
                self._add(f"{step.key}.{value.key}", VALUE_KEYS[value.key].label, 60, value.planned)
            for given in step.inputs:
                self._add(f"{step.key}.{given.key}", f"Amount of {given.label}", 60, given.amount)

    def _add(self, name: str, label: str, length: int, initial: str, widget: forms.Textarea | None = None) -> None:
        field = forms.CharField(label=label, max_length=length, required=False, widget=widget or forms.TextInput())
        self.fields[name], self.initial[name] = field, initial

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                cleaned["content"] = read_content(write_content(self._changed(cleaned)))
            except RecipeError as error:
                self.add_error(self.field_at(str(error)), str(error).partition(": ")[2])
        return cleaned

    def _changed(self, cleaned: dict[str, Any]) -> RecipeContent:
        steps = tuple(self._step(step, cleaned) for step in self.content.steps)
        return replace(self.content, title=cleaned["title"], steps=steps)

    def _step(self, step: PlannedStep, cleaned: dict[str, Any]) -> PlannedStep:
        texts = {name: cleaned[f"{step.key}.{name}"].strip() for name, _, _ in TEXTS}
        values: tuple[PlannedValue, ...] = tuple(
            replace(one, planned=cleaned[f"{step.key}.{one.key}"].strip()) for one in step.values
        )
        inputs: tuple[PlannedInput, ...] = tuple(
            replace(one, amount=cleaned[f"{step.key}.{one.key}"].strip()) for one in step.inputs
        )
        return replace(step, values=values, inputs=inputs, **texts)

    def field_at(self, message: str) -> str | None:
        """Return the box that an error such as "steps[2].values[1].planned: …" is about, or none."""
        for step_number, step in enumerate(self.content.steps, 1):
            boxes = [(f"values[{number}].planned", value.key) for number, value in enumerate(step.values, 1)]
            boxes += [(f"inputs[{number}].amount", given.key) for number, given in enumerate(step.inputs, 1)]
            for place, key in boxes:
                if message.startswith(f"steps[{step_number}].{place}:"):
                    return f"{step.key}.{key}"
        return None

    def steps(self) -> list[StepFields]:
        """Return the steps with their boxes, for the page."""
        return [
            StepFields(
                step,
                tuple(self[f"{step.key}.{name}"] for name, _, _ in TEXTS),
                tuple(self[f"{step.key}.{key}"] for key in plan_keys(step)),
            )
            for step in self.content.steps
        ]


def plan_keys(step: PlannedStep) -> list[str]:
    """Return the names of a step's inputs, then of its values."""
    return [given.key for given in step.inputs] + [value.key for value in step.values]
