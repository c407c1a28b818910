"""Keeping measurements: added by hand, corrected by two people, moved, void, restored, read against others."""

from decimal import Decimal
from typing import Any

import pytest

from labbook.errors import Conflict, Refusal
from labbook.journal import journal_of
from labbook.models import Lab, Revision, User
from labbook.services.history import restore
from labbook.services.projects import start_project
from labbook.services.versions import version_token
from measurements.models import Measurement
from measurements.services.measurements import add_measurement, edit_measurement, move_measurement, void_measurement
from measurements.services.references import add_reference, remove_reference
from measurements.services.series import start_series
from tests.measurements.measuring import make_sample, measure


def test_a_measurement_looks_at_one_thing(lab: Lab, member: User) -> None:
    sample = make_sample(lab, member, "NC-024-F1")

    neither: dict[str, Any] = {}
    both: dict[str, Any] = {"sample": sample, "reference_kind": "dark"}
    for chosen in (neither, both):
        with pytest.raises(Refusal, match="one sample, or at one reference"), journal_of(lab, by=member) as journal:
            add_measurement(journal, facts={"technique": "PL"}, **chosen)

    assert not Measurement.objects.exists()


def test_a_value_that_no_column_holds_is_refused_at_its_field(lab: Lab, member: User) -> None:
    with pytest.raises(Refusal) as refused:
        measure(lab, member, None, reference_kind="dark", temperature_k="123456789")

    assert refused.value.field == "temperature_k"


def test_two_people_correct_different_fields_and_nothing_is_lost(lab: Lab, member: User, owner: User) -> None:
    one = measure(lab, member, make_sample(lab, member, "NC-024-F1"))
    read = version_token(one)
    edit_measurement(record=one, changes={"spot": "spot 2", "title": ""}, token=read, by=owner)

    edit_measurement(record=one, changes={"spot": "", "title": "second run"}, token=read, by=member)

    one.refresh_from_db()
    assert (one.spot, one.title) == ("spot 2", "second run")


def test_two_people_who_change_the_same_field_are_asked(lab: Lab, member: User, owner: User) -> None:
    one = measure(lab, member, make_sample(lab, member, "NC-024-F1"))
    read = version_token(one)
    edit_measurement(record=one, changes={"conditions": {"window_ns": "50"}}, token=read, by=owner)

    with pytest.raises(Conflict) as conflict:
        edit_measurement(record=one, changes={"conditions": {"window_ns": "100"}}, token=read, by=member)

    assert conflict.value.conflicts[0]["theirs"] == {"window_ns": "50"}


def test_a_rung_of_another_samples_ladder_is_refused(lab: Lab, member: User) -> None:
    one = measure(lab, member, make_sample(lab, member, "NC-024-F1"))
    other = make_sample(lab, member, "NC-024-F2")
    with journal_of(lab, by=member) as journal:
        rung = start_series(journal, sample=other, along="pressure", values=[Decimal(1)]).rungs.get()

    with pytest.raises(Refusal, match="another sample"):
        edit_measurement(record=one, changes={"rung": rung}, token=version_token(one), by=member)


def test_the_right_sample_brings_its_project_and_the_reason_is_kept(lab: Lab, member: User) -> None:
    right = make_sample(lab, member, "NC-024-F2")
    right.project = start_project(lab=lab, name="Pressure", is_restricted=False, by=member)
    right.save()
    one = measure(lab, member, make_sample(lab, member, "NC-024-F1"))

    with journal_of(lab, by=member) as journal:
        moved = move_measurement(journal, one, sample=right, reason="vials swapped", token=version_token(one))

    told = Revision.objects.get(record_type="measurement", action="moved to another sample")
    assert (moved.sample, moved.project) == (right, right.project)
    assert told.reason == "vials swapped"
    assert told.changes["sample"][1]["name"] == "NC-024-F2"


def test_making_void_needs_a_reason_and_happens_once(lab: Lab, member: User) -> None:
    one = measure(lab, member, make_sample(lab, member, "NC-024-F1"))

    with pytest.raises(Refusal, match="why"), journal_of(lab, by=member) as journal:
        void_measurement(journal, one, reason=" ")
    with journal_of(lab, by=member) as journal:
        void_measurement(journal, one, reason="shutter closed")

    with pytest.raises(Refusal, match="already"), journal_of(lab, by=member) as journal:
        void_measurement(journal, one, reason="again")


def test_an_earlier_value_comes_back_from_the_history(lab: Lab, member: User) -> None:
    one = measure(lab, member, make_sample(lab, member, "NC-024-F1"), pressure_gpa="0.13")
    before = Revision.objects.get(record_type="measurement").sequence
    edit_measurement(record=one, changes={"pressure_gpa": "1.85"}, token=version_token(one), by=member)
    one.refresh_from_db()

    restore(record=one, sequence=before, token=version_token(one), by=member, field="pressure_gpa")

    one.refresh_from_db()
    assert f"{one.pressure_gpa:f}" == "0.1300"


def test_a_reference_is_named_once_and_both_stay_when_it_is_removed(lab: Lab, member: User) -> None:
    one = measure(lab, member, make_sample(lab, member, "NC-024-F1"))
    dark = measure(lab, member, None, reference_kind="dark")
    with journal_of(lab, by=member) as journal:
        use = add_reference(journal, one, reference=dark, part="dark")

    with pytest.raises(Refusal, match="already"), journal_of(lab, by=member) as journal:
        add_reference(journal, one, reference=dark, part="dark")
    with pytest.raises(Refusal, match="its own"), journal_of(lab, by=member) as journal:
        add_reference(journal, one, reference=one, part="dark")
    with journal_of(lab, by=member) as journal:
        remove_reference(journal, use)

    assert Measurement.objects.count() == 2
    assert not one.references.exists()
