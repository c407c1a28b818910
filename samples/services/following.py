"""Following a recipe in one go: its steps are done, its plan is kept, and what was done stands beside it."""

from collections.abc import Sequence

from labbook.journal import Journal
from samples.models import Process, RecipeVersion, Step, StepStatus
from samples.recipes.contents import RecipeContent
from samples.recipes.reading import read_content
from samples.services.plans import copy_steps
from samples.services.precursors import ValueLine
from samples.services.values import record_value


class Following:
    """A process that was done after a recipe, or after none."""

    def __init__(self, journal: Journal, process: Process, recipe: RecipeVersion | None) -> None:
        self.journal, self.process = journal, process
        self.content: RecipeContent | None = read_content(recipe.content) if recipe else None
        self.steps: dict[str, Step] = {}
        if self.content is not None:
            self.steps = copy_steps(journal, process=process, content=self.content)
            Step.objects.filter(process=process).update(status=StepStatus.DONE, done_at=process.started_at)

    def step_of_input(self, key: str) -> Step | None:
        """Return the step that uses an input."""
        return self.steps.get(self.content.step_of_input(key)) if self.content else None

    def record(self, lines: Sequence[ValueLine]) -> None:
        """Write the values that were given."""
        for line in lines:
            step = self.steps.get(self.content.step_of_value(line.key)) if self.content else None
            if line.planned is not None or line.actual is not None:
                record_value(
                    self.journal, process=self.process, key=line.key, planned=line.planned, actual=line.actual,
                    step=step, reason=line.reason,
                )  # fmt: skip
