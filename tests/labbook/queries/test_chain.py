"""A history that was tampered with is found out, and the first broken row is named."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from labbook.journal import journal_of
from labbook.models import HistoryHead, Lab, Revision, User
from labbook.queries.chain import first_break
from labbook.queries.history import published_head
from samples.models import Place


@pytest.fixture
def told(lab: Lab, member: User) -> Lab:
    for number in range(5):
        with journal_of(lab, by=member, reason="µ and ü") as journal:
            place = Place.objects.create(lab=lab, title=f"Shelf {number}", kind="bench")
            journal.created(place, title=place.title, temperature_c=4.5)
    return lab


def row(lab: Lab, sequence: int) -> "Revision":
    return Revision.objects.get(lab=lab, sequence=sequence)


def test_an_untouched_history_is_whole(told: Lab) -> None:
    said = StringIO()

    call_command("verify_history", stdout=said)

    assert first_break(told) is None
    assert "5 rows, whole" in said.getvalue()


@pytest.mark.parametrize(
    ("column", "value"),
    [("changes", {"title": [None, "Forged"]}), ("reason", "another"), ("action", "x"), ("by", None), ("record_id", 99)],
)
def test_a_changed_row_is_named(told: Lab, column: str, value: object) -> None:
    Revision.objects.filter(lab=told, sequence=3).update(**{column: value})

    assert "row 3" in (first_break(told) or "")


def test_a_removed_row_is_named(told: Lab) -> None:
    row(told, 2).delete()

    assert first_break(told) == "row 2 is missing"


def test_two_rows_that_changed_places_are_found(told: Lab) -> None:
    second, third = row(told, 2), row(told, 3)
    Revision.objects.filter(pk=second.pk).update(sequence=99)
    Revision.objects.filter(pk=third.pk).update(sequence=2)
    Revision.objects.filter(pk=second.pk).update(sequence=3)

    assert "row 2" in (first_break(told) or "")


def test_a_cut_end_is_found(told: Lab) -> None:
    row(told, 5).delete()

    with pytest.raises(CommandError, match="the end was cut"):
        call_command("verify_history", told.slug)


def test_a_cut_end_with_a_forged_head_is_found_by_a_head_that_was_kept(told: Lab) -> None:
    kept = published_head(told)
    row(told, 5).delete()
    HistoryHead.objects.filter(lab=told).update(length=4, last_hash=row(told, 4).hash)

    assert first_break(told) is None
    assert "kept head" in (first_break(told, kept_head=kept) or "")


def test_a_kept_head_of_a_history_that_went_on_is_no_alarm(told: Lab, member: User) -> None:
    kept = published_head(told)
    with journal_of(told, by=member) as journal:
        journal.created(Place.objects.create(lab=told, title="More", kind="bench"))

    assert first_break(told, kept_head=kept) is None
