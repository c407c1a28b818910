"""Bottles are received and precursors prepared from them, each in one transaction."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, Revision, User
from labbook.quantities import Quantity
from samples.kinds import Unit
from samples.models import Place, Process, ProcessValue, Recipe, RecipeVersion, Sample, Step
from samples.services.furnishing import furnish_lab
from samples.services.precursors import InputLine, StepLine, ValueLine, prepare
from samples.services.stock import receive_bottle

OPENED = datetime(2026, 1, 10, tzinfo=UTC)
PREPARED = datetime(2026, 2, 16, 7, 30, tzinfo=UTC)


def receive(lab: Lab, by: User, short: str, amount: str, unit: Unit, at: datetime = OPENED) -> Sample:
    """Receive a bottle of a chemical."""
    with journal_of(lab, by=by) as journal:
        return receive_bottle(
            journal, chemical=f"chemical {short}", short=short, lot="SIM1", amount=Decimal(amount), unit=unit, at=at
        )


@pytest.fixture
def recipe(lab: Lab, owner: User) -> RecipeVersion:
    """Cs-oleate as shipped."""
    furnish_lab(lab, owner)
    return RecipeVersion.objects.get(recipe__lab=lab, recipe__slug="cs-oleate")


@pytest.fixture
def carbonate(lab: Lab, owner: User) -> Sample:
    """25 g of cesium carbonate."""
    return receive(lab, owner, "Cs2CO3", "25000", Unit.MG)


@pytest.fixture
def octadecene(lab: Lab, owner: User) -> Sample:
    """One liter of 1-octadecene."""
    return receive(lab, owner, "ODE", "1000000", Unit.UL)


def prepare_oleate(lab: Lab, by: User, recipe: RecipeVersion, lines: list[InputLine]) -> Sample:
    """Prepare a Cs-oleate batch whose degassing ran half a degree warm."""
    warm = Quantity(Decimal("120.5"), None, "°C", "120.5")
    with journal_of(lab, by=by) as journal:
        return prepare(
            journal, recipe_version=recipe, title="Cs-oleate", at=PREPARED, operator="AV", lines=lines,
            values=[ValueLine("degas_temperature_c", actual=warm)], volume_ul=Decimal(10650),
            steps=[StepLine("dissolve", look_after="clear, colorless")],
        )  # fmt: skip


def lines_of(carbonate: Sample, octadecene: Sample) -> list[InputLine]:
    """Return the inputs of a batch whose oleic acid has no recorded lot."""
    return [
        InputLine("cs2co3", Unit.MG, carbonate, Decimal("199.6"), as_written="0.1996 g", planned_amount=Decimal(200)),
        InputLine("ode", Unit.UL, octadecene, Decimal(10000), as_written="10 ml", is_solvent=True),
        InputLine("oa", Unit.UL, None, Decimal(650), as_written="0.65 ml", description="oleic acid, lot not recorded"),
    ]


def test_a_received_bottle_has_a_code_a_lot_an_amount_and_a_place(lab: Lab, owner: User) -> None:
    shelf = Place.objects.create(lab=lab, title="Lab room", kind="room")

    with journal_of(lab, by=owner) as journal:
        bottle = receive_bottle(
            journal, chemical="lead iodide", short="PbI2", lot="SIM4158", amount=Decimal(25000), unit=Unit.MG,
            at=OPENED, place=shelf, operator="AV",
        )  # fmt: skip

    bottle.refresh_from_db()
    assert (bottle.code, bottle.kind, bottle.balance, bottle.place) == ("BT-001", "bottle", Decimal(25000), shelf)
    assert (bottle.bottle.lot, bottle.origin.get_kind_display()) == ("SIM4158", "received")


def test_a_bottle_that_arrives_tomorrow_is_refused_and_nothing_is_written(lab: Lab, owner: User) -> None:
    with pytest.raises(Refusal, match="future"):
        receive(lab, owner, "OA", "500000", Unit.UL, at=timezone.now() + timedelta(days=1))

    assert not Sample.objects.exists()
    assert not Process.objects.exists()


def test_a_batch_debits_its_bottles_and_remembers_the_gap(
    lab: Lab, owner: User, recipe: RecipeVersion, carbonate: Sample, octadecene: Sample
) -> None:
    batch = prepare_oleate(lab, owner, recipe, lines_of(carbonate, octadecene))

    carbonate.refresh_from_db()
    gap = batch.origin.inputs.get(key="oa")
    assert (batch.code, batch.balance, batch.solvent) == ("CS-001", Decimal(10650), "ODE")
    assert carbonate.balance == Decimal("24800.4")
    assert (gap.sample, gap.description) == (None, "oleic acid, lot not recorded")


def test_a_batch_carries_the_recipes_steps_and_the_plan_of_every_value(
    lab: Lab, owner: User, recipe: RecipeVersion, carbonate: Sample, octadecene: Sample
) -> None:
    batch = prepare_oleate(lab, owner, recipe, lines_of(carbonate, octadecene))

    values = {one.key: one for one in ProcessValue.objects.filter(process=batch.origin).select_related("step")}
    dissolve = Step.objects.get(process=batch.origin, key="dissolve")
    degas = values["degas_temperature_c"]
    assert set(values) == {"degas_temperature_c", "degas_time_min", "hold_time_min"}
    assert (degas.planned_low, degas.actual, degas.step and degas.step.key) == (Decimal(120), Decimal("120.5"), "degas")
    assert (values["hold_time_min"].planned_low, values["hold_time_min"].actual) == (None, None)
    assert (dissolve.look_after_planned, dissolve.look_after, dissolve.atmosphere) == ("", "clear, colorless", "N2")


def test_a_use_beyond_the_balance_names_its_line_and_writes_nothing(
    lab: Lab, owner: User, recipe: RecipeVersion, octadecene: Sample
) -> None:
    crumbs = receive(lab, owner, "Cs2CO3", "150", Unit.MG)
    entries_before = Revision.objects.count()

    with pytest.raises(Refusal) as refused:
        prepare_oleate(lab, owner, recipe, lines_of(crumbs, octadecene))

    octadecene.refresh_from_db()
    assert refused.value.field == "cs2co3.amount"
    assert refused.value.offer["recount"] == "199.6"
    assert octadecene.balance == Decimal(1000000)
    assert Revision.objects.count() == entries_before


def test_a_batch_cannot_be_older_than_its_bottle(
    lab: Lab, owner: User, recipe: RecipeVersion, octadecene: Sample
) -> None:
    late = receive(lab, owner, "Cs2CO3", "25000", Unit.MG, at=PREPARED + timedelta(days=3))

    with pytest.raises(Refusal, match="cannot be older than its source"):
        prepare_oleate(lab, owner, recipe, lines_of(late, octadecene))


def test_furnishing_twice_changes_nothing(lab: Lab, owner: User) -> None:
    furnish_lab(lab, owner)
    before = (Recipe.objects.count(), RecipeVersion.objects.count(), Place.objects.count(), Revision.objects.count())

    furnish_lab(lab, owner)

    assert before[:3] == (8, 8, 4)
    assert before == (
        Recipe.objects.count(),
        RecipeVersion.objects.count(),
        Place.objects.count(),
        Revision.objects.count(),
    )


def test_furnishing_leaves_the_places_a_lab_already_has(lab: Lab, owner: User) -> None:
    Place.objects.create(lab=lab, title="Fridge A", kind="fridge")

    furnish_lab(lab, owner)

    assert [place.title for place in Place.objects.all()] == ["Fridge A"]
