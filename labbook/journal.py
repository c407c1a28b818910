"""The journal of a transaction: services note in it what they changed, and it writes the history rows."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone as clock

from labbook.models import HistoryHead, Lab, LabRecord, Membership, Project, Revision, User
from labbook.quantities.moments import FUTURE_TOLERANCE

ZERO_HASH = "0" * 64

Change = tuple[Any, Any]
Recorded = LabRecord | Lab | Membership | Project


@dataclass
class Journal:
    """What one person changed in one transaction of one lab."""

    lab: Lab
    by: User | None
    reason: str = ""
    at: datetime = field(default_factory=clock.now)
    entries: list[Revision] = field(default_factory=list)

    def created(self, record: Recorded, **facts: Any) -> None:
        """Note a new record; `facts` are what a reader of the history wants to see of it."""
        self._add(record, "created", {name: [None, told_of(record, value)] for name, value in facts.items()})

    def changed(self, record: Recorded, action: str, changes: dict[str, Change], reason: str = "") -> None:
        """Note changes of a saved record as {"field": (before, after)}; equal pairs are left out."""
        told = {name: [told_of(record, before), told_of(record, after)] for name, (before, after) in changes.items()}
        self._add(record, action, {name: pair for name, pair in told.items() if pair[0] != pair[1]}, reason)

    def _add(self, record: Recorded, action: str, changes: dict[str, list[Any]], reason: str = "") -> None:
        self.entries.append(
            Revision(
                lab=self.lab,
                at=self.at,
                by=self.by,
                record_type=record_type_of(record),
                record_id=record.pk,
                record_version=record.version,
                record_label=str(record)[:120],
                project_id=record.pk if isinstance(record, Project) else getattr(record, "project_id", None),
                action=action,
                changes=changes,
                reason=(reason or self.reason)[:500],
            )
        )

    def is_future(self, at: datetime) -> bool:
        """Say whether a moment lies ahead of now by more than a clock that runs a little fast."""
        return at > self.at + FUTURE_TOLERANCE

    def write(self) -> None:
        """Append the noted changes to the lab's chain, locking its head last."""
        if not self.entries:
            return
        HistoryHead.objects.get_or_create(lab=self.lab)
        head = HistoryHead.objects.select_for_update().get(lab=self.lab)
        for revision in self.entries:
            head.length += 1
            revision.sequence = head.length
            revision.previous_hash = head.last_hash
            revision.hash = head.last_hash = revision_hash(revision)
        Revision.objects.bulk_create(self.entries, batch_size=500)
        head.save(update_fields=["length", "last_hash"])
        self.entries = []


@contextmanager
def journal_of(lab: Lab, *, by: User | None, reason: str = "") -> Iterator[Journal]:
    """Open a transaction whose changes reach the history with it, or not at all."""
    with transaction.atomic():
        journal = Journal(lab=lab, by=by, reason=reason)
        yield journal
        journal.write()


def record_type_of(record: models.Model) -> str:
    """Return the name by which codes, search rows and history call a record's model."""
    return record._meta.model_name or ""


def told_of(record: Recorded, value: Any) -> Any:
    """Return a value as the history of a record keeps it; what lies in another restricted project has no name there."""
    project = getattr(value, "project", None) if isinstance(value, models.Model) else None
    if isinstance(project, Project) and project.is_restricted and project.pk != getattr(record, "project_id", None):
        return {"id": value.pk, "name": "restricted"}
    return plain(value)


def plain(value: Any) -> Any:
    """Return a value as JSON keeps it: numbers as text, moments in UTC, records as id and name."""
    if value is None or isinstance(value, bool | int | dict):
        return value
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, models.Model):
        # A record that left a restricted project is read by people who must not learn its name.
        is_secret = isinstance(value, Project) and value.is_restricted
        return {"id": value.pk, "name": "a restricted project" if is_secret else str(value)}
    return plain_text(value)


def plain_text(value: Any) -> str:
    """Return a number without trailing zeros, a moment in UTC, a day in ISO form, or the text itself."""
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def revision_hash(revision: Revision) -> str:
    """Return the SHA-256 of a revision's canonical JSON, which includes the hash before it."""
    said = {
        "lab": revision.lab_id,
        "sequence": revision.sequence,
        "at": plain(revision.at),
        "by": revision.by_id,
        "record": [revision.record_type, revision.record_id, revision.record_version, revision.record_label],
        "action": revision.action,
        "changes": revision.changes,
        "reason": revision.reason,
        "previous": revision.previous_hash,
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
