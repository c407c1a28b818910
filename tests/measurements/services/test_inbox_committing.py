"""A commit makes measurements, rungs, sessions and a receipt at once, refuses line by line, and can be undone."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, Revision, User
from labbook.services.projects import start_project
from measurements.models import (
    Batch,
    FileName,
    InboxRow,
    InstrumentSession,
    Measurement,
    MeasurementRecording,
    Receipt,
    ReferenceUse,
    RowState,
    Rung,
    Series,
)
from measurements.services.committing import commit_rows
from measurements.services.committing_checks import LinesRefused
from measurements.services.committing_undo import undo_receipt
from measurements.services.proposing import propose_for
from tests.measurements.inboxes import Read, arrive, make_batch, make_instrument, make_samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(lab: Lab, member: User) -> Batch:
    make_samples(lab, member)
    return make_batch(lab, member)


def put(batch: Batch, *paths: str, read: Read | None = None) -> None:
    """Let files come and be proposed, each with a curve of its own."""
    names = [arrive(batch, path, read or Read(y_max=100 + number)) for number, path in enumerate(paths)]
    propose_for(batch, names)


def commit(batch: Batch, by: User) -> Receipt:
    """Commit every waiting line."""
    with journal_of(batch.lab, by=by) as journal:
        return commit_rows(journal, batch, InboxRow.objects.filter(batch=batch, state=RowState.WAITING))


def undo(receipt: Receipt, by: User) -> int:
    """Undo a receipt."""
    with journal_of(receipt.lab, by=by) as journal:
        return undo_receipt(journal, receipt)


def test_a_line_becomes_a_measurement_on_its_rung(batch: Batch, member: User) -> None:
    put(batch, "NC-024-F2-DAC1_PL_0.13GPa.txt", "NC-024-F2-DAC1_PL_0GPa_release.txt")

    receipt = commit(batch, member)

    pressed, released = Measurement.objects.order_by("-pressure_gpa")
    assert pressed.sample is not None
    assert (pressed.sample.code, pressed.technique, pressed.pressure_gpa) == ("NC-024-F2-DAC1", "PL", Decimal("0.13"))
    assert [str(one) for one in Rung.objects.order_by("position")] == ["0.13 GPa", "0 GPa, release"]
    assert (pressed.rung, released.rung) == tuple(Rung.objects.order_by("position"))
    assert [line["rung"] for line in receipt.lines] == ["0.13 GPa", "0 GPa release"]
    assert pressed.parts.get().file_name.name == "NC-024-F2-DAC1_PL_0.13GPa.txt"


def test_measurements_of_one_load_share_one_ladder(batch: Batch, member: User) -> None:
    put(batch, "NC-024-F2-DAC1_PL_0.13GPa.txt", "NC-024-F2-DAC1_ruby_0.13GPa_before.txt")

    commit(batch, member)

    assert (Series.objects.count(), Rung.objects.count(), Measurement.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize(
    ("zone_state", "zone", "offset_s", "expected"),
    [
        ("stated", "", 0, datetime(2026, 3, 8, 10, 20, tzinfo=UTC)),
        ("not stated", "", 0, datetime(2026, 3, 8, 9, 20, tzinfo=UTC)),
        ("not stated", "America/New_York", 0, datetime(2026, 3, 8, 14, 20, tzinfo=UTC)),
        ("ambiguous", "", 120, datetime(2026, 3, 8, 9, 18, tzinfo=UTC)),
    ],
)
def test_the_moment_is_the_instruments_in_its_zone_less_what_its_clock_is_ahead(
    batch: Batch, member: User, zone_state: str, zone: str, offset_s: int, expected: datetime
) -> None:
    make_instrument(batch.lab, time_zone=zone, clock_offset_s=offset_s)
    put(batch, "NC-024-F2-FL1_PL.txt", read=Read(settings={"serial_number": "MAYP110987"}, zone_state=zone_state))

    commit(batch, member)

    measurement = Measurement.objects.get()
    assert (measurement.measured_at, measurement.measured_at_origin) == (expected, "instrument")


def test_the_clock_offset_found_that_day_stands_before_the_usual_one(batch: Batch, member: User) -> None:
    maya = make_instrument(batch.lab, clock_offset_s=120)
    session = InstrumentSession.objects.create(
        lab=batch.lab, instrument=maya, day=date(2026, 3, 8), clock_offset_s=60,
        settings={"excitation_wavelength_nm": "450"},
    )  # fmt: skip
    Batch.objects.update(session=session, instrument=maya)
    batch.refresh_from_db()
    put(batch, "NC-024-F2-FL1_PL.txt")

    commit(batch, member)

    measurement = Measurement.objects.get()
    assert measurement.measured_at == datetime(2026, 3, 8, 9, 19, tzinfo=UTC)
    assert (measurement.session, measurement.excitation_wavelength_nm) == (session, Decimal(450))


def test_instrument_and_day_of_a_batch_make_its_session(batch: Batch, member: User) -> None:
    Batch.objects.update(instrument=make_instrument(batch.lab), day=date(2026, 3, 8), operator="GF")
    batch.refresh_from_db()
    put(batch, "NC-024-F2-FL1_PL.txt", "NC-024-F2-FL1_PL_280K.txt")

    commit(batch, member)

    assert InstrumentSession.objects.get().measurements.count() == 2
    assert {one.operator for one in Measurement.objects.all()} == {"GF"}


def test_the_age_of_the_sample_is_computed_where_the_name_is_silent(batch: Batch, member: User) -> None:
    put(batch, "NC-024-F2-a_PL.txt", "NC-024-F2-a_60d_PL.txt")

    commit(batch, member)

    said, silent = Measurement.objects.order_by("-age_days")
    assert (said.age_days, said.rung is not None) == (Decimal(60), True)
    assert (silent.age_days, silent.rung) == (Decimal("6.889"), None)


def test_other_formats_of_a_scan_are_parts_of_one_measurement(batch: Batch, member: User) -> None:
    raw = arrive(batch, "NC-024-F2-XF1_XRD.raw", Read("XRD"))
    uxd = arrive(batch, "NC-024-F2-XF1_XRD.uxd", Read("XRD"))
    propose_for(batch, [raw, uxd])

    commit(batch, member)

    parts = Measurement.objects.get().parts.order_by("pk").values_list("file_name__name", "role")
    assert list(parts) == [("NC-024-F2-XF1_XRD.raw", "main"), ("NC-024-F2-XF1_XRD.uxd", "same scan")]


def test_the_empty_sphere_is_named_by_the_other_parts_of_its_set(batch: Batch, member: User) -> None:
    put(batch, *(f"NC-024-F2-a_30d_PLQY_{part}.txt" for part in ("direct", "empty", "indirect")))

    commit(batch, member)

    uses = ReferenceUse.objects.values_list("measurement__part", "reference__part", "part")
    assert set(uses) == {("direct", "empty", "empty sphere"), ("indirect", "empty", "empty sphere")}


def test_an_instrument_response_is_a_reference_without_a_sample(batch: Batch, member: User) -> None:
    put(batch, "IRF_50ns.img", read=Read("TRPL"))

    commit(batch, member)

    measurement = Measurement.objects.get()
    assert (measurement.sample, measurement.reference_kind, measurement.technique) == (None, "IRF", "TRPL")


def test_lines_that_say_too_little_are_refused_one_by_one_and_nothing_is_written(batch: Batch, member: User) -> None:
    put(batch, "NC-024-F2-FL1_PL.txt", "scan 3.txt", "NC-024-F2-DAC1_PL.txt")

    with pytest.raises(LinesRefused) as caught:
        commit(batch, member)

    names = {row.file_name.name: caught.value.reasons.get(row.pk) for row in InboxRow.objects.all()}
    assert names == {
        "NC-024-F2-FL1_PL.txt": None,
        "scan 3.txt": "scan 3.txt: say which sample it is of.",
        "NC-024-F2-DAC1_PL.txt": "NC-024-F2-DAC1_PL.txt: say at which pressure; 0 GPa before it was raised.",
    }
    assert not Measurement.objects.exists()
    assert not Receipt.objects.exists()


def test_the_same_files_again_are_set_aside_and_make_nothing_twice(batch: Batch, member: User) -> None:
    paths = [f"NC-024-F2-DAC1_PL_0.{number:02}GPa.txt" for number in range(1, 25)]
    put(batch, *paths)
    commit(batch, member)
    again = make_batch(batch.lab, member)

    put(again, *paths)

    rows = InboxRow.objects.filter(batch=again)
    assert {row.state for row in rows} == {RowState.SET_ASIDE}
    assert rows[0].why.startswith("already on NC-024-F2-DAC1, measurement ")
    with pytest.raises(Refusal):
        commit(again, member)
    assert Measurement.objects.count() == 24


def test_a_line_that_waited_elsewhere_meanwhile_is_refused(batch: Batch, member: User) -> None:
    other = make_batch(batch.lab, member)
    put(batch, "NC-024-F2-FL1_PL.txt")
    put(other, "NC-024-F2-FL1_PL.txt")
    commit(batch, member)

    with pytest.raises(LinesRefused, match="already"):
        commit(other, member)


def test_a_sample_that_the_person_does_not_see_takes_no_file(lab: Lab, member: User, manager: User) -> None:
    secret = start_project(lab=lab, name="Secret", is_restricted=True, by=manager)
    make_samples(lab, manager, secret, "NC-099-F1")
    batch = make_batch(lab, manager)
    put(batch, "NC-099-F1-FL1_PL.txt")

    with pytest.raises(LinesRefused, match="no such sample"):
        commit(batch, member)


def test_names_of_files_follow_their_sample_into_its_project(lab: Lab, manager: User) -> None:
    secret = start_project(lab=lab, name="Secret", is_restricted=True, by=manager)
    make_samples(lab, manager, secret, "NC-099-F1")
    batch = make_batch(lab, manager)
    put(batch, "NC-099-F1-FL1_PL.txt")

    commit(batch, manager)

    assert (Measurement.objects.get().project, FileName.objects.get().project) == (secret, secret)


def test_a_batch_is_closed_when_nothing_waits_and_opened_by_the_undo(batch: Batch, member: User) -> None:
    put(batch, "NC-024-F2-FL1_PL.txt")

    receipt = commit(batch, member)
    closed = Batch.objects.get().is_closed
    undo(receipt, member)

    assert (closed, Batch.objects.get().is_closed) == (True, False)


def test_an_undo_makes_all_void_and_lets_the_lines_wait(batch: Batch, member: User) -> None:
    put(batch, "NC-024-F2-DAC1_PL_0.13GPa.txt", "NC-024-F2-DAC1_PL_0.4GPa.txt")
    receipt = commit(batch, member)

    count = undo(receipt, member)

    assert count == 2
    assert {one.is_void for one in Measurement.objects.all()} == {True}
    assert {one.state for one in InboxRow.objects.all()} == {RowState.WAITING}
    assert not Rung.objects.exists()
    assert Revision.objects.filter(record_type="measurement", action="made void").count() == 2
    commit(batch, member)
    assert Measurement.objects.filter(is_void=False).count() == 2


def test_an_undo_happens_once(batch: Batch, member: User) -> None:
    put(batch, "NC-024-F2-FL1_PL.txt")
    receipt = commit(batch, member)
    undo(receipt, member)

    with pytest.raises(Refusal, match="undone already"):
        undo(receipt, member)


def test_what_another_measurement_stands_on_cannot_be_undone(batch: Batch, member: User) -> None:
    put(batch, "IRF_50ns.img", read=Read("TRPL"))
    receipt = commit(batch, member)
    other = make_batch(batch.lab, member)
    put(other, "NC-024-F2-FL1_TRPL.img", read=Read("TRPL", y_max=5))
    commit(other, member)
    irf, decay = Measurement.objects.order_by("pk")
    ReferenceUse.objects.create(measurement=decay, reference=irf, part=ReferenceUse.Part.IRF)

    with pytest.raises(Refusal, match="names one of them as its reference"):
        undo(receipt, member)


def test_a_long_batch_is_committed_in_few_queries(
    batch: Batch, member: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    put(batch, *(f"NC-024-F2-FL1_PL_280K_{number}.txt" for number in range(1, 121)))

    with django_assert_max_num_queries(63):
        commit(batch, member)

    assert MeasurementRecording.objects.count() == 120
