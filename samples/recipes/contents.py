"""What a recipe says: steps with planned values and inputs, and notes on what its source leaves open.

An empty text is "not stated"; it is shown as such and never filled in.
"""

from dataclasses import dataclass


class RecipeError(ValueError):
    """A recipe that is not of the shape described here; the message names the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """Something the source leaves open or says inconsistently, kept visible beside the step it is about."""

    text: str
    number: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedValue:
    """A value of samples.value_keys: the plan as it is typed, and the source's own words where they differ."""

    key: str
    planned: str = ""
    stated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedInput:
    """Something a step uses; `chemical` is the short name of a bottle, or what a precursor batch is of."""

    key: str
    label: str
    chemical: str
    role: str
    amount: str = ""
    whole_batch: bool = False
    # The element that counts in molar ratios, and how many of it one formula gives.
    element: str = ""
    elements_per_formula: int = 0

    @property
    def is_solvent(self) -> bool:
        """Say whether the input only carries or precipitates the others."""
        return self.role in {"solvent", "antisolvent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFact:
    """A text a specimen needs, such as its substrate, with the choices to offer."""

    key: str
    label: str
    planned: str = ""
    stated: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """One step; `temperature` and `duration` are words where the source gives no number for a value."""

    key: str
    title: str
    instruction: str = ""
    vessel: str = ""
    atmosphere: str = ""
    temperature: str = ""
    duration: str = ""
    ends_when: str = ""
    look_before: str = ""
    look_after: str = ""
    is_optional: bool = False
    # Another kind of process than the recipe's own, such as the clean-up spin after a precipitation round.
    process: str = ""
    stamps: tuple[str, ...] = ()
    optional_stamps: tuple[str, ...] = ()
    values: tuple[PlannedValue, ...] = ()
    inputs: tuple[PlannedInput, ...] = ()

    @property
    def said_temperature(self) -> str:
        """Return the temperature in words or as planned; an empty text is "not stated"."""
        return self.temperature or self._planned("_c")

    @property
    def said_duration(self) -> str:
        """Return the duration in words or as planned; an empty text is "not stated"."""
        return self.duration or self._planned("_min", "_s")

    def _planned(self, *units: str) -> str:
        return next((one.planned or one.stated for one in self.values if one.key.endswith(units)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeContent:
    """One version of a recipe."""

    slug: str
    title: str
    kind: str
    makes: str
    code_prefix: str = ""
    nominal_amount: str = ""
    repeats: str = ""
    source: str = ""
    facts: tuple[PlannedFact, ...] = ()
    steps: tuple[PlannedStep, ...]
    notes: tuple[SourceNote, ...] = ()

    @property
    def inputs(self) -> tuple[PlannedInput, ...]:
        """Return every input in the order of the steps."""
        return tuple(one for step in self.steps for one in step.inputs)

    @property
    def values(self) -> tuple[PlannedValue, ...]:
        """Return the values of the recipe's own process, in the order of the steps."""
        return tuple(one for step in self.steps if not step.process for one in step.values)

    def input(self, key: str) -> PlannedInput:
        """Return the input of this name; raises KeyError."""
        return {one.key: one for one in self.inputs}[key]

    def value(self, key: str) -> PlannedValue:
        """Return the value of this name in the recipe's own process; raises KeyError."""
        return {one.key: one for one in self.values}[key]

    def step(self, key: str) -> PlannedStep:
        """Return the step of this name; raises KeyError."""
        return {one.key: one for one in self.steps}[key]

    def step_of_input(self, key: str) -> str:
        """Return the name of the step that uses an input, or nothing for an input the recipe does not know."""
        return next((step.key for step in self.steps if any(one.key == key for one in step.inputs)), "")

    def step_of_value(self, key: str) -> str:
        """Return the name of the step that has a value, or nothing for a value the recipe does not know."""
        own = (step for step in self.steps if not step.process)
        return next((step.key for step in own if any(one.key == key for one in step.values)), "")

    def notes_of(self, step: str) -> tuple[SourceNote, ...]:
        """Return the source notes about one step."""
        return tuple(note for note in self.notes if note.step == step)
