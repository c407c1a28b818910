"""Keeping the first answer to a write, so that a double tap or a retry gets it again and writes nothing."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from labbook.errors import Refusal
from labbook.models import SubmittedForm, User


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as it is kept: status, the headers that matter, and the text of its body."""

    status: int
    headers: dict[str, str]
    body: str


def fingerprint(*parts: str | bytes) -> str:
    """Return the SHA-256 of a request's parts, kept apart by their lengths."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()


def claim_key(*, user: User, key: str, request_hash: str) -> tuple[SubmittedForm, GivenAnswer | None]:
    """Return the key's row, and the answer it already got; a second claim waits for the first one's transaction.

    Call it inside the transaction of the write. Raises Refusal when the key was used for something else.
    """
    if len(key) > 100 or "\0" in key:
        raise Refusal("The idempotency key is longer than 100 characters, or none.", field="idempotency_key")
    row, is_new = SubmittedForm.objects.get_or_create(user=user, key=key, defaults={"request_hash": request_hash})
    if is_new:
        return row, None
    if row.request_hash != request_hash:
        message = "This form was already saved with other values. Open it again to save once more."
        raise Refusal(message, field="idempotency_key")
    return row, GivenAnswer(row.status, row.headers, row.body)


def keep_answer(row: SubmittedForm, answer: GivenAnswer) -> None:
    """Write down the answer that the key's later uses get."""
    row.status, row.headers, row.body = answer.status, answer.headers, answer.body
    row.save(update_fields=["status", "headers", "body"])


def forget_old_answers(user: User) -> None:
    """Sweep away a person's answers of more than a month ago; no browser retries after so long."""
    SubmittedForm.objects.filter(user=user, at__lt=timezone.now() - timedelta(days=30)).delete()
