"""Precursor batches: prepared from bottles after a recipe, in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.quantities import Quantity, QuantityRange
from labbook.services.codes import next_code
from samples.kinds import Precision, ProcessKind, SampleKind, Unit
from samples.models import Process, RecipeVersion, Sample, Step, StepStatus
from samples.recipes.reading import read_content
from samples.services.graph import Made, make_process, make_sample, use
from samples.services.plans import copy_steps
from samples.services.values import record_value

# Of a precursor without a recipe.
CODE_PREFIX = "PR"


@dataclass(frozen=True, slots=True)
class InputLine:
    """One thing a batch was made from; without a sample it is a gap that `description` names.

    Amounts are in `unit`, which is the sample's own; null when not recorded.
    """

    key: str
    unit: Unit
    sample: Sample | None = None
    amount: Decimal | None = None
    as_written: str = ""
    stderr: Decimal | None = None
    planned_amount: Decimal | None = None
    planned_as_written: str = ""
    description: str = ""
    is_solvent: bool = False
    reason: str = ""
    recount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One value of the preparation; a plan that is null is taken from the recipe."""

    key: str
    planned: QuantityRange | None = None
    actual: Quantity | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StepLine:
    """How one step looked."""

    key: str
    look_before: str = ""
    look_after: str = ""


def prepare(
    journal: Journal,
    *,
    title: str,
    at: datetime,
    operator: str,
    lines: list[InputLine],
    values: list[ValueLine],
    volume_ul: Decimal | None,
    recipe_version: RecipeVersion | None = None,
    code: str | None = None,
    precision: Precision = Precision.MINUTE,
    steps: list[StepLine] | None = None,
    as_written: str = "",
    note: str = "",
) -> Sample:
    """Write a precursor batch: the preparation, what it used, its values and the batch in one go.

    `volume_ul` null means not recorded. A Refusal names its line as "oa.amount".
    """
    content = read_content(recipe_version.content) if recipe_version else None
    makes = content.makes if content else title
    process = make_process(
        journal, kind=ProcessKind.PREPARATION, at=at, precision=precision, operator=operator,
        recipe=recipe_version, purpose=makes[:120],
    )  # fmt: skip
    rows = copy_steps(journal, process=process, content=content) if content else {}
    _write_looks(process, rows, steps or [], at)
    for line in lines:
        _use_line(journal, process, line, rows.get(content.step_of_input(line.key)) if content else None)
    for value in values:
        _write_value(journal, process, value, rows.get(content.step_of_value(value.key)) if content else None)
    return make_sample(
        journal,
        process=process,
        made=Made(
            kind=SampleKind.PRECURSOR,
            code=code or next_code(lab=journal.lab, prefix=(content.code_prefix if content else "") or CODE_PREFIX),
            unit=Unit.UL,
            amount=volume_ul,
            as_written=as_written,
            title=title,
            note=note,
            solvent=_solvent(lines),
        ),
    )


def _use_line(journal: Journal, process: Process, line: InputLine, step: Step | None) -> None:
    """Use one line, and say which one it was when it is refused."""
    description = line.description or (line.sample.title if line.sample else "")
    try:
        use(
            journal, process=process, sample=line.sample, amount=line.amount, unit=line.unit, step=step,
            as_written=line.as_written, stderr=line.stderr, recount=line.recount, key=line.key,
            description=description[:120], is_solvent=line.is_solvent, planned_amount=line.planned_amount,
            planned_as_written=line.planned_as_written[:60], reason=line.reason[:200],
        )  # fmt: skip
    except Refusal as refusal:
        field = f"{line.key}.{refusal.field or 'amount'}"
        raise Refusal(refusal.message, field=field, offer=refusal.offer) from refusal


def _write_value(journal: Journal, process: Process, line: ValueLine, step: Step | None) -> None:
    if line.planned is None and line.actual is None and not line.reason:
        return
    record_value(
        journal, process=process, key=line.key, planned=line.planned, actual=line.actual, step=step, reason=line.reason
    )


def _write_looks(process: Process, rows: dict[str, Step], lines: list[StepLine], at: datetime) -> None:
    """Mark the steps as done, with the look each had."""
    looks = {line.key: line for line in lines}
    for key, row in rows.items():
        line = looks.get(key, StepLine(key))
        row.look_before, row.look_after = line.look_before[:120], line.look_after[:120]
        row.status, row.done_at = StepStatus.DONE, at
    Step.objects.bulk_update(rows.values(), ["look_before", "look_after", "status", "done_at"])


def _solvent(lines: list[InputLine]) -> str:
    """Return the short names of the solvents, as a label says them."""
    shorts = [line.sample.bottle.short if line.sample else line.description for line in lines if line.is_solvent]
    return ", ".join(shorts)[:60]
