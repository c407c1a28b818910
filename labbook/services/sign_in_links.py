"""One-time sign-in links: made in the terminal, good for an hour and for one sign-in."""

import secrets
from datetime import timedelta

from django.utils import timezone

from labbook.models import SignInLink, User
from labbook.queries.sign_in_links import token_hash, usable_link

LINK_LIFETIME = timedelta(hours=1)


def make_sign_in_link(*, user: User) -> str:
    """Make a link for a person and return its token; links that ran out are swept away."""
    now = timezone.now()
    SignInLink.objects.filter(expires_at__lt=now).delete()
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(user=user, token_hash=token_hash(token), expires_at=now + LINK_LIFETIME)
    return token


def use_sign_in_link(*, token: str) -> User | None:
    """Use a link up and return its person; None when it is unknown, used or too old.

    The row is marked with one conditional UPDATE, so of two people at once only one gets in.
    """
    link = usable_link(token)
    if link is None:
        return None
    taken = SignInLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=timezone.now())
    return link.user if taken else None
