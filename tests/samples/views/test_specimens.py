"""The page of new specimens: every kind after its recipe, several at once, and what it refuses."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from labbook.journal import journal_of
from labbook.models import Lab, Project, Revision, User
from samples.kinds import ProcessKind, SampleKind, Unit
from samples.models import Equipment, EquipmentKind, LabelRequest, LedgerEntry, Process, Sample, StepStatus
from samples.services.furnishing import furnish_lab
from samples.services.stock import receive_bottle
from tests.samples.services.making import hours_ago, received

PAGE = "/specimens/new/"


@pytest.fixture
def vial(lab: Lab, member: User) -> Sample:
    """A vial of 1 ml in a lab with its recipes."""
    furnish_lab(lab, None)
    return a_vial(lab, member)


def a_vial(lab: Lab, by: User, code: str = "NC-024-F2-a", amount: str | None = "1000") -> Sample:
    with journal_of(lab, by=by) as journal:
        return received(journal, code, amount, kind=SampleKind.VIAL)


def a_bottle(lab: Lab, by: User, short: str, unit: Unit = Unit.UL) -> Sample:
    with journal_of(lab, by=by) as journal:
        return receive_bottle(
            journal, chemical=short, short=short, amount=Decimal(1000), unit=unit, at=hours_ago(72)
        )  # fmt: skip


def values_of(specimen: Sample) -> dict[str, tuple[str, Decimal | None]]:
    """How a specimen was made: the plan as written and the actual value, by key."""
    return {one.key: (one.planned_as_written, one.actual) for one in specimen.origin.values.all()}


def test_films_are_made_with_their_spin_program(client: Client, vial: Sample, member: User) -> None:
    client.force_login(member)
    film = {"series": "FL", "source": vial.code, "count": "2", "amount": "120 µl", "substrate": "glass"}
    program = {"coating_speed_rpm": "2000", "coating_time_s": "30", "coating_cycle_count": "3", "drying_time_min": "2"}

    answer = client.post(PAGE, {**film, **program, "substrate_lot": "L7", "detail": "dried under N2"})

    films = list(Sample.objects.filter(kind=SampleKind.FILM).order_by("pk"))
    vial.refresh_from_db()
    assert answer.status_code == 302
    assert [one.code for one in films] == [f"{vial.code}-FL1", f"{vial.code}-FL2"]
    assert vial.balance == 760
    assert {key: value[1] for key, value in values_of(films[1]).items()} == {
        "drop_volume_ul": None,
        "coating_speed_rpm": Decimal(2000),
        "coating_time_s": Decimal(30),
        "coating_cycle_count": Decimal(3),
        "drying_time_min": Decimal(2),
    }
    assert (films[0].specimen.substrate_lot, films[0].specimen.detail) == ("L7", "dried under N2")
    assert LabelRequest.objects.count() == 2


def test_the_steps_of_the_recipe_are_done_and_the_vial_stands_at_its_step(
    client: Client, vial: Sample, member: User
) -> None:
    client.force_login(member)
    client.post(PAGE, {"series": "FL", "source": vial.code, "count": "1", "amount": "0.1"})

    process = Process.objects.get(kind=ProcessKind.SPIN_COATING)
    steps = list(process.steps.all())
    assert [step.key for step in steps] == ["substrate", "coat", "dry"]
    assert {step.status for step in steps} == {StepStatus.DONE}
    assert process.inputs.get().step == steps[1]
    assert process.recipe is not None


def test_a_grid_as_planned_takes_the_single_planned_values_only(client: Client, vial: Sample, member: User) -> None:
    client.force_login(member)
    grid = {"series": "TG", "source": vial.code, "count": "1", "amount": "5 µl", "dilution": "1+9"}

    client.post(PAGE, {**grid, "as_planned": "1"})

    specimen = Sample.objects.get(kind=SampleKind.TEM_GRID)
    assert values_of(specimen) == {"drop_volume_ul": ("5 µl", Decimal(5)), "drying_time_min": ("5–10 min", None)}
    assert specimen.specimen.dilution_ratio == 10


def test_a_grid_as_typed_records_no_value_that_nobody_typed(client: Client, vial: Sample, member: User) -> None:
    client.force_login(member)

    client.post(PAGE, {"series": "TG", "source": vial.code, "count": "1", "as_typed": "1"})

    assert values_of(Sample.objects.get(kind=SampleKind.TEM_GRID))["drop_volume_ul"] == ("5 µl", None)


@pytest.mark.parametrize(
    ("text", "convention", "ratio"),
    [("1:10", "parts", Decimal(11)), ("1:10", "total", Decimal(10)), ("1:10", "unstated", None), ("1+9", "", 10)],
)
def test_a_colon_in_a_dilution_means_what_the_person_says(
    client: Client, vial: Sample, member: User, text: str, convention: str, ratio: Decimal | None
) -> None:
    client.force_login(member)

    client.post(
        PAGE, {"series": "CV", "source": vial.code, "count": "1", "dilution": text, "convention": convention}
    )  # fmt: skip

    made = Sample.objects.get(kind=SampleKind.CUVETTE).specimen
    assert (made.dilution_as_written, made.dilution_ratio) == (text, ratio)


def test_a_cuvette_is_diluted_from_a_bottle_and_says_its_path(
    client: Client, lab: Lab, vial: Sample, member: User
) -> None:
    hexane = a_bottle(lab, member, "hexane")
    cuvette = Equipment.objects.create(lab=lab, title="Cuvette 3", kind=EquipmentKind.CUVETTE)
    client.force_login(member)

    client.post(
        PAGE,
        {"series": "CV", "source": vial.code, "count": "1", "amount": "0.05", "dilution": "1+59",
         "solvent": hexane.pk, "solvent_amount": "0.5 ml", "path_length_mm": "10", "device": cuvette.pk},
    )  # fmt: skip

    made = Sample.objects.get(kind=SampleKind.CUVETTE)
    hexane.refresh_from_db()
    assert hexane.balance == 500
    assert values_of(made)["path_length_mm"] == ("", Decimal(10))
    assert list(made.origin.equipment.all()) == [cuvette]


def test_a_load_holds_its_cell_and_uses_ruby_and_oil(client: Client, lab: Lab, vial: Sample, member: User) -> None:
    cell = Equipment.objects.create(lab=lab, title="One20DAC", kind=EquipmentKind.ANVIL_CELL)
    ruby, oil = a_bottle(lab, member, "ruby", Unit.MG), a_bottle(lab, member, "oil")
    client.force_login(member)

    answer = client.post(
        PAGE,
        {"series": "DAC", "source": vial.code, "count": "1", "amount": "20 µl", "substrate": "type Ia",
         "gasket": "steel, pre-indented", "cell": cell.pk, "ruby": ruby.pk, "ruby_amount": "0.1 mg", "oil": oil.pk,
         "hole_diameter_um": "150", "drop_count": "4", "as_planned": "1"},
    )  # fmt: skip

    load = Sample.objects.get(kind=SampleKind.LOAD)
    cell.refresh_from_db()
    assert answer.status_code == 302
    assert cell.held_by == load
    assert (load.specimen.gasket, load.specimen.culet_diameter_mm) == ("steel, pre-indented", Decimal("0.4"))
    assert values_of(load)["hole_diameter_um"] == ("", Decimal(150))
    assert {(one.key, one.amount) for one in load.origin.inputs.all()} == {
        ("source", Decimal(20)),
        ("ruby", Decimal("0.1")),
        ("oil", None),
    }


def test_specimens_of_several_vials_are_made_in_one_go(client: Client, lab: Lab, vial: Sample, member: User) -> None:
    other = a_vial(lab, member, "NC-025-F1-a")
    client.force_login(member)

    page = client.get(f"{PAGE}?from={vial.code}&from={other.code}")
    client.post(PAGE, {"series": "XF", "source": page.context["form"]["source"].value(), "count": "2"})

    codes = [one.code for one in Sample.objects.filter(kind=SampleKind.XRD_FILM).order_by("pk")]
    assert codes == ["NC-024-F2-a-XF1", "NC-024-F2-a-XF2", "NC-025-F1-a-XF1", "NC-025-F1-a-XF2"]


def test_when_one_of_several_vials_is_short_nothing_is_made(
    client: Client, lab: Lab, vial: Sample, member: User
) -> None:
    short = a_vial(lab, member, "NC-025-F1-a", "10")
    before = Revision.objects.count()
    client.force_login(member)

    answer = client.post(
        PAGE, {"series": "FL", "source": f"{vial.code}, {short.code}", "count": "1", "amount": "0.1"}
    )  # fmt: skip

    assert answer.status_code == 422
    assert not Sample.objects.specimens().exists()
    assert Revision.objects.count() == before


def test_one_tap_recounts_enough_for_all_and_makes_them_in_one_transaction(
    client: Client, vial: Sample, member: User
) -> None:
    client.force_login(member)
    films = {"series": "FL", "source": vial.code, "count": "3", "amount": "0.5"}

    refused = client.post(PAGE, films)
    offer = refused.context["offer"]
    answer = client.post(PAGE, {**films, "recount": f"{offer['sample']} {offer['recount']} {offer['unit']}"})

    vial.refresh_from_db()
    assert (refused.status_code, answer.status_code) == (422, 302)
    assert offer["recount"] == "1500"
    assert "has 1 ml left by the book and 3 times 500 µl is used" in refused.content.decode()
    kinds = list(LedgerEntry.objects.filter(sample=vial).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["made", "recount", "use", "use", "use"]
    assert vial.balance == 0


def test_a_recount_keeps_what_was_pressed_first(client: Client, vial: Sample, member: User) -> None:
    client.force_login(member)
    grid = {"series": "TG", "source": vial.code, "count": "1", "amount": "2 ml"}

    page = client.post(PAGE, {**grid, "as_planned": "1"}).content.decode()
    client.post(PAGE, {**grid, "as_planned": "1", "recount": f"{vial.code} 2000 ul"})

    assert '<input type="hidden" name="as_planned" value="1">' in page
    assert values_of(Sample.objects.get(kind=SampleKind.TEM_GRID))["drop_volume_ul"] == ("5 µl", Decimal(5))


def test_as_typed_counts_after_as_planned(client: Client, vial: Sample, member: User) -> None:
    client.force_login(member)

    client.post(PAGE, {"series": "TG", "source": vial.code, "count": "1", "as_planned": "1", "as_typed": "1"})

    assert values_of(Sample.objects.get(kind=SampleKind.TEM_GRID))["drop_volume_ul"] == ("5 µl", None)


def test_two_short_vials_are_recounted_one_after_the_other(
    client: Client, lab: Lab, vial: Sample, member: User
) -> None:
    other = a_vial(lab, member, "NC-025-F1-a", "10")
    client.force_login(member)
    films = {"series": "FL", "source": f"{vial.code} {other.code}", "count": "1", "amount": "2 ml"}

    agreed: list[str] = []
    for _ in range(2):
        offer = client.post(PAGE, {**films, "recount": agreed}).context["offer"]
        agreed.append(f"{offer['sample']} {offer['recount']} {offer['unit']}")

    assert client.post(PAGE, {**films, "recount": agreed}).status_code == 302


def test_a_second_tap_makes_no_second_film(client: Client, vial: Sample, member: User) -> None:
    client.force_login(member)
    film = {"series": "FL", "source": vial.code, "count": "1", "amount": "0.1", "idempotency_key": "one"}

    first, second = client.post(PAGE, film), client.post(PAGE, film)

    assert first["Location"] == second["Location"]
    assert Sample.objects.specimens().count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("source", "NC-999", "There is no sample NC-999 here"),
        ("source", "", "required"),
        ("series", "XX", "Select a valid choice"),
        ("count", "25", "less than or equal to 24"),
        ("count", "0", "greater than or equal to 1"),
        ("amount", "some", "is not a number"),
        ("amount", "450 mn", "is not a unit"),
        ("amount", "-1 ml", "below"),
        ("amount", "1" * 61, "at most 60 characters"),
        ("at", "2100-01-01", "future"),
        ("note", "x" * 1_000_000, "at most 5000 characters"),
        ("substrate", "x" * 121, "at most 120 characters"),
        ("drop_volume_ul", "450 mn", "is not a unit"),
        ("drop_volume_ul", "-5", "below"),
        ("dilution", "10:1", "thinner"),
        ("convention", "", "it is not guessed"),
        ("solvent_amount", "much", "is not a number"),
    ],
)
def test_bad_input_is_answered_at_its_field_and_makes_nothing(
    client: Client, vial: Sample, member: User, field: str, typed: str, message: str
) -> None:
    client.force_login(member)
    grid = {"series": "TG", "source": vial.code, "count": "1", "dilution": "1:10", "convention": "total"}
    before = Revision.objects.count()

    answer = client.post(PAGE, {**grid, field: typed})

    assert answer.status_code == 422
    assert message in " ".join(answer.context["form"].errors[field])
    assert not Sample.objects.specimens().exists()
    assert Revision.objects.count() == before


def test_many_of_many_are_refused_at_the_count(client: Client, lab: Lab, vial: Sample, member: User) -> None:
    other = a_vial(lab, member, "NC-025-F1-a")
    client.force_login(member)

    answer = client.post(PAGE, {"series": "FL", "source": f"{vial.code},{other.code}", "count": "13"})

    assert "That makes 26" in " ".join(answer.context["form"].errors["count"])


def test_a_held_cell_is_answered_at_the_cell(client: Client, lab: Lab, vial: Sample, member: User) -> None:
    cell = Equipment.objects.create(lab=lab, title="One20DAC", kind=EquipmentKind.ANVIL_CELL)
    client.force_login(member)
    load = {"series": "DAC", "source": vial.code, "count": "1", "cell": cell.pk}
    client.post(PAGE, load)

    answer = client.post(PAGE, load)

    assert answer.status_code == 422
    assert "holds NC-024-F2-a-DAC1" in " ".join(answer.context["form"].errors["cell"])
    assert Sample.objects.specimens().count() == 1


def test_html_in_a_detail_is_shown_as_text(client: Client, vial: Sample, member: User) -> None:
    client.force_login(member)
    client.post(PAGE, {"series": "FL", "source": vial.code, "count": "1", "detail": "<script>alert(1)</script>"})

    page = client.get(f"/s/{Sample.objects.specimens().get().code}").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_guest_makes_none(client: Client, vial: Sample, guest: User) -> None:
    client.force_login(guest)

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"series": "FL", "source": vial.code, "count": "1"}).status_code == 403


def test_a_vial_of_another_lab_or_a_closed_project_is_not_there(
    client: Client, lab: Lab, vial: Sample, member: User, other_lab: Lab, stranger: User
) -> None:
    theirs = a_vial(other_lab, stranger, "NC-777-F1-a")
    hidden = a_vial(lab, member, "NC-888-F1-a")
    Sample.objects.filter(pk=hidden.pk).update(
        project=Project.objects.create(lab=lab, name="Closed", slug="closed", is_restricted=True)
    )
    client.force_login(member)

    for code in (theirs.code, hidden.code):
        answer = client.post(PAGE, {"series": "FL", "source": code, "count": "1"})
        assert answer.context["form"].errors["source"] == [f"There is no sample {code} here."]


@pytest.mark.parametrize(
    ("kind", "there", "not_there"),
    [
        ("FL", {"coating_speed_rpm"}, {"cell", "dilution", "gasket"}),
        ("TG", {"drop_volume_ul", "dilution"}, {"cell", "device"}),
        ("CV", {"path_length_mm", "device", "solvent"}, {"cell"}),
        ("DAC", {"cell", "gasket", "hole_diameter_um", "ruby"}, {"dilution", "device"}),
    ],
)
def test_every_kind_asks_for_its_own(
    client: Client, vial: Sample, member: User, kind: str, there: set[str], not_there: set[str]
) -> None:
    client.force_login(member)

    fields = set(client.get(f"{PAGE}?kind={kind}").context["form"].fields)

    assert there <= fields
    assert not not_there & fields


def test_the_page_says_what_the_source_leaves_open_and_keeps_what_was_typed(
    client: Client, vial: Sample, member: User
) -> None:
    client.force_login(member)

    page = client.get(f"{PAGE}?kind=TG&from={vial.code}&count=3&amount=5+µl")

    assert "1:10 vol." in page.content.decode()
    assert [page.context["form"][name].value() for name in ("count", "amount", "substrate")] == [
        "3", "5 µl", "ultra-thin carbon film on Cu grid",
    ]  # fmt: skip


def test_the_page_costs_the_same_with_more_bottles_cells_and_vials(
    client: Client, lab: Lab, vial: Sample, member: User
) -> None:
    client.force_login(member)
    address = f"{PAGE}?kind=DAC&from={vial.code}"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    others = [a_vial(lab, member, f"NC-03{number}-F1-a") for number in range(5)]
    for number in range(5):
        a_bottle(lab, member, "ruby", Unit.MG)
        Equipment.objects.create(lab=lab, title=f"Cell {number}", kind=EquipmentKind.ANVIL_CELL)
    with CaptureQueriesContext(connection) as many:
        client.get(address + "".join(f"&from={one.code}" for one in others))

    assert len(many) == len(few) <= 12
