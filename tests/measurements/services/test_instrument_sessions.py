"""A day at an instrument is one session; a clock that was off sets right what was measured with it, and says so."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from labbook.errors import Conflict, Refusal
from labbook.journal import journal_of
from labbook.models import Lab, Revision, User
from labbook.services.editing import version_token
from labbook.services.history import restore
from labbook.services.projects import start_project
from measurements.models import Batch, InboxRow, Instrument, InstrumentSession, Measurement
from measurements.services.clocks import offset_of_reading
from measurements.services.committing import commit_rows
from measurements.services.instruments import change_instrument, measure_clock
from measurements.services.proposing import propose_for
from measurements.services.sessions import add_session, change_session, measure_session_clock, session_of
from tests.measurements.inboxes import MEASURED_AT, Read, arrive, make_batch, make_instrument, make_samples

ROME = ZoneInfo("Europe/Rome")
DAY = date(2026, 3, 8)
# The wall clock of the files, read in the lab's zone.
IN_ROME = datetime(2026, 3, 8, 9, 20, tzinfo=UTC)


@pytest.fixture
def maya(lab: Lab) -> Instrument:
    return make_instrument(lab)


def begin(lab: Lab, by: User, instrument: Instrument, operator: str = "", day: date = DAY) -> InstrumentSession:
    with journal_of(lab, by=by) as journal:
        return session_of(journal, instrument=instrument, day=day, operator=operator)


def measured_by_file(lab: Lab, by: User, count: int = 1) -> list[Measurement]:
    """Assign files that the instrument wrote."""
    make_samples(lab, by)
    batch = make_batch(lab, by)
    read = Read(settings={"serial_number": "MAYP110987"})
    names = [arrive(batch, f"NC-024-F2-FL1_PL_{number:02}.txt", read) for number in range(count)]
    propose_for(batch, names)
    with journal_of(lab, by=by) as journal:
        commit_rows(journal, batch, InboxRow.objects.filter(batch=batch))
    return list(Measurement.objects.order_by("pk"))


def test_a_day_of_a_person_is_one_session(lab: Lab, member: User, maya: Instrument) -> None:
    first = begin(lab, member, maya, "LM")

    assert begin(lab, member, maya, "LM") == first
    assert begin(lab, member, maya, "GF") != first
    assert begin(lab, member, maya, "LM", date(2026, 3, 9)) != first
    assert Revision.objects.filter(record_type="instrumentsession", action="created").count() == 3


def test_without_an_operator_the_only_session_of_the_day_is_meant(lab: Lab, member: User, maya: Instrument) -> None:
    first = begin(lab, member, maya, "LM")

    assert begin(lab, member, maya) == first
    begin(lab, member, maya, "GF")

    assert begin(lab, member, maya).operator == ""


def test_the_session_of_a_project_is_not_taken_for_the_labs(lab: Lab, member: User, maya: Instrument) -> None:
    secret = start_project(lab=lab, name="Secret", by=member, is_restricted=True)
    with journal_of(lab, by=member) as journal:
        hidden = add_session(journal, instrument=maya, day=DAY, project=secret, facts={"operator": "LM"})

    assert begin(lab, member, maya, "LM") != hidden


def test_a_second_batch_of_the_day_joins_the_session_of_the_first(lab: Lab, member: User, maya: Instrument) -> None:
    make_samples(lab, member)
    for number in (1, 2):
        batch = make_batch(lab, member)
        Batch.objects.filter(pk=batch.pk).update(instrument=maya, day=DAY)
        batch.refresh_from_db()
        propose_for(batch, [arrive(batch, f"NC-024-F2-FL1_PL_{number:02}.txt", Read())])
        with journal_of(lab, by=member) as journal:
            commit_rows(journal, batch, InboxRow.objects.filter(batch=batch))

    assert InstrumentSession.objects.get().measurements.count() == 2


def test_a_corrected_offset_moves_every_moment_and_writes_its_history(
    lab: Lab, manager: User, maya: Instrument
) -> None:
    measured = measured_by_file(lab, manager, 3)
    assert {one.measured_at for one in measured} == {IN_ROME}

    with journal_of(lab, by=manager) as journal:
        changed = change_instrument(journal, maya, {"clock_offset_s": Decimal(180)}, token=version_token(maya))

    moved = list(Measurement.objects.order_by("pk"))
    assert changed.moment_count == 3
    assert {one.measured_at for one in moved} == {datetime(2026, 3, 8, 9, 17, tzinfo=UTC)}
    assert {one.version for one in moved} == {measured[0].version + 1}
    assert (measured[0].age_days, moved[0].age_days) == (Decimal("6.889"), Decimal("6.887"))
    assert Revision.objects.filter(record_type="measurement", action="clock set right").count() == 3


def test_a_corrected_zone_moves_the_moments_too(lab: Lab, manager: User, maya: Instrument) -> None:
    measured_by_file(lab, manager)

    with journal_of(lab, by=manager) as journal:
        change_instrument(journal, maya, {"time_zone": "UTC"}, token=version_token(maya))

    assert Measurement.objects.get().measured_at == MEASURED_AT


def test_a_moment_that_a_person_typed_stays(lab: Lab, manager: User, maya: Instrument) -> None:
    measured_by_file(lab, manager)
    Measurement.objects.update(measured_at_origin="person")

    with journal_of(lab, by=manager) as journal:
        changed = change_instrument(journal, maya, {"clock_offset_s": Decimal(180)}, token=version_token(maya))

    assert changed.moment_count == 0
    assert Measurement.objects.get().measured_at == IN_ROME


def test_a_days_own_offset_stands_before_the_usual_one(lab: Lab, manager: User, maya: Instrument) -> None:
    measured_by_file(lab, manager)
    session = begin(lab, manager, maya, "GF")
    Measurement.objects.update(session=session)
    with journal_of(lab, by=manager) as journal:
        own = change_session(journal, session, {"clock_offset_s": Decimal(60)}, token=version_token(session))
    with journal_of(lab, by=manager) as journal:
        usual = change_instrument(journal, maya, {"clock_offset_s": Decimal(3600)}, token=version_token(maya))

    assert (own.moment_count, usual.moment_count) == (1, 0)
    assert Measurement.objects.get().measured_at == datetime(2026, 3, 8, 9, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("says", "offset_s"),
    [
        ("14:03:20", 200),
        ("14:00", 0),
        ("13:59", -60),
        ("2026-03-08 14:00:40", 40),
        ("2025-03-08 14:00", -365 * 86_400),
    ],
)
def test_what_a_clock_says_now_gives_what_it_is_off(says: str, offset_s: int) -> None:
    now = datetime(2026, 3, 8, 14, 0, tzinfo=ROME)

    assert offset_of_reading(says, zone=ROME, now=now) == offset_s


def test_a_clock_read_around_midnight_is_off_by_minutes_and_not_by_a_day() -> None:
    now = datetime(2026, 3, 8, 23, 59, tzinfo=ROME)

    assert offset_of_reading("00:02", zone=ROME, now=now) == 180


@pytest.mark.parametrize("says", ["", "noon", "25:00", "14:61", "2026-02-30 14:00", "0001-01-01 14:00"])
def test_what_no_clock_shows_is_refused(says: str) -> None:
    with pytest.raises(Refusal):
        offset_of_reading(says, zone=ROME, now=datetime(2026, 3, 8, 14, tzinfo=ROME))


def test_a_reading_is_taken_in_the_zone_of_the_computer(lab: Lab, manager: User, maya: Instrument) -> None:
    Instrument.objects.filter(pk=maya.pk).update(time_zone="America/New_York")
    now = datetime(2026, 1, 8, 14, 0, tzinfo=ROME)

    with journal_of(lab, by=manager) as journal:
        changed = measure_clock(journal, maya, "08:01", now=now)

    assert changed.instrument.clock_offset_s == 60


def test_a_reading_for_one_session_leaves_the_instrument_alone(lab: Lab, manager: User, maya: Instrument) -> None:
    session = begin(lab, manager, maya)

    with journal_of(lab, by=manager) as journal:
        changed = measure_session_clock(journal, session, "14:03", now=datetime(2026, 3, 8, 14, tzinfo=ROME))

    maya.refresh_from_db()
    assert changed.session.clock_offset_s == 180
    assert maya.clock_offset_s == 0


def test_two_people_may_change_two_settings_and_not_one(lab: Lab, manager: User, maya: Instrument) -> None:
    session = begin(lab, manager, maya)
    token = version_token(session)

    def change(settings: dict[str, str]) -> None:
        with journal_of(lab, by=manager) as journal:
            change_session(journal, session, settings, token=token)

    change({"settings.mode": "confocal"})
    change({"settings.filter": "long pass 550 nm"})

    with pytest.raises(Conflict):
        change({"settings.mode": "wide field"})
    session.refresh_from_db()
    assert session.settings == {"mode": "confocal", "filter": "long pass 550 nm"}


def test_going_back_to_an_earlier_note_keeps_the_settings_of_that_moment(
    lab: Lab, manager: User, maya: Instrument
) -> None:
    session = begin(lab, manager, maya)
    for changes in ({"settings.mode": "confocal"}, {"note": "Laser hopped."}, {"note": "It did not."}):
        with journal_of(lab, by=manager) as journal:
            session = change_session(journal, session, changes, token=version_token(session)).session
    hopped = Revision.objects.filter(record_type="instrumentsession").order_by("-sequence")[1]

    restore(record=session, sequence=hopped.sequence, token=version_token(session), by=manager)

    session.refresh_from_db()
    assert (session.note, session.settings) == ("Laser hopped.", {"mode": "confocal"})
