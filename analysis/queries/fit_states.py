"""The state of a fit in one word, for lists and pages, and the fits that are in it."""

from django.db.models import Q, QuerySet

from analysis.models import Fit, FitState, Verdict

COUNTS, FLAGGED, TO_REVIEW, STALE = "counts", "flagged", "to review", "stale"
ACCEPTED, REJECTED, REFUSED, SUPERSEDED = "accepted", "rejected", "refused", "superseded"

# What the list of fits may be narrowed to: word → what is kept, of the current fits.
STATES: dict[str, Q] = {
    COUNTS: Q(state=FitState.DONE) & (Q(verdict=Verdict.ACCEPTED) | Q(verdict=Verdict.NONE, is_grave=False)),
    TO_REVIEW: Q(verdict=Verdict.NONE) & (Q(is_grave=True) | Q(state=FitState.REFUSED)),
    STALE: ~Q(stale_because=""),
    REJECTED: Q(verdict=Verdict.REJECTED),
    REFUSED: Q(state=FitState.REFUSED),
}


def state_of(fit: Fit) -> str:
    """Return what a person should know of a fit first."""
    known = (
        (not fit.is_current, SUPERSEDED),
        (fit.verdict == Verdict.REJECTED, REJECTED),
        (bool(fit.stale_because), STALE),
        (fit.state == FitState.REFUSED, REFUSED),
        (fit.verdict == Verdict.ACCEPTED, ACCEPTED),
        (fit.is_grave, TO_REVIEW),
        (bool(fit.flags), FLAGGED),
    )
    return next((word for is_so, word in known if is_so), COUNTS)


def in_state(fits: QuerySet[Fit], word: str) -> QuerySet[Fit]:
    """Keep the fits that are in a state; a word that means none keeps all."""
    return fits.filter(STATES[word]) if word in STATES else fits
