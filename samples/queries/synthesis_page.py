"""What a synthesis's page shows: plan and actual, the rounds, the day, what is derived, what the source left open."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from labbook.quantities import show
from samples.arithmetic.injection import InjectionRatios, injection_ratios
from samples.arithmetic.reagents import PrecursorBatch, precursor_batch
from samples.kinds import ProcessKind
from samples.lineage.strip import sample_address
from samples.models import (
    Process,
    ProcessInput,
    ProcessValue,
    Sample,
)
from samples.queries.precursors import reagent_of
from samples.value_keys import VALUE_KEYS

SHOWN_UNITS = {"ul": ("ml", -3, 2), "mg": ("g", -3, 4), "piece": ("", 0, 0)}
AMOUNT_NOTABLE_FRACTION = Decimal("0.05")
NAMES = {"Cs2CO3": "Cs₂CO₃", "PbI2": "PbI₂", "OA": "Oleic acid", "OAm": "Oleylamine"}


@dataclass(frozen=True, slots=True)
class Line:
    """A planned and an actual number; `source` is the sample it came from, or why a deviation is notable."""

    # The name of its field where it is edited: "v-<key>" or "i-<input>".
    name: str
    label: str
    unit: str
    decimals: int
    low: Decimal | None
    high: Decimal | None
    actual: Decimal | None
    notable: Decimal | None
    source: str = ""
    source_address: str = ""
    reason: str = ""
    is_computed: bool = False


@dataclass(slots=True)
class Group:
    """The lines of one process."""

    title: str
    process: Process
    lines: list[Line] = field(default_factory=list)


def groups_of(injection: Process, preparations: list[tuple[Sample, Process]], seen: set[int]) -> list[Group]:
    """Return plan and actual of the injection and of the batches it used; hidden samples keep their amounts only."""
    groups = [Group("Hot injection", injection, lines_of(injection, seen))]
    for batch, process in preparations:
        groups.append(Group(f"{batch.title or 'Batch'}, {batch.code}", process, lines_of(process, seen)))
    return [group for group in groups if group.lines]


def lines_of(process: Process, seen: set[int]) -> list[Line]:
    """Return the inputs and values of a process; a preparation names its chemicals first."""
    inputs = [input_line(line, seen) for line in process.inputs.all() if not is_whole_flask(line)]
    values = [value_line(value) for value in process.values.all() if has_words(value)]
    return values + inputs if process.kind == ProcessKind.HOT_INJECTION else inputs + values


def has_words(value: ProcessValue) -> bool:
    """Say whether a value has a plan, an actual or a reason worth a row."""
    return value.actual is not None or value.planned_low is not None or bool(value.reason)


def is_whole_flask(line: ProcessInput) -> bool:
    """Say whether an input is a flask that is used whole, whose amount was not chosen."""
    return line.planned_as_written == "the whole flask" or line.key == "pb_batch"


def value_line(value: ProcessValue) -> Line:
    """Return a value as a line."""
    row = VALUE_KEYS[value.key]
    return Line(
        name=f"v-{value.key}",
        label=row.label.removeprefix("Injection ").removesuffix(" temperature").capitalize(),
        unit=row.unit, decimals=row.decimals, low=value.planned_low, high=value.planned_high, actual=value.actual,
        notable=row.notable_deviation, reason=value.reason,
        is_computed=value.key == "growth_s" and not value.actual_as_written,
        source=f"threshold {show(row.notable_deviation or Decimal(0), row.unit)}" if is_notable(value) else "",
    )  # fmt: skip


def is_notable(value: ProcessValue) -> bool:
    """Say whether a value lies notably outside its plan."""
    notable = VALUE_KEYS[value.key].notable_deviation
    if notable is None or value.actual is None or value.planned_low is None or value.planned_high is None:
        return False
    return max(value.planned_low - value.actual, value.actual - value.planned_high) >= notable


def input_line(line: ProcessInput, seen: set[int]) -> Line:
    """Return an input as a line, in ml or g."""
    unit, power, decimals = SHOWN_UNITS[line.unit]
    planned = None if line.planned_amount is None else line.planned_amount.scaleb(power)
    actual = None if line.amount is None else line.amount.scaleb(power)
    sample = line.sample if line.sample_id in seen else None
    is_hidden = line.sample_id is not None and sample is None
    return Line(
        name=f"i-{line.pk}", label=chemical_of(line), unit=unit, decimals=decimals,
        low=planned, high=planned, actual=actual,
        notable=planned * AMOUNT_NOTABLE_FRACTION if planned else None,
        source=sample.code if sample else "restricted" if is_hidden else "lot not recorded",
        source_address=address_of(sample), reason=line.reason,
    )  # fmt: skip


def chemical_of(line: ProcessInput) -> str:
    """Return what an input is, as people say it."""
    if line.key == "cs_batch":
        return "Cs-oleate"
    bottle = getattr(line.sample, "bottle", None) if line.sample else None
    short = bottle.short if bottle else line.description or line.key
    return NAMES.get(short, short)


def address_of(sample: Sample | None) -> str:
    """Return the address of a sample's page, or nothing."""
    return sample_address(sample) if sample else ""


def source_notes(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the recipe's source leaves open."""
    return list(content.get("notes", ()))


def ratios_of(injection: Process, preparations: Iterable[tuple[Sample, Process]]) -> InjectionRatios | None:
    """Return what is derived from both batches and the injected volume, or nothing before there are both."""
    batches: dict[str, PrecursorBatch] = {}
    lines = {line.sample_id: line for line in injection.inputs.all()}
    metals: dict[str, Literal["Cs", "Pb"]] = {"cs_batch": "Cs", "pb_batch": "Pb"}
    for sample, process in preparations:
        metal = metals.get(lines[sample.pk].key)
        if metal is not None:
            batches[metal] = precursor_batch([reagent_of(line) for line in process.inputs.all()], metal=metal)
    cs = next((line for line in injection.inputs.all() if line.key == "cs_batch"), None)
    if len(batches) < 2 or cs is None:
        return None
    amount = cs.amount if cs.amount is not None else cs.planned_amount
    return injection_ratios(
        cs=batches["Cs"], pb=batches["Pb"], injected_ml=None if amount is None else amount.scaleb(-3),
        injected_stderr_ml=None if cs.amount_stderr is None else cs.amount_stderr.scaleb(-3),
    )  # fmt: skip
