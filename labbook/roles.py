"""Who may do what in a lab: four roles and one table of actions."""

from django.db import models


class Role(models.IntegerChoices):
    """A member's role; each may do all that the one before may."""

    GUEST = 10, "guest"
    MEMBER = 20, "member"
    MANAGER = 30, "manager"
    OWNER = 40, "owner"


# What a person does → the least role that may do it.
LEAST_ROLE = {
    "read": Role.GUEST,
    "record": Role.MEMBER,
    "manage": Role.MANAGER,  # places, policies, stock, equipment and people
    "own": Role.OWNER,  # owners and the lab itself
}


def may(role: int | None, action: str) -> bool:
    """Say whether a role may do an action; no role may do nothing."""
    return role is not None and role >= LEAST_ROLE[action]
