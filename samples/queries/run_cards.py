"""Run mode's cards: one per step, except that the stamps of one injection stand together on one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import timezone

from labbook.models import User
from labbook.models.records import ProjectQuerySet
from labbook.quantities import show, show_number, show_range
from samples.kinds import ProcessKind, Unit
from samples.models import Process, ProcessInput, ProcessValue, Sample, SampleStatus, Step, StepStatus, Synthesis
from samples.value_keys import VALUE_KEYS

# Moment → the words on its button before and after, its icon, and what the button says it does.
STAMPS = {
    "injected": ("Inject", "Injected", "drop", "stamps the time, starts the clock"),
    "turned_red": ("Turned red", "Turned red", "drop", "optional"),
    "ice_bath": ("Ice bath", "Ice bath", "cold", "stamps the time, stops the clock"),
}
OPTIONAL = ("turned_red",)
ML_STEP = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class StampButton:
    """A moment of a card: waiting, armed (the next one) or stamped."""

    moment: str
    label: str
    done_label: str
    icon: str
    words: str
    at: datetime | None
    state: str

    @property
    def said(self) -> str:
        """Return the stamped time of day to the tenth of a second, where the lab is."""
        return timezone.localtime(self.at).strftime("%H:%M:%S.%f")[:-5] if self.at else ""


@dataclass(frozen=True, slots=True)
class Dial:
    """A number that is set by taps: its plan, its present value and what one tap adds; without a step, words."""

    name: str
    label: str
    plan: str
    start: str
    shown: str
    unit: str
    step: str


@dataclass(slots=True)
class Card:
    """What the screen shows at once."""

    number: int
    steps: list[Step]
    stamps: list[StampButton] = field(default_factory=list)
    dials: list[Dial] = field(default_factory=list)
    title: str = ""
    text: str = ""

    @property
    def is_done(self) -> bool:
        """Say whether every step of the card is done."""
        return all(step.status != StepStatus.PLANNED for step in self.steps)

    @property
    def main(self) -> Step:
        """The step the card is about."""
        return self.steps[0]


def injections_to_run(user: User) -> ProjectQuerySet[Process]:
    """Return the hot injections of the syntheses a person may see, with all that their cards say; four queries."""
    lines = ProcessInput.objects.select_related("sample")
    injections = Process.objects.filter(
        kind=ProcessKind.HOT_INJECTION, synthesis__in=Synthesis.objects.visible_to(user)
    )  # fmt: skip
    return injections.select_related("synthesis__recipe__recipe").prefetch_related(
        "steps", "values", Prefetch("inputs", queryset=lines)
    )


def cards_of(synthesis: Synthesis, process: Process) -> list[Card]:
    """Return the cards of a synthesis in the order of the work."""
    steps = list(process.steps.all())
    values = list(process.values.all())
    lines = list(process.inputs.all())
    cards = [Card(number, group) for number, group in enumerate(grouped(steps), start=1)]
    for card in cards:
        moments = [moment for step in card.steps for moment in step.stamps]
        card.stamps = stamps_of(synthesis, moments)
        card.dials = dials_of(card, values, lines)
        card.title = title_of(card, values)
        card.text = text_of(card, lines)
    return cards


def grouped(steps: Sequence[Step]) -> list[list[Step]]:
    """Put every step on a card of its own, but all from the first stamp to the last on one."""
    stamping = [index for index, step in enumerate(steps) if step.stamps]
    if not stamping:
        return [[step] for step in steps]
    first, last = stamping[0], stamping[-1]
    before, after = steps[:first], steps[last + 1 :]
    return [[step] for step in before] + [list(steps[first : last + 1])] + [[step] for step in after]


def stamps_of(synthesis: Synthesis, moments: Sequence[str]) -> list[StampButton]:
    """Return the buttons of the moments; the first open one that is not optional is armed."""
    times = {moment: getattr(synthesis, f"{moment}_at") for moment in moments if moment in STAMPS}
    armed = next((moment for moment, at in times.items() if at is None and moment not in OPTIONAL), "")
    return [
        StampButton(moment, *STAMPS[moment], at, "stamped" if at else "armed" if moment == armed else "waiting")
        for moment, at in times.items()
    ]


def dials_of(card: Card, values: Sequence[ProcessValue], lines: Sequence[ProcessInput]) -> list[Dial]:
    """Return the numbers of a card: its own values, and at the injection the temperature and what is injected."""
    keys = {step.pk for step in card.steps}
    own = [value for value in values if value.step_id in keys and value.key != "growth_s"]
    if card.stamps:
        own = [value for value in values if value.key == "injection_temperature_c"] + own
    # A flask that is used whole is not dialed.
    used = [line for line in lines if line.step_id in keys and line.unit == Unit.UL and line.planned_amount is not None]
    whole = [line for line in used if line.planned_as_written == "the whole flask"]
    return [value_dial(value) for value in dict.fromkeys(own)] + [input_dial(one) for one in used if one not in whole]


def said_plan(value: ProcessValue) -> str:
    """Return the planned value or range with its unit, or nothing."""
    row = VALUE_KEYS[value.key]
    if value.planned_low is None or value.planned_high is None:
        return ""
    return show_range(value.planned_low, value.planned_high, row.unit, row.decimals)


def value_dial(value: ProcessValue) -> Dial:
    """Return the dial of a value; a planned range starts at its lower end."""
    row = VALUE_KEYS[value.key]
    return Dial(
        name=value.key,
        label=row.label.removeprefix("Injection ").capitalize(),
        plan=said_plan(value),
        start="" if value.planned_low is None else show_number(value.planned_low, row.decimals),
        shown="" if value.actual is None else show_number(value.actual, row.decimals),
        unit=row.unit,
        step=show_number(row.tap),
    )


def input_dial(line: ProcessInput) -> Dial:
    """Return the dial of an amount, in ml."""
    plan = None if line.planned_amount is None else line.planned_amount.scaleb(-3)
    actual = None if line.amount is None else line.amount.scaleb(-3)
    return Dial(
        name=f"input-{line.pk}",
        label=label_of(line),
        plan="" if plan is None else show(plan, "ml", decimals=2),
        start="" if plan is None else show_number(plan, 2),
        shown="" if actual is None else show_number(actual, 2),
        unit="ml",
        step=show_number(ML_STEP),
    )


def crude_dials(synthesis: Synthesis, crude: Sample | None, steps: Sequence[Step]) -> list[Dial]:
    """Return what is read off the crude at the end, once there is one: its volume, in ml, and its look in words."""
    if crude is None or crude.status == SampleStatus.PLANNED:
        return []
    volume = "" if crude.made_amount is None else show_number(crude.made_amount.scaleb(-3), 2)
    looks = [step.look_after_planned or step.look_before_planned for step in steps if step.stamps]
    look = next((words for words in reversed(looks) if words), "")
    return [
        Dial(name="crude_ml", label="Crude", plan="", start="", shown=volume, unit="ml", step="0.1"),
        Dial(name="look", label="Look", plan=look, start=look, shown=synthesis.look, unit="", step=""),
    ]


def label_of(line: ProcessInput) -> str:
    """Return what an input is called on the bench."""
    return {"cs_batch": "Cs-oleate", "pb_batch": "PbI₂ solution"}.get(line.key, line.description or "Amount")


def title_of(card: Card, values: Sequence[ProcessValue]) -> str:
    """Return the card's headline; the injection names its planned temperature."""
    planned = next(
        (one for one in values if one.key == "injection_temperature_c" and one.planned_low is not None), None
    )
    if not card.stamps or planned is None or planned.planned_low is None or planned.planned_high is None:
        return card.main.title
    return f"Inject Cs-oleate at {show_range(planned.planned_low, planned.planned_high, '°C')}"


def text_of(card: Card, lines: Sequence[ProcessInput]) -> str:
    """Return the card's sentence; at the injection what goes into what."""
    if not card.stamps:
        return card.main.instruction
    found = {line.key: line for line in lines}
    cs, pb = found.get("cs_batch"), found.get("pb_batch")
    amount = (
        show(cs.planned_amount.scaleb(-3), "ml", decimals=2) if cs and cs.planned_amount is not None else "Cs-oleate"
    )
    source = f" of {cs.sample.code}" if cs and cs.sample else ""
    target = pb.sample.code if pb and pb.sample else "the flask"
    return f"{amount}{source} into {target}. Red within seconds, then ice bath."
