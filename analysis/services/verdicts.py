"""Verdicts: a person accepts or rejects a fit, with a reason, and what counts follows."""

from collections.abc import Sequence

from analysis.models import Fit, FitState, Verdict
from analysis.services.asking import ask_for_repetition
from analysis.services.holding import hold_samples
from analysis.services.staleness import check_fits, dependents_of
from analysis.services.values import bring_up_to_date
from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.services.editing import check_unchanged, locked


def accept_fit(journal: Journal, fit: Fit, *, reason: str = "", token: str = "") -> Fit:
    """Let a fit's numbers count, flags or not.

    Raises Refusal for a refused fit, or for a grave flag without a reason.
    """
    if fit.state == FitState.REFUSED:
        raise Refusal("A refused fit has no number that could be accepted.")
    if fit.is_grave and not reason.strip():
        raise Refusal("Say why it is to be believed in spite of its flags.", field="reason")
    return judge(journal, fit, Verdict.ACCEPTED, reason, token)


def reject_fit(journal: Journal, fit: Fit, *, reason: str, token: str = "") -> Fit:
    """Let a fit's numbers not count. Raises Refusal without a reason."""
    if not reason.strip():
        raise Refusal("Say what is wrong with it.", field="reason")
    return judge(journal, fit, Verdict.REJECTED, reason, token)


def withdraw_verdict(journal: Journal, fit: Fit, *, token: str = "") -> Fit:
    """Take a verdict back. Raises Refusal when there is none."""
    return judge(journal, fit, Verdict.NONE, "", token)


def judge(journal: Journal, fit: Fit, verdict: Verdict, reason: str, token: str) -> Fit:
    """Write a verdict and let values and dependent fits follow."""
    hold_samples([fit.sample_id] if fit.sample_id else [])
    held = locked(fit)
    if token:
        check_unchanged(held, token)
    if not held.is_current:
        raise Refusal("A newer fit has taken its place; judge that one.")
    before = held.verdict
    if not before and not verdict:
        raise Refusal("Nobody has judged it.")
    held.verdict, held.verdict_reason = verdict, reason.strip()[:300]
    held.verdict_by, held.verdict_at = (journal.by, journal.at) if verdict else (None, None)
    held.version += 1
    held.save(update_fields=["verdict", "verdict_reason", "verdict_by", "verdict_at", "version"])
    journal.changed(held, verdict.value or "verdict withdrawn", {"verdict": (before, verdict.value)}, reason)
    bring_up_to_date(journal, [held])
    stale = check_fits(journal, dependents_of([held]))
    repeat_laws(journal, stale)
    return held


def repeat_laws(journal: Journal, stale: Sequence[Fit]) -> None:
    """Let a worker run the laws again that stand on a judged fit: whoever judges wants to see what it changes."""
    laws = [fit for fit in stale if fit.series_id is not None]
    if laws and journal.by is not None:
        ask_for_repetition(journal, laws)
