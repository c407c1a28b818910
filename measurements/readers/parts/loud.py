"""Cautions that a reader writes in capitals: nobody should take such a reading unseen."""

from collections.abc import Iterable

LOUD_LETTERS, MOST_LETTERS = 12, 120


def loud(cautions: Iterable[object]) -> str:
    """Return the first caution in capitals, in small letters; empty when there is none."""
    said = (str(one) for one in cautions)
    return next((one[:MOST_LETTERS].lower() for one in said if one[:LOUD_LETTERS].isupper()), "")
