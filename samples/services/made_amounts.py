"""How much of a sample was made, corrected: the difference becomes a row of its ledger."""

from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from samples.models import EntryKind, Sample
from samples.services.ledger import change_amount, lock_sample, recount_sample, said


def correct_made_amount(journal: Journal, *, sample: Sample, amount: Decimal, reason: str) -> Sample:
    """Set the amount that was made, in the sample's unit; one that was not recorded before is counted in.

    Raises Refusal("amount") when more of it was used already.
    """
    if amount <= 0:
        raise Refusal("The amount must be more than zero.", field="amount")
    held = lock_sample(sample)
    before = held.made_amount
    if before is not None and amount != before:
        change_amount(
            journal, sample=held, kind=EntryKind.CORRECTION, amount=amount - before, at=journal.at,
            by=held.made_by, reason=reason, process=held.origin,
        )  # fmt: skip
    elif before is None and held.balance is None:
        _count_in(journal, held, amount, reason)
    held.refresh_from_db()
    held.made_amount = amount
    held.save(update_fields=["made_amount"])
    journal.changed(held, "volume corrected", {"made_amount": (before, amount)}, reason=reason)
    return held


def _count_in(journal: Journal, held: Sample, amount: Decimal, reason: str) -> None:
    """Set the book to what was made less what is known to have gone; it stays unknown after an unknown use."""
    later = list(held.ledger.exclude(kind=EntryKind.MADE).values_list("amount", flat=True))
    known = [one for one in later if one is not None]
    if len(known) < len(later):
        return
    left = amount + sum(known, Decimal(0))
    if left < 0:
        raise Refusal(f"{said(-left, held.unit)} more than this was used of {held.code} already.", field="amount")
    recount_sample(journal, sample=held, counted=left, at=journal.at, by=held.made_by, reason=reason)
