"""A synthesis's strip goes on to the right: rounds, fractions, vials."""

from decimal import Decimal

import pytest
from django.test import Client

from labbook.marks.strips import Stop, Strip, strip_of
from labbook.models import Lab, User
from samples.lineage.outcome import said_amounts, said_places, with_outcome
from samples.models import Place, Sample
from tests.samples.lineage.story import tell

STRIP = strip_of([], [Stop("NC-024", is_here=True)])


def fraction(number: int, amount: str | None = "2800") -> Sample:
    """Return a fraction that no database knows."""
    made = None if amount is None else Decimal(amount)
    return Sample(pk=number, code=f"NC-024-F{number}", kind="fraction", unit="ul", made_amount=made)


def vial(place: Place | None, amount: str | None = "1400") -> Sample:
    """Return a vial that no database knows."""
    return Sample(kind="vial", unit="ul", made_amount=None if amount is None else Decimal(amount), place=place)


def told(strip: Strip) -> list[tuple[str, str, str]]:
    """Return the words of the trunk, with plain spaces."""
    return [(one.code, one.sub.replace("\u202f", " "), one.edge.replace("\u202f", " ")) for one in strip.trunk.stops]


def test_three_rounds_fold_into_fractions_and_vials() -> None:
    fridge, bench = Place(kind="fridge"), Place(kind="bench")
    vials = {1: [vial(fridge)] * 3, 2: [vial(fridge)] * 2, 3: [vial(bench)]}

    strip = with_outcome(STRIP, [fraction(1), fraction(2), fraction(3)], vials, vials_address="/samples/")

    assert told(strip) == [
        ("NC-024", "", "3 rounds"),
        ("F1, F2, F3", "2.80 ml each", "8.40 ml"),
        ("6 vials", "5 cold, 1 on the bench", ""),
    ]


def test_without_fractions_the_strip_ends_at_the_synthesis() -> None:
    assert with_outcome(STRIP, [], {}, vials_address="/samples/") == STRIP


def test_many_fractions_are_named_by_their_ends_and_without_vials_nothing_follows() -> None:
    strip = with_outcome(STRIP, [fraction(one) for one in range(1, 6)], {}, vials_address="")

    assert [stop[0] for stop in told(strip)] == ["NC-024", "F1 to F5"]


def test_an_amount_that_is_not_known_is_not_summed() -> None:
    strip = with_outcome(STRIP, [fraction(1)], {1: [vial(None), vial(None, None)]}, vials_address="")

    assert told(strip)[1] == ("F1", "2.80 ml", "")
    assert told(strip)[2] == ("2 vials", "2 of unknown place", "")


@pytest.mark.parametrize(("amounts", "said"), [(("2800", "3000"), "2.8 to 3 ml"), (("2800", None), "")])
def test_different_amounts_are_said_as_a_range(amounts: tuple[str | None, ...], said: str) -> None:
    fractions = [fraction(number, amount) for number, amount in enumerate(amounts)]

    assert said_amounts(fractions).replace("\u202f", " ") == said


def test_a_place_with_a_temperature_counts_by_it() -> None:
    assert said_places([vial(Place(kind="bench", nominal_temperature_c=Decimal(4)))]) == "1 cold"


def test_the_page_of_a_synthesis_leads_on_to_its_vials(lab: Lab, owner: User, client: Client) -> None:
    tell(lab, owner)
    client.force_login(owner)

    page = client.get("/syntheses/NC-024/").content.decode()

    assert "1 round</span>" in page
    assert "3 vials" in page
