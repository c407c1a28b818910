"""Where each condition of a measurement comes from: a person, the match table, its file, session or instrument."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from labbook.models import Revision
from measurements.models import InstrumentSession, Measurement, Recording
from measurements.services.committing_conditions import of_session, stated, text_of, usual
from measurements.services.committing_moments import age_then
from samples.models import Sample

PERSON, TABLE, FILE, SESSION = "a person", "the match table", "the file", "the session"
INSTRUMENT, EARLIER = "the instrument's usual settings", "the instrument's settings then"
COUNTED = "counted from its making"
# What a line of the match table says of the place along a ladder and in a set.
OF_LINE = frozenset({"pressure_gpa", "temperature_k", "age_days", "branch", "part", "spot", "replicate"})


@dataclass(frozen=True, slots=True)
class Origins:
    """What file, session and instrument of a measurement say, and what people wrote themselves."""

    # How old the sample was by its making, where nobody said it otherwise.
    age: str
    file: Mapping[str, str]
    session: Mapping[str, str]
    instrument: Mapping[str, str]
    changed: frozenset[str]
    # Without a file and a match table everything is a person's word.
    is_by_hand: bool

    def of(self, key: str, value: Any) -> str:
        """Return where the value of a key comes from; what people changed is theirs from then on."""
        if self.is_by_hand or key in self.changed:
            return PERSON
        text = text_of(value)
        if self.file.get(key) == text:
            return FILE
        if key in OF_LINE:
            return COUNTED if key == "age_days" and text == self.age else TABLE
        if self.session.get(key) == text:
            return SESSION
        return INSTRUMENT if self.instrument.get(key) == text else EARLIER


def origins_of(
    measurement: Measurement, sample: Sample | None, session: InstrumentSession | None, recordings: Sequence[Recording]
) -> Origins:
    """Return where the conditions of a measurement may come from; one query for what people changed."""
    age = age_then(measurement, sample) if sample else None
    return Origins(
        age="" if age is None else text_of(age),
        file={key: value for one in recordings for key, value in file_words(one).items()},
        session=of_session(session),
        instrument=usual(measurement.instrument),
        changed=frozenset(changed_keys(measurement)),
        is_by_hand=measurement.receipt_id is None,
    )


def file_words(recording: Recording) -> dict[str, str]:
    """Return what a file states, by our keys: conditions, and where it places itself on a ladder."""
    places = {key: text_of(value) for key, value in recording.settings.items() if key in OF_LINE}
    return {**places, **stated(recording)}


def changed_keys(measurement: Measurement) -> set[str]:
    """Return the columns and conditions that were changed since the measurement was assigned."""
    if measurement.receipt_id is None or measurement.version == 1:
        return set()
    later = Revision.objects.filter(record_type="measurement", record_id=measurement.pk, record_version__gt=1)
    keys: set[str] = set()
    for changes in later.values_list("changes", flat=True):
        before, after = (one or {} for one in changes.get("conditions", ({}, {})))
        keys |= changes.keys() | {key for key in before | after if before.get(key) != after.get(key)}
    return keys
