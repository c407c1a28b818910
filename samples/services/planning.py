"""Planning, starting and duplicating a synthesis."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.models import Project
from labbook.quantities import Quantity, QuantityRange, parse_amount
from labbook.services.codes import next_code, register_code, remember_number, take_tag
from labbook.services.editing import locked
from samples.kinds import Precision, ProcessKind, Unit
from samples.models import (
    Process,
    ProcessInput,
    ProcessStatus,
    RecipeVersion,
    Sample,
    SampleStatus,
    Step,
    Synthesis,
    SynthesisStatus,
)
from samples.recipes.contents import RecipeContent
from samples.recipes.reading import read_content
from samples.services.graph import make_process, plan_input
from samples.services.indexing import index_synthesis
from samples.services.plans import copy_steps
from samples.services.values import record_value

CODE_PREFIX = "NC"
CS_INPUT, PB_INPUT = "cs_batch", "pb_batch"
# What the two inputs are called where no recipe names them.
NAMES = {CS_INPUT: "Cs-oleate", PB_INPUT: "PbI2 solution"}


def plan_synthesis(
    journal: Journal,
    *,
    recipe: RecipeVersion | None,
    operator: str,
    code: str | None = None,
    planned_temperature: QuantityRange | None = None,
    cs_batch: Sample | None = None,
    pb_batch: Sample | None = None,
    cs_oleate: Quantity | None = None,
    planned_for: date | None = None,
    project: Project | None = None,
    **facts: Any,
) -> Synthesis:
    """Write a planned synthesis with its hot injection: steps, planned values and inputs; nothing is debited.

    `cs_oleate` is in µl and defaults to the recipe's amount; `facts` are title, note and copied_from.
    Raises Refusal at cs_batch or pb_batch for a batch that cannot be used, at code when it is taken.
    """
    for name, batch in (("cs_batch", cs_batch), ("pb_batch", pb_batch)):
        check_batch(journal, batch, field=name)
    content = read_content(recipe.content) if recipe else None
    synthesis = _write(
        journal, code=code, content=content, recipe=recipe, operator=operator, planned_for=planned_for,
        project=project, **facts,
    )  # fmt: skip
    process = make_process(
        journal, kind=ProcessKind.HOT_INJECTION, at=_planned_moment(journal, planned_for), operator=operator,
        precision=Precision.DAY, status=ProcessStatus.PLANNED, synthesis=synthesis, recipe=recipe,
    )  # fmt: skip
    steps = copy_steps(journal, process=process, content=content) if content else {}
    if planned_temperature:
        record_value(journal, process=process, key="injection_temperature_c", planned=planned_temperature)
    _plan_inputs(journal, process=process, content=content, steps=steps, cs=cs_batch, pb=pb_batch, cs_oleate=cs_oleate)
    if process.project_id != synthesis.project_id:
        synthesis.project = process.project
        synthesis.save(update_fields=["project"])
    index_synthesis(synthesis)
    return synthesis


def start_synthesis(journal: Journal, *, synthesis: Synthesis, at: datetime | None = None) -> Synthesis:
    """Start a planned synthesis now, or at a moment that is already past."""
    held = locked(synthesis)
    if held.status != SynthesisStatus.PLANNED:
        raise Refusal(f"{held.code} is {held.get_status_display()}; only a planned synthesis can be started.")
    if at is not None and journal.is_future(at):
        raise Refusal("This moment lies in the future.", field="at")
    set_status(journal, held, SynthesisStatus.RUNNING, started_at=at or journal.at)
    process = injection_of(held)
    process.status, process.started_at = ProcessStatus.RUNNING, at or journal.at
    process.started_at_precision = Precision.SECOND
    process.save(update_fields=["status", "started_at", "started_at_precision"])
    return held


def duplicate_synthesis(
    journal: Journal, *, synthesis: Synthesis, operator: str, planned_for: date | None = None
) -> Synthesis:
    """Plan the same again: recipe, temperature and amounts are copied, what was done is not.

    Batches are taken over only while there is something left in them; else they are asked for again.
    """
    process = injection_of(synthesis)
    value = process.values.filter(key="injection_temperature_c", planned_low__isnull=False).first()
    lines = {line.key: line for line in process.inputs.select_related("sample")}
    cs = lines.get(CS_INPUT)
    planned = cs.planned_amount if cs else None
    return plan_synthesis(
        journal,
        recipe=synthesis.recipe,
        operator=operator,
        planned_temperature=QuantityRange(
            value.planned_low, value.planned_high, value.unit, value.planned_as_written
        ) if value and value.planned_low is not None and value.planned_high is not None else None,
        cs_batch=_still_usable(cs),
        pb_batch=_still_usable(lines.get(PB_INPUT)),
        cs_oleate=Quantity(planned, None, "ul", cs.planned_as_written) if cs and planned is not None else None,
        planned_for=planned_for,
        project=synthesis.project,
        copied_from=synthesis,
        title=synthesis.title,
    )  # fmt: skip


def injection_of(synthesis: Synthesis) -> Process:
    """Return the hot injection of a synthesis; every synthesis has exactly one."""
    return synthesis.processes.get(kind=ProcessKind.HOT_INJECTION)


def set_status(journal: Journal, synthesis: Synthesis, status: SynthesisStatus, **columns: Any) -> None:
    """Write a synthesis's status and what changes with it, and its search row."""
    before = {name: getattr(synthesis, name) for name in ("status", *columns)}
    for name, value in {"status": status, **columns}.items():
        setattr(synthesis, name, value)
    synthesis.version += 1
    synthesis.save(update_fields=["version", *before])
    journal.changed(synthesis, status.label, {name: (was, getattr(synthesis, name)) for name, was in before.items()})
    index_synthesis(synthesis)


def check_batch(journal: Journal, batch: Sample | None, *, field: str) -> None:
    """Refuse a batch of another lab, and one that is empty or discarded."""
    if batch is None:
        return
    if batch.lab_id != journal.lab.pk:
        raise Refusal("There is no such batch in this lab.", field=field)
    if batch.status in (SampleStatus.EMPTY, SampleStatus.DISCARDED):
        raise Refusal(f"{batch.code} is {batch.get_status_display()}. Choose another batch.", field=field)


def _write(journal: Journal, *, code: str | None, content: RecipeContent | None, **columns: Any) -> Synthesis:
    chosen = code or next_code(lab=journal.lab, prefix=(content.code_prefix if content else "") or CODE_PREFIX)
    tag = take_tag()
    synthesis = Synthesis.objects.create(lab=journal.lab, created_by=journal.by, code=chosen, tag=tag, **columns)
    register_code(record=synthesis, code=chosen, tag=tag, record_type="synthesis")
    remember_number(lab=journal.lab, code=chosen)
    journal.created(synthesis, **{name: value for name, value in columns.items() if value})
    return synthesis


def _plan_inputs(
    journal: Journal,
    *,
    process: Process,
    content: RecipeContent | None,
    steps: dict[str, Step],
    cs: Sample | None,
    pb: Sample | None,
    cs_oleate: Quantity | None,
) -> list[ProcessInput]:
    """Write what will be injected, and into which flask; the PbI2 flask is planned whole."""
    asked = content.input(CS_INPUT) if content and content.step_of_input(CS_INPUT) else None
    labels = {one.key: one.label for one in content.inputs} if content else NAMES
    if cs_oleate is None and asked and asked.amount:
        cs_oleate = parse_amount(asked.amount, "ul")
    amounts: dict[str, Decimal | None] = {
        CS_INPUT: cs_oleate.value if cs_oleate else None,
        PB_INPUT: pb.balance if pb else None,
    }
    written = {CS_INPUT: cs_oleate.as_written if cs_oleate else "", PB_INPUT: "the whole flask"}
    return [
        plan_input(
            journal, process=process, sample=batch, unit=Unit(batch.unit) if batch else Unit.UL, key=key,
            step=steps.get(content.step_of_input(key)) if content else None,
            description="" if batch else f"{labels.get(key, key)}, batch not given",
            planned_amount=amounts[key], planned_as_written=written[key],
        )
        for key, batch in ((CS_INPUT, cs), (PB_INPUT, pb))
    ]  # fmt: skip


def _planned_moment(journal: Journal, planned_for: date | None) -> datetime:
    if planned_for is None:
        return journal.at
    return datetime.combine(planned_for, time.min, ZoneInfo(journal.lab.time_zone))


def _still_usable(line: ProcessInput | None) -> Sample | None:
    batch = line.sample if line else None
    return batch if batch is not None and batch.status == SampleStatus.IN_USE and batch.balance != 0 else None
