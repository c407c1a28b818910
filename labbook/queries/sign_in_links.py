"""Finds the one-time sign-in link behind a token."""

import hashlib

from django.utils import timezone

from labbook.models import SignInLink


def token_hash(token: str) -> str:
    """Return the SHA-256 by which a link is kept; the token itself is shown once and never stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def usable_link(token: str) -> SignInLink | None:
    """Return the link of a token while it is unused, in time, and its person may sign in."""
    unused = SignInLink.objects.filter(token_hash=token_hash(token), used_at__isnull=True)
    return unused.filter(expires_at__gt=timezone.now(), user__is_active=True).select_related("user").first()
