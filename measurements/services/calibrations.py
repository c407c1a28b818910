"""Calibrations: added, corrected and retired; what was measured with one never changes by it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from labbook.errors import Refusal
from labbook.journal import Journal, journal_of
from labbook.models import User
from labbook.services.editing import edit
from measurements.models import Calibration, CalibrationKind, Instrument
from measurements.services.checking import save_fitting
from measurements.services.telling import tell_calibrated

FACTS = Calibration.EDITABLE


def add_calibration(
    journal: Journal, *, instrument: Instrument, kind: CalibrationKind | str, facts: Mapping[str, Any]
) -> Calibration:
    """Write a new calibration. Raises Refusal when it holds nothing, or ends before it begins."""
    made = Calibration(
        lab=journal.lab, created_by=journal.by, instrument=instrument, kind=kind,
        **{name: value for name, value in facts.items() if name in FACTS},
    )  # fmt: skip
    check(made)
    save_fitting(made)
    told = {name: value for name, value in facts.items() if value not in (None, "", False)}
    journal.created(made, instrument=instrument, kind=made.get_kind_display(), **told)
    tell_calibrated(journal, instrument)
    return made


def edit_calibration(
    *, record: Calibration, changes: Mapping[str, Any], token: str, by: User, reason: str = "", action: str = "changed",
    every_field_is_meant: bool = False,
) -> Calibration:  # fmt: skip
    """Correct or retire a calibration; see `edit_record`. Raises Refusal when it would hold nothing."""
    with journal_of(record.lab, by=by, reason=reason) as journal:
        saved = edit(journal, record, changes=changes, token=token, action=action,
                     every_field_is_meant=every_field_is_meant)  # fmt: skip
        check(saved)
        tell_calibrated(journal, saved.instrument)
    return saved


def check(calibration: Calibration) -> None:
    """Refuse a calibration that says nothing, or whose days are the wrong way round."""
    if calibration.value is None and calibration.measurement_id is None:
        raise Refusal("A calibration holds a number, or rests on a measurement of a standard.", field="value")
    begins, ends = calibration.valid_from or date.min, calibration.valid_until or date.max
    if ends < begins:
        raise Refusal("It ends before it begins.", field="valid_until")
    measurement = calibration.measurement
    if measurement is not None and not measurement.reference_kind:
        raise Refusal("That measurement looks at a sample and at no standard.", field="measurement")
