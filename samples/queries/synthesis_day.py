"""What happened to a synthesis, in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from labbook.quantities import show
from samples.kinds import ProcessKind, SampleKind
from samples.models import (
    Process,
    Sample,
    SampleStatus,
    Synthesis,
)
from samples.queries.synthesis_page import address_of
from samples.queries.synthesis_records import Records


@dataclass(frozen=True, slots=True)
class Event:
    """Something of the day."""

    at: datetime
    precision: str
    title: str
    address: str = ""
    sub: str = ""


def day_of(synthesis: Synthesis, records: Records) -> list[Event]:
    """Return what happened, in order: batches, injection, rounds, vials, end."""
    events = [
        Event(process.started_at, process.started_at_precision, batch.code, address_of(batch), degas_of(process))
        for batch, process in records.preparations
    ]
    injection = records.injection
    if injection and records.crude and records.crude.status != SampleStatus.PLANNED:
        parts = []
        if synthesis.injection_temperature_c is not None:
            parts.append(show(synthesis.injection_temperature_c, "°C", decimals=1))
        if synthesis.growth_s is not None:
            parts.append(show(synthesis.growth_s, "s", decimals=1))
        precision = "minute" if synthesis.injected_at else injection.started_at_precision
        events.append(
            Event(synthesis.injected_at or injection.started_at, precision, "Injection", "", ", ".join(parts))
        )
    dispensings = [one for one in records.processes if one.kind == ProcessKind.DISPENSING]
    for process in records.processes:
        if event := event_of(process, records.made.get(process.pk, [])):
            events.append(event)
    if dispensings:
        count = sum(len(records.made.get(one.pk, [])) for one in dispensings)
        last = max(dispensings, key=lambda one: one.started_at)
        events.append(Event(last.started_at, last.started_at_precision, "Vials", "", f"{count} filled"))
    if synthesis.finished_at:
        events.append(
            Event(
                synthesis.finished_at, "minute", synthesis.get_status_display().capitalize(), "", synthesis.end_reason
            )
        )
    return sorted(events, key=lambda event: event.at)


def event_of(process: Process, made: Iterable[Sample]) -> Event | None:
    """Return a round, a stop or a clean-up spin as an event."""
    if process.kind == ProcessKind.CLEAN_UP_SPIN:
        return Event(process.started_at, process.started_at_precision, "Clean-up spin", "", process.outcome)
    if process.kind != ProcessKind.PRECIPITATION:
        return None
    fraction = next((one for one in made if one.kind == SampleKind.FRACTION), None)
    title = "Stop" if process.is_stop else f"Round {process.round_number}"
    sub = fraction.code.rpartition("-")[2] if fraction else process.outcome
    return Event(process.started_at, process.started_at_precision, title, address_of(fraction), sub)


def degas_of(process: Process) -> str:
    """Return the degassing temperature of a preparation, or nothing."""
    value = next((one for one in process.values.all() if one.key == "degas_temperature_c"), None)
    return f"degas {show(value.actual, '°C', decimals=1)}" if value and value.actual is not None else ""
