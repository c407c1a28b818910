"""Which calibration is in force: of the right kind and thing, of its days, the one that begins last."""

from datetime import date
from typing import Any

import pytest

from labbook.models import Lab
from measurements.calibration_spans import WIDTH, spans_of
from measurements.models import Calibration, Instrument
from measurements.queries.calibrations import calibration_for, overlapping, state_of_all, state_on
from tests.measurements.inboxes import make_instrument

TODAY = date(2026, 3, 8)


@pytest.fixture
def streak(lab: Lab) -> Instrument:
    return make_instrument(lab, title="Streak camera", technique="TRPL")


def calibrate(instrument: Instrument, value: str, **facts: Any) -> Calibration:
    told = {"kind": "irf", "unit": "ns", "value": value, **facts}
    return Calibration.objects.create(lab=instrument.lab, instrument=instrument, **told)


def test_the_one_that_begins_last_is_in_force_from_its_day_on(streak: Instrument) -> None:
    old = calibrate(streak, "0.5")
    new = calibrate(streak, "0.52", valid_from=date(2026, 3, 1))

    assert calibration_for(streak, "irf", date(2026, 2, 28)) == old
    assert calibration_for(streak, "irf", date(2026, 3, 1)) == new
    assert [one.pk for one in overlapping(new)] == [old.pk]


def test_of_one_day_the_one_written_last_is_in_force(streak: Instrument) -> None:
    calibrate(streak, "0.5", valid_from=TODAY)
    corrected = calibrate(streak, "0.52", valid_from=TODAY)

    assert calibration_for(streak, "irf", TODAY) == corrected


def test_after_its_last_day_nothing_is_in_force(streak: Instrument) -> None:
    only = calibrate(streak, "0.5", valid_until=TODAY)

    assert calibration_for(streak, "irf", TODAY) == only
    assert calibration_for(streak, "irf", date(2026, 3, 9)) is None


def test_a_retired_one_never_counts(streak: Instrument) -> None:
    calibrate(streak, "0.5", is_retired=True)

    assert calibration_for(streak, "irf", TODAY) is None


def test_what_is_asked_for_by_name_stands_before_what_holds_for_everything(streak: Instrument) -> None:
    everything = calibrate(streak, "1", valid_from=TODAY)
    window = calibrate(streak, "0.5", applies_to="50 ns")

    assert calibration_for(streak, "irf", TODAY, "50ns") == window
    assert calibration_for(streak, "irf", TODAY, "100 ns") == everything
    assert calibration_for(streak, "irf", TODAY) == everything


def test_another_kind_or_instrument_never_counts(streak: Instrument, lab: Lab) -> None:
    calibrate(streak, "0.5")

    assert calibration_for(streak, "sphere", TODAY) is None
    assert calibration_for(make_instrument(lab), "irf", TODAY) is None


def test_states_say_what_counts_and_why_the_others_do_not(streak: Instrument) -> None:
    old, now = calibrate(streak, "0.5"), calibrate(streak, "0.52", valid_from=date(2026, 3, 1))
    ahead = calibrate(streak, "0.6", valid_from=date(2026, 4, 1))
    retired = calibrate(streak, "0.7", is_retired=True)
    over = calibrate(streak, "0.8", applies_to="50 ns", valid_until=date(2026, 2, 1))
    every = [old, now, ahead, retired, over]

    assert [state_on(one, TODAY, every) for one in every] == ["superseded", "valid", "ahead", "retired", "expired"]


def test_an_instrument_is_expired_as_soon_as_one_thing_is(streak: Instrument) -> None:
    assert state_of_all([], TODAY) == "none"
    irf = calibrate(streak, "0.5")
    assert state_of_all([irf], TODAY) == "valid"
    axis = calibrate(streak, "0.1", kind="wavelength", valid_until=date(2026, 2, 1))
    assert state_of_all([irf, axis], TODAY) == "expired"


def test_bars_lie_in_the_picture_and_open_ends_reach_its_edge(streak: Instrument) -> None:
    open_one = calibrate(streak, "0.5")
    closed = calibrate(streak, "0.5", valid_from=date(2026, 1, 1), valid_until=date(2026, 2, 1))

    spans = spans_of([open_one, closed], TODAY)

    whole, part = spans.by_id[open_one.pk], spans.by_id[closed.pk]
    assert (whole.x, whole.width) == (0, WIDTH)
    assert 0 < part.x < part.x + part.width < spans.today_x < WIDTH
