"""Promises of specimens: numbered per fraction and kind, ledger debited, a cell holds one load."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from labbook.errors import Refusal
from labbook.journal import Journal, journal_of
from labbook.models import Lab, Revision, User
from labbook.services.projects import start_project
from samples.kinds import SampleKind, Unit
from samples.models import Equipment, EquipmentKind, Sample
from samples.services.dispensing import VialPlan, dispense
from samples.services.specimens import Ingredient, SpecimenPlan, make_specimen, specimen_form, unload_cell
from tests.making import make_lab
from tests.samples.services.making import hours_ago, received


def vial_of(journal: Journal, code: str = "NC-001-F1", amount: str = "2800") -> Sample:
    """Fill one vial from a fraction."""
    fraction = received(journal, code, amount)
    return dispense(
        journal, fraction=fraction, vials=[VialPlan(Decimal(amount))], at=hours_ago(40), operator="AV"
    )[0]  # fmt: skip


def a_cell(lab: Lab) -> Equipment:
    """A diamond-anvil cell."""
    return Equipment.objects.create(lab=lab, title="One20DAC", kind=EquipmentKind.ANVIL_CELL)


def film(journal: Journal, vial: Sample, amount: str | None = "120", **plan: Any) -> Sample:
    """Make a film."""
    taken = None if amount is None else Decimal(amount)
    return make_specimen(
        journal, source=vial, plan=SpecimenPlan(prefix=plan.pop("prefix", "FL"), amount=taken, **plan),
        at=hours_ago(2), operator="GF",
    )  # fmt: skip


def test_specimens_are_numbered_per_fraction_and_kind(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial = vial_of(journal)
        codes = [film(journal, vial).code, film(journal, vial, prefix="TG").code, film(journal, vial).code]

    assert codes == ["NC-001-F1-FL1", "NC-001-F1-TG1", "NC-001-F1-FL2"]


def test_a_number_given_by_hand_is_not_given_again(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial = vial_of(journal)
        film(journal, vial, code="NC-001-F1-FL3")

        assert film(journal, vial).code == "NC-001-F1-FL4"


def test_a_film_on_quartz_has_a_series_of_its_own() -> None:
    assert specimen_form(kind=SampleKind.FILM, substrate="Quartz").code_prefix == "QF"
    assert specimen_form(kind=SampleKind.FILM, substrate="glass").code_prefix == "FL"


def test_a_film_takes_its_amount_from_the_vial_and_is_one_piece(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial = vial_of(journal)
        made = film(journal, vial)

    vial.refresh_from_db()
    assert vial.balance == 2680
    assert made.balance == 1
    assert made.unit == Unit.PIECE


def test_a_load_uses_ruby_and_oil_beside_the_vial(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial, oil = vial_of(journal), received(journal, "BT-008", "50000")
        load = film(
            journal, vial, "20", prefix="DAC", ingredients=(
                Ingredient("pressure medium", Unit.UL, oil, Decimal(10)),
                Ingredient("ruby, lot not recorded", Unit.MG),
            ),
        )  # fmt: skip

    assert load.origin.inputs.count() == 3
    oil.refresh_from_db()
    assert oil.balance == 49990


def test_a_cell_holds_one_load_until_it_is_unloaded(lab: Lab, member: User) -> None:
    cell = a_cell(lab)
    with journal_of(lab, by=member) as journal:
        vial = vial_of(journal)
        load = film(journal, vial, "20", prefix="DAC", cell=cell)

    with pytest.raises(Refusal, match="holds NC-001-F1-DAC1 until"), journal_of(lab, by=member) as journal:
        film(journal, vial, "20", prefix="DAC", cell=cell)

    with journal_of(lab, by=member) as journal:
        unload_cell(journal, load=load, at=hours_ago(1))
        film(journal, vial, "20", prefix="DAC", cell=cell)
    cell.refresh_from_db()
    assert cell.held_by is not None
    assert cell.held_by.code == "NC-001-F1-DAC2"


def test_a_cell_that_holds_a_hidden_load_does_not_say_which(lab: Lab, member: User, manager: User) -> None:
    cell, secret = a_cell(lab), start_project(lab=lab, name="Secret", is_restricted=True, by=manager)
    with journal_of(lab, by=manager) as journal:
        vial = vial_of(journal)
    Sample.objects.filter(pk=vial.pk).update(project=secret)
    vial.refresh_from_db()
    with journal_of(lab, by=manager) as journal:
        hidden = film(journal, vial, "20", prefix="DAC", cell=cell)
    with journal_of(lab, by=member) as journal:
        other = received(journal, "RX-001")

    with pytest.raises(Refusal, match="holds another load until"), journal_of(lab, by=member) as journal:
        film(journal, other, "20", prefix="DAC", cell=cell)

    seen = Revision.objects.visible_to(member).filter(record_type="equipment", record_id=cell.pk)
    assert hidden.project == secret
    assert [one.changes["held_by"] for one in seen] == [[None, {"id": hidden.pk, "name": "restricted"}]]


def test_only_a_cell_can_hold_a_load(lab: Lab, member: User) -> None:
    flask = Equipment.objects.create(lab=lab, title="Flask", kind=EquipmentKind.FLASK)

    with pytest.raises(Refusal, match="not a diamond-anvil cell"), journal_of(lab, by=member) as journal:
        film(journal, vial_of(journal), "20", prefix="DAC", cell=flask)


@pytest.mark.django_db(transaction=True)
def test_two_people_loading_one_cell_at_once_fill_it_once() -> None:
    lab = make_lab("Cells")
    cell = a_cell(lab)
    with journal_of(lab, by=None) as journal:
        vial = vial_of(journal)

    def load(_: int) -> str:
        try:
            with journal_of(lab, by=None) as journal:
                film(journal, vial, "20", prefix="DAC", cell=cell)
        except Refusal:
            return "refused"
        finally:
            connection.close()
        return "loaded"

    with ThreadPoolExecutor(max_workers=4) as pool:
        outcomes = sorted(pool.map(load, range(4)))

    assert outcomes == ["loaded", "refused", "refused", "refused"]
