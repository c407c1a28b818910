"""Dispensing a fraction into vials, which always empties it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from samples.kinds import Precision, ProcessKind, SampleKind, Unit
from samples.models import EntryKind, Place, Process, Sample, VialDetail
from samples.services.graph import Made, make_process, make_sample, use
from samples.services.ledger import change_amount, lock_sample, recount_sample, said
from samples.services.moves import move_samples
from samples.services.names import request_labels

# The two arms whose vials make a stability pair.
PAIRED_ARMS = {"fridge", "freezer"}
SMALLEST_UL = Decimal(1)


@dataclass(frozen=True, slots=True)
class VialPlan:
    """A vial to be filled; a null amount is an equal share of what the others leave."""

    amount_ul: Decimal | None = None
    letter: str = ""
    place: Place | None = None
    arm: str = ""
    solvent: str = ""
    as_written: str = ""


def dispense(
    journal: Journal,
    *,
    fraction: Sample,
    vials: Sequence[VialPlan],
    at: datetime,
    operator: str,
    precision: Precision = Precision.MINUTE,
    with_labels: bool = True,
    share_rest: bool = True,
) -> list[Sample]:
    """Fill vials from a fraction, lettered a, b, c…, and empty it; returns the vials.

    Vials that hold more than the book says correct the fraction's book in the same transaction, flagged by
    the reason; what stays behind becomes a loss. Fridge and freezer arms become siblings of each other.
    Without `share_rest` an amount that was not given stays not recorded.
    """
    held = lock_sample(fraction)
    if held.kind != SampleKind.FRACTION:
        raise Refusal(f"{held.code} is a {held.get_kind_display()}; vials are filled from a fraction.", field="sample")
    if not vials:
        raise Refusal("Fill at least one vial.", field="vials")
    given = [vial.amount_ul for vial in vials]
    amounts = shared_out(held.balance, given) if share_rest else given
    total = None if None in amounts else sum((one for one in amounts if one), Decimal(0))
    if total is not None and held.balance is not None and total > held.balance:
        reason = f"the vials hold {said(total - held.balance, held.unit)} more than the fraction"
        recount_sample(journal, sample=held, counted=total, at=at, by=operator, reason=reason)
    process = make_process(
        journal, kind=ProcessKind.DISPENSING, at=at, precision=precision, operator=operator,
        synthesis=held.origin.synthesis, project=held.project,
    )  # fmt: skip
    use(journal, process=process, sample=held, amount=total)
    _write_off_rest(journal, held, at, operator)
    letters = _letters(held, vials)
    made = [
        _fill(journal, process, held, plan, letter, amount)
        for plan, letter, amount in zip(vials, letters, amounts, strict=True)
    ]
    for vial, plan in zip(made, vials, strict=True):
        if plan.place is not None:
            move_samples(journal, samples=[vial], place=plan.place, at=at, by=operator, reason="filled")
    _pair_arms(made)
    if with_labels:
        request_labels(journal, samples=made)
    return made


def shared_out(balance: Decimal | None, amounts: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Return each vial's amount in µl: as given, or an equal share, to the µl, of what those leave."""
    open_count = sum(1 for one in amounts if one is None)
    if not open_count or balance is None:
        return list(amounts)
    left = balance - sum((one for one in amounts if one is not None), Decimal(0))
    if left <= 0:
        raise Refusal("The other vials already take the whole fraction.", field="vials")
    share = (left / open_count).quantize(SMALLEST_UL, ROUND_DOWN) or left / open_count
    return [share if one is None else one for one in amounts]


def next_letters(taken: set[str], count: int) -> list[str]:
    """Return the next free letters a … z, aa, ab …"""
    found: list[str] = []
    number = 0
    while len(found) < count:
        first, second = divmod(number, 26)
        letter = (chr(96 + first) if first else "") + chr(97 + second)
        if letter not in taken:
            found.append(letter)
        number += 1
    return found


def _letters(fraction: Sample, vials: Sequence[VialPlan]) -> list[str]:
    taken = set(VialDetail.objects.filter(sample__fraction=fraction).values_list("letter", flat=True))
    given = {vial.letter for vial in vials if vial.letter}
    free = iter(next_letters(taken | given, len(vials)))
    return [vial.letter or next(free) for vial in vials]


def _fill(
    journal: Journal, process: Process, fraction: Sample, plan: VialPlan, letter: str, amount: Decimal | None
) -> Sample:
    made = Made(
        kind=SampleKind.VIAL, code=f"{fraction.code}-{letter}", unit=Unit.UL, amount=amount, fraction=fraction,
        as_written=plan.as_written, solvent=plan.solvent or fraction.solvent, look=fraction.look,
        details={"vial": {"letter": letter, "arm": plan.arm[:30]}},
    )  # fmt: skip
    return make_sample(journal, process=process, made=made)


def _write_off_rest(journal: Journal, fraction: Sample, at: datetime, operator: str) -> None:
    held = lock_sample(fraction)
    if held.balance:
        change_amount(
            journal, sample=held, kind=EntryKind.LOSS, amount=-held.balance, at=at, by=operator,
            reason="left behind when the vials were filled",
        )  # fmt: skip


def _pair_arms(vials: list[Sample]) -> None:
    """Make siblings of the fridge and freezer vials of one fraction."""
    paired = [vial.vial for vial in vials if vial.vial.arm in PAIRED_ARMS]
    for one in paired:
        one.siblings.set(other for other in paired if other.arm != one.arm)
