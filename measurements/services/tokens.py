"""Upload-only tokens: made for one instrument's computer, shown once, revoked at any time."""

import hashlib
import secrets

from django.utils import timezone

from labbook.errors import Refusal
from labbook.journal import Journal
from measurements.models import Instrument, UploadToken

PREFIX = "upload_"


def make_upload_token(journal: Journal, *, title: str, instrument: Instrument | None) -> tuple[UploadToken, str]:
    """Return a new token's row and its secret, which is never shown again."""
    if not title.strip():
        raise Refusal("Say which computer it is for.", field="title")
    secret = PREFIX + secrets.token_urlsafe(24)
    token = UploadToken.objects.create(
        lab=journal.lab, created_by=journal.by, title=title.strip()[:120], instrument=instrument,
        token_hash=hash_of(secret),
    )  # fmt: skip
    journal.created(token, title=token.title, instrument=instrument)
    return token, secret


def revoke_upload_token(journal: Journal, *, token: UploadToken) -> None:
    """End a token; files it has sent stay."""
    if token.revoked_at:
        raise Refusal("This link was revoked already.")
    token.revoked_at = journal.at
    token.version += 1
    token.save(update_fields=["revoked_at", "version"])
    journal.changed(token, "revoked", {"revoked_at": (None, token.revoked_at)})


def token_behind(secret: str) -> UploadToken | None:
    """Return the token that a secret opens, and note that it was used; nothing for a revoked or unknown one."""
    if not secret.startswith(PREFIX):
        return None
    found = UploadToken.objects.select_related("lab", "instrument", "created_by").filter(
        token_hash=hash_of(secret), revoked_at__isnull=True, created_by__isnull=False
    )
    token = found.first()
    if token is not None:
        UploadToken.objects.filter(pk=token.pk).update(last_used_at=timezone.now())
    return token


def hash_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
