"""The precipitation rounds of a synthesis, as its page shows them."""

from dataclasses import dataclass
from decimal import Decimal

from labbook.quantities import show_number
from samples.kinds import ProcessKind, SampleKind
from samples.models import (
    Place,
    Process,
    ProcessInput,
    Sample,
)
from samples.queries.synthesis_page import AMOUNT_NOTABLE_FRACTION
from samples.queries.synthesis_records import Records


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round, or the stop, as the table shows it; volumes in ml."""

    number: int | None
    process: Process
    in_ml: Decimal | None
    meoac: ProcessInput | None
    hexane: ProcessInput | None
    rpm: Decimal | None
    minutes: Decimal | None
    fraction: Sample | None
    is_stop: bool
    vials: list[tuple[str, Sample]]

    @property
    def meoac_ml(self) -> Decimal | None:
        """The methyl acetate that was added."""
        return self.meoac.amount.scaleb(-3) if self.meoac and self.meoac.amount is not None else None

    @property
    def meoac_plan_ml(self) -> Decimal | None:
        """The methyl acetate that was planned."""
        return self.meoac.planned_amount.scaleb(-3) if self.meoac and self.meoac.planned_amount is not None else None

    @property
    def meoac_notable_ml(self) -> Decimal | None:
        """The difference from the plan that is worth a look."""
        return None if self.meoac_plan_ml is None else self.meoac_plan_ml * AMOUNT_NOTABLE_FRACTION

    @property
    def hexane_ml(self) -> Decimal | None:
        """The hexane the pellet went into."""
        return self.hexane.amount.scaleb(-3) if self.hexane and self.hexane.amount is not None else None

    @property
    def places(self) -> list[tuple[Place | None, str]]:
        """Return each place with the letters of the vials in it; a single vial is named by its place."""
        found: dict[int | None, tuple[Place | None, list[str]]] = {}
        for letter, vial in self.vials:
            found.setdefault(vial.place_id, (vial.place, []))[1].append(letter)
        is_one = len(self.vials) == 1
        return [(place, place.title if place and is_one else ", ".join(all_)) for place, all_ in found.values()]


def rounds_of(records: Records) -> list[RoundLine]:
    """Return the rounds and the stop."""
    rounds = [one for one in records.processes if one.kind == ProcessKind.PRECIPITATION]
    left: Decimal | None = None
    lines = []
    for process in sorted(rounds, key=lambda one: one.round_number or 0):
        inputs = {line.key or role_of(line): line for line in process.inputs.all()}
        source = inputs.get("source")
        values = {value.key: value.actual for value in process.values.all()}
        made = {one.kind: one for one in records.made.get(process.pk, [])}
        fraction = made.get(SampleKind.FRACTION)
        is_stop = process.is_stop
        in_ul = left if is_stop else source.amount if source else None
        supernatant = made.get(SampleKind.SUPERNATANT)
        left = supernatant.made_amount if supernatant else left
        lines.append(RoundLine(
            number=process.round_number, process=process, in_ml=None if in_ul is None else in_ul.scaleb(-3),
            meoac=inputs.get("meoac"), hexane=inputs.get("hexane"), rpm=values.get("spin_speed_rpm"),
            minutes=values.get("spin_time_min"), fraction=fraction, is_stop=is_stop,
            vials=[(one.vial.letter, one) for one in records.vials.get(fraction.pk, [])] if fraction else [],
        ))  # fmt: skip
    return lines


def role_of(line: ProcessInput) -> str:
    """Return what an input without a key is in a round."""
    if line.sample and line.sample.kind in (SampleKind.CRUDE, SampleKind.SUPERNATANT):
        return "source"
    return "hexane" if "hexane" in line.description.lower() else "meoac"


def fractions_said(fractions: list[Sample]) -> str:
    """Return "F1, F2, F3 of 2.8 ml"."""
    if not fractions:
        return ""
    names = ", ".join(one.code.rpartition("-")[2] for one in fractions)
    amounts = {one.made_amount for one in fractions}
    only = amounts.pop() if len(amounts) == 1 else None
    return f"{names} of {show_number(only.scaleb(-3), 1)} ml" if only is not None else names
