"""Recording the precipitation table: rounds, fractions, vials, places, amounts and labels in one save."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.services.editing import locked
from samples.kinds import ProcessKind, SampleKind
from samples.models import Process, ProcessStatus, RecipeVersion, Sample, SampleStatus, Synthesis
from samples.services.crude import crude_of
from samples.services.dispensing import VialPlan, dispense
from samples.services.rounds import (
    MEOAC_RATIO,
    Round,
    RoundRow,
    SpinRow,
    UseLine,
    ValueLine,
    filter_fraction,
    planned_meoac_ul,
    record_clean_up_spin,
    record_round,
    record_stop,
    recount_fractions,
)

__all__ = [
    "MEOAC_RATIO",
    "FractionRow",
    "Receipt",
    "Round",
    "RoundRow",
    "SpinRow",
    "Stop",
    "UseLine",
    "ValueLine",
    "VialPlan",
    "dispense",
    "next_source",
    "planned_meoac_ul",
    "record_clean_up_spin",
    "record_fractions",
    "record_round",
    "record_stop",
    "recount_fractions",
]


@dataclass(frozen=True, slots=True)
class FractionRow:
    """A row of the table: the round, the clean-up spins of its fraction, its filter, and its vials."""

    round: RoundRow
    vials: tuple[VialPlan, ...]
    spins: tuple[SpinRow, ...] = ()
    vials_at: datetime | None = None
    is_filtered: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """Why and when no further round was made."""

    at: datetime
    reason: str


@dataclass(slots=True)
class Receipt:
    """What one save of the table made."""

    rounds: list[Round] = field(default_factory=list)
    stop: Process | None = None
    label_count: int = 0

    @property
    def vials(self) -> list[Sample]:
        """Return every vial that was filled."""
        return [vial for one in self.rounds for vial in one.vials]

    @property
    def process_ids(self) -> list[int]:
        """Return the rounds and the stop, by which the save can be undone."""
        stop = [self.stop.pk] if self.stop else []
        return [one.process.pk for one in self.rounds] + stop


def record_fractions(
    journal: Journal,
    *,
    synthesis: Synthesis,
    rows: Sequence[FractionRow],
    operator: str,
    stop: Stop | None = None,
    recipe: RecipeVersion | None = None,
    with_labels: bool = True,
) -> Receipt:
    """Write the whole table after the last round there is: everything, or nothing.

    Raises Refusal whose field is "rows.2.meoac" for the second row, so that the page can say it there.
    """
    held = locked(synthesis)
    if not rows and stop is None:
        raise Refusal("Record at least one round, or say why there was none.", field="rows")
    source, number = next_source(held), next_round_number(held)
    receipt = Receipt()
    for position, row in enumerate(rows, start=1):
        try:
            done = _record_row(journal, held, number, source, row, operator, recipe=recipe, with_labels=with_labels)
        except Refusal as refusal:
            field = f"rows.{position}.{refusal.field or 'round'}"
            raise Refusal(refusal.message, field=field, offer=refusal.offer) from refusal
        receipt.rounds.append(done)
        source, number = done.supernatant, number + 1
    if stop is not None:
        receipt.stop = record_stop(
            journal, synthesis=held, round_number=number, at=stop.at, reason=stop.reason, operator=operator
        )
    receipt.label_count = len(receipt.vials) if with_labels else 0
    return receipt


def next_source(synthesis: Synthesis) -> Sample:
    """Return what the next round starts from: the last supernatant, at first the crude."""
    supernatants = Sample.objects.filter(
        origin__synthesis=synthesis, kind=SampleKind.SUPERNATANT, status=SampleStatus.IN_USE
    )
    source = supernatants.order_by("-origin__round_number").first() or crude_of(synthesis)
    if source is None or source.status == SampleStatus.PLANNED:
        raise Refusal(f"{synthesis.code} has no crude yet: stamp the injection and the ice bath first.", field="source")
    return source


def next_round_number(synthesis: Synthesis) -> int:
    """Return the number of the next round; after a stop there is none."""
    rounds = synthesis.processes.filter(kind=ProcessKind.PRECIPITATION).exclude(status=ProcessStatus.ABORTED)
    last = rounds.order_by("-round_number").first()
    if last is not None and last.is_stop:
        raise Refusal(f"{synthesis.code} was stopped: {last.outcome}. Take the stop back to add a round.", field="rows")
    return (last.round_number or 0) + 1 if last else 1


def _record_row(
    journal: Journal,
    synthesis: Synthesis,
    number: int,
    source: Sample,
    row: FractionRow,
    operator: str,
    *,
    recipe: RecipeVersion | None,
    with_labels: bool,
) -> Round:
    done = record_round(
        journal, synthesis=synthesis, round_number=number, source=source, row=row.round, operator=operator,
        recipe=recipe,
    )  # fmt: skip
    for spin in row.spins:
        record_clean_up_spin(journal, fraction=done.fraction, spin=spin, operator=operator)
    if row.is_filtered:
        filter_fraction(
            journal, fraction=done.fraction, at=row.vials_at or row.round.at, operator=operator,
            precision=row.round.precision,
        )  # fmt: skip
    if row.vials:
        vials = dispense(
            journal, fraction=done.fraction, vials=row.vials, at=row.vials_at or row.round.at, operator=operator,
            precision=row.round.precision, with_labels=with_labels,
        )  # fmt: skip
        done.vials.extend(vials)
    return done
