"""API tokens: made for a person, kept as a hash only."""

from datetime import timedelta
from typing import Any

from knox.models import AuthToken

from labbook.models import User


def make_token(*, user: User, lasts: timedelta | None) -> str:
    """Make a token that works for some time, or until it is taken back; it cannot be read again."""
    tokens: Any = AuthToken.objects
    _, token = tokens.create(user=user, expiry=lasts)
    return str(token)
