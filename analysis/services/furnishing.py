"""Furnishing a new lab: what the source states for its methods, so that they can run by themselves."""

from typing import Any

from analysis.models import MethodChoice
from labbook.journal import Journal, journal_of
from labbook.models import Lab, User

# As the source states or uses them; a lab changes them on its page of methods.
STATED: dict[str, dict[str, Any]] = {
    "ruby": {"scale": "Mao1986"},
}


def furnish_lab(lab: Lab, by: User | None) -> None:
    """Give a lab the choices of the source; what it has stated already stays as it is."""
    with journal_of(lab, by=by, reason="furnishing of a new lab") as journal:
        state_choices(journal)


def state_choices(journal: Journal) -> int:
    """Write the choices that the lab has not made yet; returns how many."""
    made = 0
    for method, settings in STATED.items():
        choice, is_new = MethodChoice.objects.get_or_create(
            lab=journal.lab, method=method, defaults={"settings": settings, "created_by": journal.by}
        )
        if is_new:
            journal.created(choice, method=method, settings=settings)
            made += 1
    return made
