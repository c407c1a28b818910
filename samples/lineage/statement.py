"""The provenance statement: what the records say of a sample's making, and what they do not say."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from labbook.models import Lab, User
from labbook.quantities import Moment, show, show_moment, show_range
from samples.kinds import ProcessKind, SampleKind
from samples.lineage.closure import Closure, closure_of
from samples.lineage.stays import Stay, stays_until
from samples.lineage.words import NOT_RECORDED, amount_said, used
from samples.models import Move, Process, ProcessInput, ProcessStatus, ProcessValue, Sample
from samples.value_keys import VALUE_KEYS


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One process of the chain: what was made of what, when, by whom, with its values and deviations."""

    number: int
    process: Process
    what: str
    when: str
    made: list[Sample]
    used: list[str]
    values: list[str]
    deviations: list[str]


@dataclass(slots=True)
class Statement:
    """Everything the printed page says; `gaps` is what it cannot say."""

    sample: Sample
    closure: Closure
    steps: list[ChainStep] = field(default_factory=list)
    stays: list[tuple[Sample, list[Stay]]] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    versions: list[tuple[str, int]] = field(default_factory=list)


def statement_of(sample: Sample, user: User, lab: Lab) -> Statement:
    """Return the statement of a sample, from the oldest process to the one that made it."""
    closure = closure_of([sample.pk], user)
    found = Statement(sample=sample, closure=closure)
    values: dict[int, list[ProcessValue]] = defaultdict(list)
    done = [*closure.processes.values(), *treatments_in(closure, user)]
    processes = sorted(done, key=lambda one: (one.started_at, one.pk))
    for value in ProcessValue.objects.filter(process__in=processes).order_by("pk"):
        values[value.process_id].append(value)
    for number, process in enumerate(processes, start=1):
        found.steps.append(chain_step(number, process, values[process.pk], closure, lab))
    found.stays = stays_before_use(closure, sample)
    found.gaps = gaps_of(found, values)
    found.versions = sorted((one.code, one.version) for one in closure.samples.values())
    found.versions += sorted((one.code, one.version) for one in closure.syntheses.values())
    return found


def treatments_in(closure: Closure, user: User) -> list[Process]:
    """Return what was done in place to the samples of a chain: filtered, spun again, dried, reheated."""
    seen = Process.objects.visible_to(user).exclude(status=ProcessStatus.ABORTED)
    return list(seen.filter(treats__in=list(closure.samples)))


def chain_step(number: int, process: Process, values: list[ProcessValue], closure: Closure, lab: Lab) -> ChainStep:
    """Return one row of the chain table."""
    its = (one for one in closure.samples.values() if process.pk == one.origin_id or process.treats_id == one.pk)
    made = sorted(its, key=lambda one: one.code)
    round_number = f", round {process.round_number}" if process.round_number else ""
    return ChainStep(
        number=number,
        process=process,
        what=f"{process.get_kind_display()}{round_number}",
        when=said_moment(process.started_at, process.started_at_precision, lab),
        made=made,
        used=[said_input(line, closure) for line in closure.inputs.get(process.pk, [])] + said_treatment(process),
        values=[f"{label_of(one).lower()} {said_value(one)}" for one in values if one.actual is not None],
        deviations=[f"{label_of(one)}: {said_value(one)}" for one in values if deviates(one)],
    )


def said_treatment(process: Process) -> list[str]:
    """Return how a sample was treated in place: "0.22 µm PVDF", "kept the liquid"."""
    if process.treats_id is None:
        return []
    phases = (("kept", process.phase_kept), ("discarded", process.phase_discarded))
    return [*([process.note] if process.note else []), *(f"{verb} {phase}" for verb, phase in phases if phase)]


def said_input(line: ProcessInput, closure: Closure) -> str:
    """Return "PbI2 BT-102 0.2497 g (plan 0.25 g)"."""
    sample = closure.samples.get(line.sample_id or 0)
    bottle = getattr(sample, "bottle", None)
    name = sample.code if sample else (line.description if line.sample_id is None else "restricted sample")
    words = f"{bottle.short} {name}" if bottle else name
    plan = line.planned_amount
    said = used(line, None)
    is_off = plan is not None and line.amount is not None and plan != line.amount
    return f"{words} {said}" + (f" (plan {amount_said(plan, line.unit)})" if is_off else "")


def said_value(value: ProcessValue) -> str:
    """Return "169.2 °C (plan 170 °C)"; the plan is left out where it was kept."""
    if value.actual is None:
        return NOT_RECORDED
    said = show(value.actual, value.unit, value.actual_stderr)
    return f"{said} (plan {said_plan(value)})" if deviates(value) else said


def said_plan(value: ProcessValue) -> str:
    """Return the planned value or range."""
    low, high = value.planned_low, value.planned_high
    if low is None:
        return NOT_RECORDED
    return show_range(low, low if high is None else high, value.unit)


def deviates(value: ProcessValue) -> bool:
    """Say whether the actual value lies outside the planned one or range."""
    if value.actual is None or value.planned_low is None:
        return False
    high = value.planned_low if value.planned_high is None else value.planned_high
    return not value.planned_low <= value.actual <= high


def label_of(value: ProcessValue) -> str:
    """Return the value's name in words."""
    known = VALUE_KEYS.get(value.key)
    return known.label if known else value.key.replace("_", " ")


def said_moment(at: datetime, precision: str, lab: Lab) -> str:
    """Return a moment as the lab's clock shows it, no more precise than it is known."""
    return show_moment(Moment(at, "day" if precision == "day" else "minute"), lab.zone)


def stays_before_use(closure: Closure, sample: Sample) -> list[tuple[Sample, list[Stay]]]:
    """Return where the sample's vials were until they were used for what leads here."""
    until: dict[int, datetime] = {}
    for link in closure.links:
        process = closure.processes.get(link.process_id)
        if process is not None:
            until[link.parent_id] = max(until.get(link.parent_id, process.started_at), process.started_at)
    vials = [
        closure.samples[pk] for pk in until if pk in closure.samples and closure.samples[pk].kind == SampleKind.VIAL
    ]
    moves: dict[int, list[Move]] = defaultdict(list)
    for move in Move.objects.filter(sample__in=vials).select_related("place").order_by("moved_at"):
        moves[move.sample_id].append(move)
    return [(one, stays_until(moves[one.pk], until[one.pk])) for one in sorted(vials, key=lambda one: one.code)]


def gaps_of(found: Statement, values: dict[int, list[ProcessValue]]) -> list[str]:
    """Return, in words, everything the statement should say and the records do not."""
    gaps: list[str] = []
    for step in found.steps:
        gaps += gaps_of_step(step, found.closure)
        gaps += [
            f"{label_of(value).lower()} of {step.what} ({names_of(step)})"
            for value in values[step.process.pk]
            if value.actual is None
        ]
    gaps += [f"storage of {vial.code} before its use" for vial, stays in found.stays if not stays]
    if found.closure.hidden:
        gaps.append("what lies in a restricted project is not shown here")
    return list(dict.fromkeys(gaps))


def gaps_of_step(step: ChainStep, closure: Closure) -> list[str]:
    """Return what one step leaves open: lots, amounts, the person, parents."""
    gaps: list[str] = []
    process = step.process
    if process.kind == ProcessKind.RECEIVED:
        bottles = [one for one in step.made if one.kind == SampleKind.BOTTLE]
        gaps += [f"lot of {one.code}" for one in bottles if not one.bottle.lot]
        return gaps + [f"parents of {one.code}, which was received" for one in step.made if one not in bottles]
    if not process.operator:
        gaps.append(f"who did {step.what} ({names_of(step)})")
    for line in closure.inputs.get(process.pk, []):
        sample = closure.samples.get(line.sample_id or 0)
        name = sample.code if sample else line.description or "an input"
        if line.sample_id is None:
            gaps.append(f"bottle of {name} used in {step.what}")
        if line.used_at is not None and line.amount is None:
            gaps.append(f"amount of {name} used in {step.what}")
    made = [] if process.treats_id else step.made
    return gaps + [f"amount of {one.code} made" for one in made if one.made_amount is None]


def names_of(step: ChainStep) -> str:
    """Return the codes of what a step made."""
    return ", ".join(one.code for one in step.made) or "nothing recorded"
