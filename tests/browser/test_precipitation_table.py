"""The precipitation table at the keyboard: Enter goes on to the next round, and a split fills fridge and freezer."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Meet
from tests.browser.journeys.bench import new_crude
from tests.browser.person import Person


def row(person: Person, number: int) -> Locator:
    """Return a row of the table."""
    return person.page.locator("tr[data-round]").nth(number - 1)


def box(person: Person, number: int, name: str) -> Locator:
    """Return a field of a row."""
    return row(person, number).locator(f"[name$='-{name}']")


def test_enter_adds_a_row_whose_volume_follows_and_whose_speed_and_time_are_copied(meet: Meet) -> None:
    person = meet()
    person.go(f"/syntheses/{new_crude(person)}/fractions/")
    expect(row(person, 2)).to_be_hidden()
    into = float(row(person, 1).locator("[data-in]").inner_text())
    box(person, 1, "rpm").fill("6000")
    box(person, 1, "minutes").fill("7")

    box(person, 1, "meoac_ml").fill("5.4")
    person.page.keyboard.press("Enter")

    expect(box(person, 2, "meoac_ml")).to_be_focused()
    assert float(box(person, 2, "in_ml").get_attribute("placeholder") or 0) == round(into + 5.4, 1)
    expect(box(person, 2, "rpm")).to_have_value("6000")
    expect(box(person, 2, "minutes")).to_have_value("7")


def test_a_split_fills_one_vial_for_the_fridge_and_one_for_the_freezer(meet: Meet) -> None:
    person = meet()
    code = new_crude(person)
    person.go(f"/syntheses/{code}/fractions/")

    box(person, 1, "as_planned").check()
    box(person, 1, "split").check()
    expect(box(person, 1, "vials")).to_have_value("2")
    person.page.get_by_role("button", name="Save and label").click()

    person.page.wait_for_url(re.compile(f"/syntheses/{code}/$"))
    vials = person.page.get_by_role("region", name="Precipitation rounds").locator("tbody tr").first
    expect(vials).to_contain_text("°C")
    assert vials.locator(".place").count() == 2
