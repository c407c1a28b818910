"""Reading the history: of a record, of a field, of a lab day by day, and a record's state at a moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from labbook.journal import ZERO_HASH
from labbook.models import HistoryHead, Lab, Revision, User
from labbook.models.records import ProjectQuerySet
from labbook.queries.people import initials_in

PAGE = 50


def shown(value: Any) -> str:
    """Return a value of the history as a person reads it; nothing is an empty text."""
    if isinstance(value, dict):
        return str(value.get("name", value))
    if isinstance(value, list):
        return ", ".join(shown(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Line:
    """One value of one field, before and after."""

    field: str
    before: Any
    after: Any
    # The revision before this one, and whether its value can be put back.
    sequence_before: int
    may_return: bool

    @property
    def label(self) -> str:
        """The field in words."""
        return self.field.rpartition(".")[2].replace("_", " ")

    @property
    def was(self) -> str:
        """The value before, as a person reads it."""
        return shown(self.before)

    @property
    def became(self) -> str:
        """The value after, as a person reads it."""
        return shown(self.after)


@dataclass(frozen=True, slots=True)
class Told:
    """One revision as a page tells it."""

    revision: Revision
    who: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """What an activity list is narrowed to; `before` is the cursor, the sequence of the last row read."""

    person: int | None = None
    record: str = ""
    first_day: date | None = None
    last_day: date | None = None
    before: int | None = None


def history_of(lab: Lab, record_type: str, record_id: int, *, seen_by: User) -> ProjectQuerySet[Revision]:
    """Return a record's revisions, newest first, as far as the person may see the record."""
    mine = Revision.objects.visible_to(seen_by).filter(lab=lab, record_type=record_type, record_id=record_id)
    return mine.select_related("by").order_by("-sequence")


def activity_in(lab: Lab, wanted: ActivityFilter, *, seen_by: User) -> ProjectQuerySet[Revision]:
    """Return the lab's revisions that a person may see, newest first, narrowed by person, record and day."""
    found = Revision.objects.visible_to(seen_by).filter(lab=lab)
    if wanted.person:
        found = found.filter(by=wanted.person)
    if wanted.record:
        found = found.filter(record_label__icontains=wanted.record)
    if wanted.first_day:
        found = found.filter(at__gte=start_of(wanted.first_day, lab))
    if wanted.last_day:
        found = found.filter(at__lt=start_of(wanted.last_day + timedelta(days=1), lab))
    if wanted.before:
        found = found.filter(sequence__lt=wanted.before)
    return found.select_related("by").order_by("-sequence")


def start_of(day: date, lab: Lab) -> datetime:
    """Return the moment a day begins where the lab is."""
    return datetime.combine(day, time.min, tzinfo=lab.zone)


def tell(
    revisions: list[Revision], lab: Lab, *, field: str = "", can_return: Callable[[str], bool] = lambda _name: False
) -> list[Told]:
    """Return revisions with the person's initials and their changes line by line, or those of one field only.

    `can_return` says which fields a reader may put back.
    """
    initials = initials_in(lab)
    return [
        Told(
            revision=one,
            who=initials.get(one.by_id or 0, str(one.by) if one.by else "the notebook"),
            lines=[
                Line(name, pair[0], pair[1], one.sequence - 1, may_return=one.action != "created" and can_return(name))
                for name, pair in one.changes.items()
                if field in {"", name}
            ],
        )
        for one in revisions
    ]


def state_at(lab: Lab, record_type: str, record_id: int, sequence: int) -> dict[str, Any]:
    """Return, for every field changed after a revision, the value it had then, as the history keeps it."""
    later = Revision.objects.filter(lab=lab, record_type=record_type, record_id=record_id, sequence__gt=sequence)
    state: dict[str, Any] = {}
    for changes in later.order_by("sequence").values_list("changes", flat=True):
        for name, (before, _after) in changes.items():
            state.setdefault(name, before)
    return state


def published_head(lab: Lab) -> tuple[int, str]:
    """Return length and last hash of a lab's chain; kept outside, it lets the verifier see a cut tail."""
    head = HistoryHead.objects.filter(lab=lab).first()
    return (head.length, head.last_hash) if head else (0, ZERO_HASH)
