"""Lines of the match table are proposed when files come, and never overwrite what a person set."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from labbook.models import Lab, User
from labbook.services.projects import start_project
from measurements.models import Batch, InboxRow, RowState
from measurements.services.proposing import propose_again, propose_for
from measurements.techniques import Technique
from tests.measurements.inboxes import Read, arrive, make_batch, make_instrument, make_samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(lab: Lab, member: User) -> Batch:
    make_samples(lab, member)
    return make_batch(lab, member)


def rows_of(batch: Batch) -> dict[str, InboxRow]:
    return {row.file_name.name: row for row in InboxRow.objects.filter(batch=batch).select_related("sample")}


def test_a_file_that_says_all_gets_sample_technique_and_rung(batch: Batch) -> None:
    propose_for(batch, [arrive(batch, "DAC/nc024f2dac1_pl_0.13gpa.txt", Read())])

    row = rows_of(batch)["nc024f2dac1_pl_0.13gpa.txt"]
    assert (row.sample and row.sample.code, row.technique) == ("NC-024-F2-DAC1", Technique.PL)
    assert row.pressure_gpa == Decimal("0.13")
    assert row.confidence_percent == 96


def test_a_file_that_nobody_read_has_a_line_too(batch: Batch) -> None:
    propose_for(batch, [arrive(batch, "WiRE_update.exe")])

    row = rows_of(batch)["WiRE_update.exe"]
    assert (row.recording, row.sample, row.state) == (None, None, RowState.WAITING)
    assert "nobody could read it" in row.why


def test_every_recording_of_a_file_is_a_line_named_by_its_own_label(batch: Batch) -> None:
    first, second = Read("absorbance", "NC-024-F2-FL1"), Read("absorbance", "NC-024-F2-a")

    propose_for(batch, [arrive(batch, "set of March.spc", first, second)])

    codes = [row.sample and row.sample.code for row in InboxRow.objects.filter(batch=batch).order_by("pk")]
    assert codes == ["NC-024-F2-FL1", "NC-024-F2-a"]


def test_proposing_again_changes_no_line_and_makes_no_second_one(batch: Batch) -> None:
    name = arrive(batch, "NC-024-F2-FL1_PL_280K.txt", Read())
    propose_for(batch, [name])

    propose_for(batch, [name])

    assert InboxRow.objects.filter(batch=batch).count() == 1


def test_what_a_person_set_stays_when_it_is_proposed_again(batch: Batch) -> None:
    propose_for(batch, [arrive(batch, "NC-024-F2-FL1_PL_280K.txt", Read())])
    InboxRow.objects.update(technique=Technique.RAMAN, temperature_k=Decimal(270), edited=["technique", "rung"])

    propose_again(batch)

    row = InboxRow.objects.get()
    assert (row.technique, row.temperature_k) == (Technique.RAMAN, Decimal(270))
    assert row.sample is not None
    assert row.sample.code == "NC-024-F2-FL1"


def test_what_the_batch_is_about_stands_in_every_line_that_says_nothing_else(batch: Batch, member: User) -> None:
    propose_for(batch, [arrive(batch, "scan 0.4 GPa.txt", Read())])
    load = make_samples(batch.lab, member, fraction="NC-030-F1")["NC-030-F1-DAC1"]
    Batch.objects.update(sample=load)

    propose_again(batch)

    row = InboxRow.objects.get()
    assert (row.sample, row.pressure_gpa, row.confidence_percent) == (load, Decimal("0.4"), 85)


def test_a_sample_of_a_project_that_the_person_does_not_see_is_never_proposed(
    lab: Lab, member: User, manager: User
) -> None:
    secret = start_project(lab=lab, name="Secret", is_restricted=True, by=manager)
    make_samples(lab, manager, secret, "NC-099-F1")
    batch = make_batch(lab, member)

    propose_for(batch, [arrive(batch, "NC-099-F1-FL1_PL.txt", Read())])

    row = InboxRow.objects.get()
    assert (row.sample, row.candidates) == (None, [])
    assert "NC-099" not in row.why


def test_an_instrument_is_known_by_its_serial_number(batch: Batch) -> None:
    maya = make_instrument(batch.lab)

    propose_for(batch, [arrive(batch, "NC-024-F2-FL1_PL.txt", Read(settings={"serial_number": "MAYP110987"}))])

    assert InboxRow.objects.get().instrument == maya


def test_the_same_scan_in_another_format_joins_and_is_no_replicate(batch: Batch) -> None:
    raw = arrive(batch, "XRD/NC-024-F2-XF1_XRD.raw", Read("XRD"), reader="bruker_raw")
    uxd = arrive(batch, "XRD/NC-024-F2-XF1_XRD.uxd", Read("XRD"), reader="bruker_uxd")

    propose_for(batch, [raw])
    propose_for(batch, [uxd])

    rows = rows_of(batch)
    assert rows["NC-024-F2-XF1_XRD.uxd"].joins == rows["NC-024-F2-XF1_XRD.raw"]
    assert rows["NC-024-F2-XF1_XRD.uxd"].why == "the same scan as NC-024-F2-XF1_XRD.raw"


def test_the_same_bytes_under_another_name_are_set_aside(batch: Batch) -> None:
    named = arrive(batch, "NC-024-F2-FL1_PL.txt", Read(), content="bytes")
    copy = arrive(batch, "Copy of data final FINAL.txt", content="bytes")

    propose_for(batch, [copy])
    propose_for(batch, [named])

    row = rows_of(batch)["Copy of data final FINAL.txt"]
    assert (row.state, row.why) == (RowState.SET_ASIDE, "the same bytes as NC-024-F2-FL1_PL.txt")


def test_the_name_that_says_most_counts_whatever_came_first(batch: Batch) -> None:
    paths = ("NC-024-F2-XF1_XRD_2.raw", "Copy of data FINAL.img", "NC-024-F2-DAC1_TRPL_0GPa_50ns.img")
    for path in (*paths, *paths):
        propose_for(batch, [arrive(batch, path, Read("TRPL"), content="bytes", reader="hamamatsu_img")])

    waiting = InboxRow.objects.get(batch=batch, state=RowState.WAITING)
    assert waiting.file_name.name == "NC-024-F2-DAC1_TRPL_0GPa_50ns.img"
    assert waiting.why == "NC-024-F2-DAC1 in the name"


def test_the_same_bytes_under_the_names_of_two_samples_wait_for_a_look(batch: Batch) -> None:
    paths = ("NC-024-F2-FL1_PL.txt", "NC-024-F2-a_PL.txt")

    propose_for(batch, [arrive(batch, path, Read(), content="bytes") for path in paths])

    waiting = InboxRow.objects.get(batch=batch, state=RowState.WAITING)
    assert waiting.confidence_percent == 50
    assert "the same bytes are also called" in waiting.why


def test_two_hundred_files_are_proposed_in_a_fixed_number_of_queries(
    batch: Batch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    names = [arrive(batch, f"NC-024-F2-FL1_PL_{number}K.txt", Read(y_max=number)) for number in range(80, 280)]

    with django_assert_max_num_queries(30):
        propose_for(batch, names)

    assert InboxRow.objects.filter(sample__code="NC-024-F2-FL1", confidence_percent=96).count() == 200
