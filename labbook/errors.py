"""Refusals: what a service raises when it will not do something, with the reason in the user's words."""

from collections.abc import Sequence
from typing import Any, TypedDict


class Refusal(Exception):
    """A change that was refused, and why; `field` names the form field it belongs to, if one does.

    Nothing has been written when a refusal leaves a service. `offer` carries what would make it
    possible, such as {"recount": "12.50"} for a use beyond the book balance.
    """

    def __init__(self, message: str, *, field: str | None = None, offer: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.offer = offer or {}


class FieldConflict(TypedDict):
    """One field that two people changed: as both read it, as this person wants it, as the other saved it."""

    field: str
    base: Any
    yours: Any
    theirs: Any


class Conflict(Refusal):
    """Somebody else saved other values of the same fields meanwhile; the person chooses field by field."""

    def __init__(self, conflicts: Sequence[FieldConflict]) -> None:
        names = ", ".join(one["field"] for one in conflicts)
        super().__init__(f"Somebody else changed this meanwhile: {names}.", field=conflicts[0]["field"])
        self.conflicts = list(conflicts)
