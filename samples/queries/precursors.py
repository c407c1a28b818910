"""Reading precursor batches: what is left, how old they are, what was planned and what was done."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from django.db.models import Prefetch, QuerySet

from labbook.models import Lab, User
from labbook.quantities import show_amount, show_range
from samples.arithmetic import Derived, MissingNumber, Reagent, precursor_batch
from samples.arithmetic.reagents import atoms_mmol, atoms_text, volume_ml, volume_text
from samples.arithmetic.results import derived
from samples.kinds import SampleKind
from samples.models import Process, ProcessInput, ProcessValue, Sample, Step
from samples.queries.deviations import Deviation, input_deviation, value_deviation
from samples.recipes.contents import RecipeContent, SourceNote
from samples.recipes.reading import read_content
from samples.value_keys import VALUE_KEYS

PAGE_SIZE = 50
# The words that a gap carries in its description; the page says them with an icon instead.
GAP_WORDS = ", lot not recorded"
METALS: dict[str, Literal["Cs", "Pb"]] = {"Cs-oleate": "Cs", "PbI2": "Pb"}


def batches_of(lab: Lab, *, seen_by: User, makes: str = "") -> QuerySet[Sample]:
    """Return the lab's precursor batches, newest first, with the syntheses that used each.

    `makes` keeps those of one substance, such as "PbI2".
    """
    batches = Sample.objects.visible_to(seen_by).filter(lab=lab, kind=SampleKind.PRECURSOR)
    if makes:
        batches = batches.filter(origin__purpose=makes)
    uses = ProcessInput.objects.filter(process__in=Process.objects.visible_to(seen_by))
    return (
        batches.select_related("origin", "place")
        .prefetch_related(Prefetch("uses", queryset=uses.select_related("process__synthesis"), to_attr="seen_uses"))
        .order_by("-made_at", "-pk")
    )


def synthesis_codes(batch: Sample) -> list[str]:
    """Return the codes of the syntheses that used a batch of `batches_of`, each once."""
    uses: list[ProcessInput] = getattr(batch, "seen_uses", [])
    return list(dict.fromkeys(use.process.synthesis.code for use in uses if use.process.synthesis))


def age_words(made_at: datetime, *, now: datetime) -> str:
    """Return how old a batch is: "5 h" on its first day, then "12 days"."""
    hours = int((now - made_at).total_seconds() // 3600)
    if hours < 24:
        return f"{max(hours, 0)} h"
    return "1 day" if hours < 48 else f"{hours // 24} days"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of plan against actual: what it is, both as text, and how far apart."""

    label: str
    planned: str
    actual: str
    deviation: Deviation | None
    sample: Sample | None = None
    is_gap: bool = False
    reason: str = ""
    as_written: str = ""
    # What the history calls this number.
    name: str = ""


@dataclass(frozen=True, slots=True)
class StepLines:
    """A step as it was planned and done, with its inputs, values and source notes."""

    step: Step | None
    lines: tuple[Line, ...]
    notes: tuple[SourceNote, ...]


@dataclass(frozen=True, slots=True)
class Preparation:
    """How a batch was made."""

    content: RecipeContent | None
    parts: tuple[StepLines, ...]
    facts: tuple[Derived, ...]
    missing: tuple[str, ...]


def preparation_of(batch: Sample, *, seen_by: User) -> Preparation:
    """Return how a batch was made, step by step, with what follows from it by arithmetic."""
    process = batch.origin
    content = read_content(process.recipe.content) if process.recipe else None
    inputs = list(process.inputs.select_related("sample__bottle").order_by("pk"))
    seen = set(Sample.objects.visible_to(seen_by).filter(uses__process=process).values_list("pk", flat=True))
    values = list(process.values.order_by("pk"))
    steps: list[Step | None] = [*process.steps.order_by("position")]
    parts = []
    for step in [*steps, None]:
        key = step.pk if step else None
        lines = [input_line(one, seen) for one in inputs if one.step_id == key]
        lines += [value_line(one) for one in values if one.step_id == key]
        notes = content.notes_of(step.key) if content and step else ()
        if step or lines:
            parts.append(StepLines(step, tuple(lines), notes))
    facts, missing = concentration_of(batch, inputs)
    return Preparation(content, tuple(parts), facts, missing)


def input_line(line: ProcessInput, seen: set[int]) -> Line:
    """Return one input as a row; a sample the person may not see keeps its amount and loses its code."""
    is_hidden = line.sample_id is not None and line.sample_id not in seen
    label = "restricted" if is_hidden else line.description or (line.sample.title if line.sample else "")
    return Line(
        label=label.removesuffix(GAP_WORDS),
        planned=line.planned_as_written or said_amount(line.planned_amount, line.unit),
        actual=said_amount(line.amount, line.unit),
        deviation=input_deviation(line),
        sample=None if is_hidden else line.sample,
        is_gap=line.sample_id is None,
        reason=line.reason,
        as_written=line.as_written,
        name=f"input {line.pk}",
    )


def value_line(value: ProcessValue) -> Line:
    """Return one value as a row."""
    row = VALUE_KEYS[value.key]
    planned = ""
    if value.planned_low is not None and value.planned_high is not None:
        planned = show_range(value.planned_low, value.planned_high, row.unit)
    return Line(
        label=row.label,
        planned=planned,
        actual="" if value.actual is None else show_range(value.actual, value.actual, row.unit),
        deviation=value_deviation(value),
        reason=value.reason,
        as_written=value.actual_as_written,
        name=value.key,
    )


def said_amount(amount: Decimal | None, unit: str) -> str:
    """Return an amount as people read it, or nothing for an unknown one."""
    return "" if amount is None else show_amount(amount, unit)


def concentration_of(batch: Sample, inputs: list[ProcessInput]) -> tuple[tuple[Derived, ...], tuple[str, ...]]:
    """Return the metal's amount and concentration in mmol and mmol/ml, and what is missing for them."""
    metal = METALS.get(batch.origin.purpose)
    if metal is None:
        return (), ()
    measured_ml = batch.made_amount / 1000 if batch.made_amount else None
    made = precursor_batch([reagent_of(line) for line in inputs], metal=metal, measured_volume_ml=measured_ml)
    try:
        amount, volume = atoms_mmol(made.salts, metal), volume_ml(made)
        text, volume_said = atoms_text(made.salts, metal), volume_text(made)
    except MissingNumber as gap:
        return (), (str(gap),)
    return (
        derived(f"{metal.lower()}_mmol", f"{metal} in the batch", amount, "mmol", text),
        derived(
            f"{metal.lower()}_mmol_per_ml", f"{metal} concentration", amount / volume, "mmol/ml",
            f"{text} / {volume_said}",
        ),
    ), ()  # fmt: skip


def reagent_of(line: ProcessInput) -> Reagent:
    """Return an input as the arithmetic knows it; a gap has no bottle to read numbers from."""
    bottle = getattr(line.sample, "bottle", None) if line.sample else None
    unit: Literal["mg", "ul"] = "mg" if line.unit == "mg" else "ul"
    if bottle is None:
        return Reagent(name=line.description or "an input", amount=line.amount, unit=unit)
    return Reagent(
        name=bottle.short,
        amount=line.amount,
        unit=unit,
        formula=bottle.formula,
        molar_mass_g_per_mol=bottle.molar_mass_g_per_mol,
        density_g_per_ml=bottle.density_g_per_ml,
        purity_percent=bottle.purity_percent,
        amount_stderr=line.amount_stderr,
    )
