"""Which calibration of an instrument is in force on a day, and how an instrument stands."""

from collections.abc import Iterable
from datetime import date

from measurements.models import Calibration, CalibrationKind, Instrument

VALID, EXPIRED, NONE, AHEAD, RETIRED, SUPERSEDED = "valid", "expired", "none", "ahead", "retired", "superseded"


def calibration_for(
    instrument: Instrument, kind: CalibrationKind | str, day: date, applies_to: str = ""
) -> Calibration | None:
    """Return the calibration in force on a day: of those that say what is asked for, else of those for everything.

    Where several hold, the one that begins last wins, and of one day the one written last: a new
    calibration ends the old one without anybody having to end it by hand.
    """
    found = instrument.calibrations.filter(kind=kind, is_retired=False)
    return in_force(found, day, applies_to)


def in_force(calibrations: Iterable[Calibration], day: date, applies_to: str = "") -> Calibration | None:
    """Return which of some calibrations of one kind is in force; see `calibration_for`."""
    holding = [one for one in calibrations if holds_on(one, day)]
    for wanted in dict.fromkeys((spelled(applies_to), "")):
        fitting = [one for one in holding if spelled(one.applies_to) == wanted]
        if fitting:
            return max(fitting, key=lambda one: (one.valid_from or date.min, one.pk))
    return None


def holds_on(calibration: Calibration, day: date) -> bool:
    """Say whether a day lies in what a calibration is valid for; both ends belong to it."""
    begins, ends = calibration.valid_from, calibration.valid_until
    return not calibration.is_retired and (begins is None or begins <= day) and (ends is None or day <= ends)


def spelled(applies_to: str) -> str:
    """Return what a calibration holds for as it is compared: "50 ns" is "50ns"."""
    return "".join(applies_to.casefold().split())


def state_on(calibration: Calibration, day: date, others: Iterable[Calibration]) -> str:
    """Return how a calibration stands on a day among all of its instrument."""
    if calibration.is_retired:
        return RETIRED
    if calibration.valid_from and calibration.valid_from > day:
        return AHEAD
    if not holds_on(calibration, day):
        return EXPIRED
    rivals = [one for one in others if one.kind == calibration.kind]
    winner = in_force(rivals, day, calibration.applies_to)
    return VALID if winner is not None and winner.pk == calibration.pk else SUPERSEDED


def state_of_all(calibrations: Iterable[Calibration], day: date) -> str:
    """Return the word for a whole instrument: expired as soon as one thing has only expired calibrations."""
    by_thing: dict[tuple[str, str], list[Calibration]] = {}
    for one in calibrations:
        if not one.is_retired:
            by_thing.setdefault((one.kind, spelled(one.applies_to)), []).append(one)
    if not by_thing:
        return NONE
    is_valid = all(any(holds_on(one, day) for one in several) for several in by_thing.values())
    return VALID if is_valid else EXPIRED


def overlapping(calibration: Calibration) -> list[Calibration]:
    """Return the other calibrations for the same thing whose days overlap with this one's."""
    others = calibration.instrument.calibrations.filter(kind=calibration.kind, is_retired=False)
    return [
        one
        for one in others.exclude(pk=calibration.pk)
        if spelled(one.applies_to) == spelled(calibration.applies_to)
        and (one.valid_from or date.min) <= (calibration.valid_until or date.max)
        and (calibration.valid_from or date.min) <= (one.valid_until or date.max)
    ]
