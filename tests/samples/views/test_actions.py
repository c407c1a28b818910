"""What people do with one sample: each action works, says what is wrong at its field, and writes once."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from labbook.journal import journal_of
from labbook.models import Alias, Lab, Project, Revision, User
from samples.kinds import ProcessKind, Unit
from samples.models import (
    Equipment,
    EquipmentKind,
    LabelRequest,
    LedgerEntry,
    Move,
    Place,
    PlaceKind,
    Process,
    Sample,
    SampleSize,
)
from samples.services.specimens import SpecimenPlan, make_specimen
from samples.services.stock import receive_bottle
from tests.samples.services.making import hours_ago, received

CODE = "NC-024-F2"
HTML = "<script>alert(1)</script>"


@pytest.fixture
def fraction(lab: Lab, member: User) -> Sample:
    """A fraction of 2 ml."""
    return a_sample(lab, member)


def a_sample(lab: Lab, by: User, code: str = CODE, amount: str | None = "2000") -> Sample:
    with journal_of(lab, by=by) as journal:
        return received(journal, code, amount)


def a_cuvette(lab: Lab, by: User, source: Sample, **plan: Any) -> Sample:
    with journal_of(lab, by=by) as journal:
        chosen = SpecimenPlan(prefix=plan.pop("prefix", "CV"), amount=Decimal(500), **plan)
        return make_specimen(journal, source=source, plan=chosen, at=hours_ago(2), operator="LM")


def fridge(lab: Lab, title: str = "Fridge 2") -> Place:
    return Place.objects.create(lab=lab, title=title, kind=PlaceKind.FRIDGE)


def again(sample: Sample) -> Sample:
    """The sample as the database has it."""
    return Sample.objects.get(pk=sample.pk)


def test_a_use_takes_its_amount_and_says_what_for(client: Client, fraction: Sample, member: User) -> None:
    client.force_login(member)

    answer = client.post(f"/s/{CODE}/use/", {"amount": "0,65 ml", "purpose": "stability cuvette"})

    process = Process.objects.get(kind=ProcessKind.CONSUMPTION)
    assert answer["Location"] == f"/s/{CODE}"
    assert again(fraction).balance == 1350
    assert (process.purpose, process.operator) == ("stability cuvette", "LM")
    assert LedgerEntry.objects.latest("pk").as_written == "0,65 ml"


def test_a_treatment_keeps_what_was_lost_in_it(client: Client, fraction: Sample, member: User) -> None:
    client.force_login(member)
    spin = {"kind": "clean_up_spin", "amount_after": "1.9", "phase_kept": "supernatant", "phase_discarded": "pellet"}

    client.post(f"/s/{CODE}/treat/", spin)

    process = Process.objects.get(treats=fraction)
    assert (process.phase_kept, process.phase_discarded) == ("supernatant", "pellet")
    assert again(fraction).balance == 1900


def test_a_recount_becomes_what_is_there(client: Client, fraction: Sample, member: User) -> None:
    client.force_login(member)

    client.post(f"/s/{CODE}/recount/", {"counted": "1.2 ml", "reason": "weighed again"})

    assert again(fraction).balance == 1200
    assert LedgerEntry.objects.latest("pk").reason == "weighed again"


def test_a_discarded_sample_is_kept_after_all_by_one_tap(client: Client, fraction: Sample, member: User) -> None:
    client.force_login(member)

    answer = client.post(f"/s/{CODE}/discard/", {"reason": "aggregated"})
    gone = again(fraction)
    undo = next(iter(get_messages(answer.wsgi_request))).extra_tags
    client.post((undo or "").removeprefix("undo:"), {"idempotency_key": "undo"})

    back = again(fraction)
    assert (gone.status, gone.balance, gone.status_reason) == ("discarded", Decimal(0), "aggregated")
    assert (back.status, back.balance) == ("in use", Decimal(2000))
    assert LedgerEntry.objects.latest("pk").reason == "discarded by mistake"


def test_a_discarded_sample_leads_to_keep_after_all(client: Client, fraction: Sample, member: User) -> None:
    client.force_login(member)
    client.post(f"/s/{CODE}/discard/", {"reason": "aggregated"})

    assert f'href="/s/{CODE}/keep/"' in client.get(f"/s/{CODE}").content.decode()


def test_a_move_ends_where_it_was_before(client: Client, lab: Lab, fraction: Sample, member: User) -> None:
    place = fridge(lab)
    client.force_login(member)

    client.post(f"/s/{CODE}/move/", {"place": place.pk})

    assert again(fraction).place == place
    assert Move.objects.get().by == "LM"


def test_another_name_is_found(client: Client, fraction: Sample, member: User) -> None:
    client.force_login(member)

    client.post(f"/s/{CODE}/alias/", {"text": "old red 3"})

    assert Alias.objects.get().text == "old red 3"


def test_a_size_class_says_that_a_person_assigned_it(client: Client, fraction: Sample, member: User) -> None:
    client.force_login(member)

    client.post(f"/s/{CODE}/size/", {"edge_length_nm": "9"})

    size = SampleSize.objects.get()
    assert (size.edge_length_nm, size.origin, size.by) == (Decimal(9), "assigned", "LM")


def test_a_split_makes_labelled_parts(client: Client, fraction: Sample, member: User) -> None:
    client.force_login(member)

    client.post(f"/s/{CODE}/split/", {"count": "3", "amount": "0.5"})

    parts = Sample.objects.filter(origin__kind=ProcessKind.SPLITTING)
    assert [(one.code, one.balance) for one in parts] == [(f"{CODE}-P{n}", Decimal(500)) for n in (1, 2, 3)]
    assert again(fraction).balance == 500
    assert LabelRequest.objects.count() == 3


def test_a_dilution_uses_the_sample_and_the_solvent(client: Client, lab: Lab, fraction: Sample, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        hexane = receive_bottle(
            journal, chemical="n-hexane", short="hexane", amount=Decimal(10000), unit=Unit.UL, at=hours_ago(72)
        )
    client.force_login(member)

    client.post(f"/s/{CODE}/dilute/", {"amount": "0.1", "solvent": hexane.pk, "solvent_amount": "0.9"})

    made = Sample.objects.get(origin__kind=ProcessKind.DILUTION)
    assert made.balance == 1000
    assert (again(fraction).balance, again(hexane).balance) == (Decimal(1900), Decimal(9100))


def test_a_poured_back_cuvette_is_a_credit_and_no_new_edge(
    client: Client, lab: Lab, fraction: Sample, member: User
) -> None:
    cuvette = a_cuvette(lab, member, fraction)
    client.force_login(member)

    client.post(f"/s/{cuvette.code}/pour-back/", {"vial": fraction.pk, "amount": "0.4"})

    assert (again(fraction).balance, again(cuvette).balance) == (Decimal(1900), Decimal(0))
    assert LedgerEntry.objects.filter(sample=fraction).latest("pk").kind == "credit"


def test_an_unloaded_cell_is_free_again(client: Client, lab: Lab, fraction: Sample, member: User) -> None:
    cell = Equipment.objects.create(lab=lab, title="One20DAC", kind=EquipmentKind.ANVIL_CELL)
    load = a_cuvette(lab, member, fraction, prefix="DAC", cell=cell)
    client.force_login(member)

    client.post(f"/s/{load.code}/unload/", {})

    cell.refresh_from_db()
    assert cell.held_by is None
    assert again(load).specimen.unloaded_at is not None


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("use", {"amount": "3 ml", "purpose": "film"}),
        ("split", {"amount": "1.5", "count": "2"}),
        ("dilute", {"amount": "3", "solvent_name": "n-hexane"}),
    ],
)
def test_one_tap_recounts_and_goes_on(
    client: Client, fraction: Sample, member: User, action: str, data: dict[str, str]
) -> None:
    client.force_login(member)

    refused = client.post(f"/s/{CODE}/{action}/", data)
    offer = refused.context["offer"]
    tap = f"{offer['sample']} {offer['recount']} {offer['unit']}"
    assert f'value="{tap}"' in refused.content.decode()
    answer = client.post(f"/s/{CODE}/{action}/", {**data, "recount": tap})

    entries = LedgerEntry.objects.filter(sample=fraction).order_by("pk").values_list("kind", flat=True)
    assert (refused.status_code, answer.status_code) == (422, 302)
    assert list(entries) == ["made", "recount", "use"]
    assert again(fraction).balance == 0


def test_a_recount_that_is_not_enough_writes_neither(client: Client, fraction: Sample, member: User) -> None:
    client.force_login(member)

    answer = client.post(f"/s/{CODE}/use/", {"amount": "3 ml", "purpose": "film", "recount": f"{CODE} 2500 ul"})

    assert answer.status_code == 422
    assert list(LedgerEntry.objects.values_list("kind", flat=True)) == ["made"]


def test_a_recount_of_another_sample_is_not_taken_for_this_one(
    client: Client, lab: Lab, fraction: Sample, member: User
) -> None:
    a_sample(lab, member, f"{CODE}0")
    client.force_login(member)

    answer = client.post(f"/s/{CODE}/use/", {"amount": "3 ml", "purpose": "film", "recount": f"{CODE}0 5000 ul"})

    assert answer.status_code == 422


def test_a_second_tap_uses_nothing_more(client: Client, fraction: Sample, member: User) -> None:
    client.force_login(member)
    tap = {"amount": "0.5", "purpose": "film", "idempotency_key": "one"}

    first, second = client.post(f"/s/{CODE}/use/", tap), client.post(f"/s/{CODE}/use/", tap)

    assert (first.status_code, second.status_code) == (302, 302)
    assert again(fraction).balance == 1500


@pytest.mark.parametrize(
    ("action", "field", "typed", "message"),
    [
        ("use", "amount", "much", "is not a number"),
        ("use", "amount", "450 mn", "is not a unit"),
        ("use", "amount", "-1 ml", "below"),
        ("use", "amount", "0", "more than zero"),
        ("use", "amount", "1" * 61, "at most 60 characters"),
        ("use", "amount", "5 °C", "ml"),
        ("use", "amount", "9 ml", "left by the book"),
        ("use", "purpose", "", "required"),
        ("use", "purpose", "x" * 1_000_000, "at most 120 characters"),
        ("use", "at", "2100-01-01", "future"),
        ("use", "at", "2001-01-01", "cannot be older than its source"),
        ("treat", "kind", "spin_coating", "valid choice"),
        ("treat", "amount_after", "some", "is not a number"),
        ("recount", "counted", "", "required"),
        ("recount", "counted", "-2", "below"),
        ("discard", "reason", "", "required"),
        ("discard", "at", "2100-01-01", "future"),
        ("move", "place", "999", "valid choice"),
        ("move", "at", "2001-01-01", "did not exist yet"),
        ("alias", "text", "…", "letter or digit"),
        ("alias", "text", "x" * 121, "at most 120 characters"),
        ("size", "edge_length_nm", "450 mn", "is not a unit"),
        ("size", "edge_length_nm", "", "required"),
        ("split", "count", "1", "greater than or equal to 2"),
        ("split", "count", "27", "less than or equal to 26"),
        ("dilute", "solvent_amount", "lots", "is not a number"),
    ],
)
def test_bad_input_is_answered_at_its_field_and_changes_nothing(
    client: Client, lab: Lab, fraction: Sample, member: User, action: str, field: str, typed: str, message: str
) -> None:
    good = {
        "use": {"amount": "0.5", "purpose": "film"},
        "treat": {"kind": "drying"},
        "recount": {"counted": "1"},
        "discard": {"reason": "aggregated"},
        "move": {"place": str(fridge(lab).pk)},
        "alias": {"text": "old"},
        "size": {"edge_length_nm": "9"},
        "split": {"count": "2", "amount": "0.5"},
        "dilute": {"amount": "0.5"},
    }[action]
    before = Revision.objects.count()
    client.force_login(member)

    answer = client.post(f"/s/{CODE}/{action}/", {**good, field: typed})

    assert answer.status_code == 422
    assert message in " ".join(answer.context["form"].errors[field])
    assert Revision.objects.count() == before
    assert again(fraction).version == fraction.version


def test_a_place_of_another_lab_or_one_that_is_retired_is_no_choice(
    client: Client, lab: Lab, other_lab: Lab, fraction: Sample, member: User
) -> None:
    retired = fridge(lab, "Old fridge")
    Place.objects.filter(pk=retired.pk).update(is_retired=True)
    client.force_login(member)

    for place in (fridge(other_lab), retired):
        assert client.post(f"/s/{CODE}/move/", {"place": place.pk}).status_code == 422
    assert again(fraction).place is None


def test_html_in_a_purpose_is_shown_as_text(client: Client, fraction: Sample, member: User) -> None:
    client.force_login(member)
    client.post(f"/s/{CODE}/use/", {"amount": "0.1", "purpose": HTML})
    client.post(f"/s/{CODE}/treat/", {"kind": "drying", "note": HTML, "look": HTML})
    client.post(f"/s/{CODE}/alias/", {"text": HTML})

    page = client.get(f"/s/{CODE}").content.decode()

    assert HTML not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("action", ["use", "treat", "recount", "discard", "keep", "move", "alias", "size", "split"])
def test_a_guest_does_nothing_with_a_sample(client: Client, fraction: Sample, guest: User, action: str) -> None:
    client.force_login(guest)

    assert client.get(f"/s/{CODE}/{action}/").status_code == 403
    assert client.post(f"/s/{CODE}/{action}/", {}).status_code == 403


def test_a_sample_of_another_lab_or_a_closed_project_is_not_there(
    client: Client, lab: Lab, fraction: Sample, member: User, stranger: User
) -> None:
    client.force_login(stranger)
    assert client.get(f"/s/{CODE}/use/").status_code == 404

    closed = Project.objects.create(lab=lab, name="Closed", slug="closed", is_restricted=True)
    Sample.objects.filter(pk=fraction.pk).update(project=closed)
    client.force_login(member)
    assert client.get(f"/s/{CODE}/use/").status_code == 404
    assert client.post(f"/s/{CODE}/use/", {"amount": "0.1", "purpose": "film"}).status_code == 404


def test_only_a_cuvette_is_poured_back(client: Client, fraction: Sample, member: User) -> None:
    client.force_login(member)

    assert client.get(f"/s/{CODE}/pour-back/").status_code == 404


def test_several_samples_are_moved_together_or_not_at_all(
    client: Client, lab: Lab, fraction: Sample, member: User
) -> None:
    other, place = a_sample(lab, member, "NC-025-F1"), fridge(lab)
    client.force_login(member)

    page = client.get(f"/samples/move/?from={CODE}&from={other.code}")
    named = page.context["form"]["samples"].value()
    answer = client.post("/samples/move/", {"samples": named, "place": place.pk})
    late = (timezone.now() - timedelta(days=30)).date().isoformat()
    refused = client.post("/samples/move/", {"samples": named, "place": place.pk, "at": late})

    assert answer.status_code == 302
    assert (again(fraction).place, again(other).place) == (place, place)
    assert refused.status_code == 422
    assert Move.objects.count() == 2


def test_a_move_of_a_sample_that_is_not_there_names_it(
    client: Client, lab: Lab, fraction: Sample, member: User
) -> None:
    client.force_login(member)

    answer = client.post("/samples/move/", {"samples": f"{CODE}, NC-999", "place": fridge(lab).pk})

    assert answer.context["form"].errors["samples"] == ["There is no sample NC-999 here."]
    assert again(fraction).place is None


def test_the_selection_of_the_list_leads_to_moving_and_pooling(client: Client, fraction: Sample, member: User) -> None:
    client.force_login(member)

    moving = client.post("/samples/selection", {"chosen": CODE, "do": "move"})
    pooling = client.post("/samples/selection", {"chosen": CODE, "do": "pool"})

    assert (moving["Location"], pooling["Location"]) == (f"/samples/move/?from={CODE}", f"/samples/pool/?from={CODE}")


def test_the_pages_open_with_the_amount_that_is_left(client: Client, fraction: Sample, member: User) -> None:
    client.force_login(member)

    assert "2.00" in client.get(f"/s/{CODE}/use/").content.decode()
