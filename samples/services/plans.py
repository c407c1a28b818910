"""Copying a recipe into a process that is about to be done: its steps and planned values."""

from labbook.journal import Journal
from labbook.quantities import parse_range
from samples.models import Process, ProcessValue, Step
from samples.recipes.contents import PlannedStep, PlannedValue, RecipeContent
from samples.value_keys import VALUE_KEYS


def copy_steps(journal: Journal, *, process: Process, content: RecipeContent) -> dict[str, Step]:
    """Write the recipe's own steps and planned values into a new process; returns the steps by key.

    Steps that are processes of their own, such as a clean-up spin, are left to those.
    """
    own = [step for step in content.steps if step.process in ("", process.kind)]
    rows = Step.objects.bulk_create([_step(process, position, step) for position, step in enumerate(own, 1)])
    steps = {row.key: row for row in rows}
    ProcessValue.objects.bulk_create(_value(process, value, steps[step.key]) for step in own for value in step.values)
    journal.changed(process, "recipe copied", {"recipe": (None, content.title), "steps": (None, len(steps))})
    return steps


def _step(process: Process, position: int, step: PlannedStep) -> Step:
    return Step(
        process=process,
        position=position,
        key=step.key,
        title=step.title,
        instruction=step.instruction,
        vessel=step.vessel,
        atmosphere=step.atmosphere,
        ends_when=step.ends_when,
        look_before_planned=step.look_before,
        look_after_planned=step.look_after,
        stamps=[*step.stamps, *step.optional_stamps],
    )


def _value(process: Process, value: PlannedValue, step: Step) -> ProcessValue:
    row = VALUE_KEYS[value.key]
    planned = parse_range(value.planned, row.unit) if value.planned else None
    return ProcessValue(
        process=process,
        step=step,
        key=value.key,
        unit=row.unit,
        planned_low=planned.low if planned else None,
        planned_high=planned.high if planned else None,
        planned_as_written=planned.as_written if planned else "",
    )
