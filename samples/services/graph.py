"""The moves of the graph: a process uses samples and makes samples, all noted in one journal."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.models import Lab, Project, User
from labbook.services.codes import refusing_taken_code, register_code, remember_number, take_tag
from samples.kinds import Precision, ProcessKind, SampleKind, Unit
from samples.lineage.walk import path_down
from samples.models import (
    BottleDetail,
    Process,
    ProcessInput,
    ProcessStatus,
    Sample,
    SampleStatus,
    SpecimenDetail,
    Synthesis,
    VialDetail,
)
from samples.services.indexing import index_sample
from samples.services.ledger import credit_made, debit

DETAILS = {"bottle": BottleDetail, "vial": VialDetail, "specimen": SpecimenDetail}


@dataclass(frozen=True, slots=True)
class Made:
    """A sample about to be made: what it is, how much, and the detail row of its kind."""

    kind: SampleKind
    code: str
    unit: Unit
    amount: Decimal | None
    as_written: str = ""
    at: datetime | None = None
    precision: Precision | None = None
    fraction: Sample | None = None
    title: str = ""
    note: str = ""
    solvent: str = ""
    look: str = ""
    status: SampleStatus = SampleStatus.IN_USE
    # Columns of the detail row, under "bottle", "vial" or "specimen".
    details: dict[str, dict[str, Any]] = field(default_factory=dict)


def make_process(
    journal: Journal,
    *,
    kind: ProcessKind,
    at: datetime,
    precision: Precision = Precision.MINUTE,
    operator: str = "",
    status: ProcessStatus = ProcessStatus.DONE,
    project: Project | None = None,
    synthesis: Synthesis | None = None,
    treats: Sample | None = None,
    **facts: Any,
) -> Process:
    """Write a new process; `facts` are further columns such as round_number, recipe, look or purpose."""
    if status == ProcessStatus.DONE and journal.is_future(at):
        raise Refusal("This moment lies in the future.", field="at")
    owner = synthesis or treats
    process = Process.objects.create(
        lab=journal.lab, created_by=journal.by, kind=kind, status=status, operator=operator,
        started_at=at, started_at_precision=precision, synthesis=synthesis, treats=treats,
        project=project or (owner.project if owner else None), **facts,
    )  # fmt: skip
    journal.created(process, kind=process.get_kind_display(), started_at=at, operator=operator)
    return process


def plan_input(journal: Journal, *, process: Process, sample: Sample | None, unit: Unit, **facts: Any) -> ProcessInput:
    """Write an input that a process will use; nothing is debited until `use_input`."""
    _join_project(process, sample)
    line = ProcessInput.objects.create(process=process, sample=sample, unit=unit, **facts)
    journal.changed(process, "input planned", {_line_name(line): (None, line.planned_as_written or "planned")})
    return line


def use_input(
    journal: Journal,
    *,
    line: ProcessInput,
    amount: Decimal | None,
    at: datetime,
    by: str = "",
    as_written: str = "",
    stderr: Decimal | None = None,
    recount: Decimal | None = None,
) -> ProcessInput:
    """Use a planned input now: debit its sample and write the actual amount, in one go.

    Raises Refusal for a cycle, a sample younger than the process, or a use beyond the book balance.
    """
    process = line.process
    if line.used_at is not None:
        raise Refusal(f"{_line_name(line)} was already used here.", field="sample")
    if line.sample is not None:
        check_order(process, line.sample, at=at)
        check_no_cycle(process, line.sample, asked_by=journal.by)
        debit(
            journal, sample=line.sample, amount=amount, process=process, at=at, by=by,
            as_written=as_written, recount=recount,
        )  # fmt: skip
    line.amount, line.amount_stderr, line.as_written, line.used_at = amount, stderr, as_written[:60], at
    line.save(update_fields=["amount", "amount_stderr", "as_written", "used_at"])
    journal.changed(process, "input used", {_line_name(line): (None, as_written or amount)})
    return line


def use(
    journal: Journal,
    *,
    process: Process,
    sample: Sample | None,
    amount: Decimal | None,
    unit: Unit | None = None,
    at: datetime | None = None,
    by: str | None = None,
    as_written: str = "",
    recount: Decimal | None = None,
    stderr: Decimal | None = None,
    **facts: Any,
) -> ProcessInput:
    """Let a process use a sample, or a gap when `sample` is null and `description` says what it was.

    `amount` is in the sample's unit (in `unit` for a gap); null means not recorded.
    """
    chosen = Unit(sample.unit) if sample is not None else unit
    if chosen is None:
        raise Refusal("An input without a sample needs a unit.", field="unit")
    line = plan_input(journal, process=process, sample=sample, unit=chosen, **facts)
    return use_input(
        journal, line=line, amount=amount, at=at or process.started_at, by=process.operator if by is None else by,
        as_written=as_written, stderr=stderr, recount=recount,
    )  # fmt: skip


def make_sample(journal: Journal, *, process: Process, made: Made) -> Sample:
    """Let a process make a sample; it inherits the project and the syntheses of the process's inputs.

    Raises Refusal("code") when the code is taken, Refusal("at") when it is older than its parents.
    """
    at, precision = made.at or process.started_at, made.precision or Precision(process.started_at_precision)
    tag = take_tag()
    with refusing_taken_code(made.code):
        sample = Sample.objects.create(
            lab=journal.lab, created_by=journal.by, project=process.project, code=made.code, tag=tag, kind=made.kind,
            origin=process, fraction=made.fraction, unit=made.unit, made_amount=made.amount, title=made.title[:200],
            note=made.note, solvent=made.solvent, look=made.look, status=made.status, made_at=at,
            made_at_precision=precision, made_by=process.operator,
        )  # fmt: skip
    register_code(record=sample, code=made.code, tag=tag, record_type="sample")
    remember_number(lab=journal.lab, code=made.code)
    inputs = list(process.inputs.filter(sample__isnull=False).select_related("sample"))
    _inherit_syntheses(process, sample, inputs)
    for name, facts in made.details.items():
        DETAILS[name](sample=sample, **facts).save(force_insert=True)
    journal.created(sample, code=sample.code, kind=sample.get_kind_display(), amount=made.amount, unit=made.unit)
    if made.status != SampleStatus.PLANNED:
        for line in inputs:
            check_order(process, line.sample, at=at)
        credit_made(
            journal, sample=sample, amount=made.amount, process=process, at=at, by=process.operator,
            text=made.as_written,
        )  # fmt: skip
    index_sample(sample)
    return sample


def check_order(process: Process, parent: Sample | None, *, at: datetime) -> None:
    """Refuse to use a sample before it was made, at the coarser precision of the two moments."""
    if parent is None:
        return
    zone = ZoneInfo(process.lab.time_zone)
    precision = coarser(process.started_at_precision, parent.made_at_precision)
    if truncated(at, precision, zone) < truncated(parent.made_at, precision, zone):
        when = parent.made_at.astimezone(zone)
        raise Refusal(
            f"{parent.code} was made on {when:%d %b %Y at %H:%M}, after this. "
            "What is made cannot be older than its source.",
            field="at",
        )


def check_no_cycle(process: Process, parent: Sample, *, asked_by: User | None) -> None:
    """Refuse an input that descends from what the process makes; names the way round as the person may see it.

    The lab's row is locked first, so that two people cannot close a circle from both ends at once.
    """
    outputs = list(process.outputs.values_list("pk", flat=True))
    if not outputs:
        return
    Lab.objects.select_for_update().get(pk=process.lab_id)
    for output in outputs:
        path = path_down(output, parent.pk)
        if path:
            seen = Sample.objects.visible_to(asked_by) if asked_by else Sample.objects.all()
            codes = dict(seen.filter(pk__in=path).values_list("pk", "code"))
            way = " → ".join(codes.get(one, "restricted") for one in path)
            raise Refusal(f"{parent.code} descends from what it would make: {way}.", field="sample")


def coarser(one: str, other: str) -> str:
    """Return the less precise of two precisions."""
    order = list(Precision.values)
    return min(one, other, key=order.index)


def truncated(at: datetime, precision: str, zone: ZoneInfo) -> datetime:
    """Return a moment cut to a precision in the lab's own time."""
    local = at.astimezone(zone)
    if precision == Precision.DAY:
        return local.replace(hour=0, minute=0, second=0, microsecond=0)
    return local.replace(second=0, microsecond=0) if precision == Precision.MINUTE else local.replace(microsecond=0)


def _join_project(process: Process, sample: Sample | None) -> None:
    """Carry a restricted input's project over to the process; two different projects cannot mix."""
    if sample is None or sample.project_id is None or sample.project_id == process.project_id:
        return
    if process.project_id is not None:
        raise Refusal(f"{sample.code} belongs to another project than the rest of this process.", field="sample")
    process.project = sample.project
    process.save(update_fields=["project"])


def _inherit_syntheses(process: Process, sample: Sample, inputs: list[ProcessInput]) -> None:
    through = Synthesis.samples.through.objects
    parents = [line.sample_id for line in inputs if line.sample_id is not None]
    found = set(through.filter(sample_id__in=parents).values_list("synthesis_id", flat=True)) if parents else set()
    if process.synthesis_id:
        found.add(process.synthesis_id)
    # A new sample has none yet, so there is nothing to compare with.
    through.bulk_create([through.model(sample_id=sample.pk, synthesis_id=one) for one in sorted(found)])


def _line_name(line: ProcessInput) -> str:
    return line.sample.code if line.sample else line.description or "input"
