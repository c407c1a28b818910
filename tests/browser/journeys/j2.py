"""J2: three rounds of size-selective precipitation, with their vials, places and labels, in one save."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.journeys.bench import new_crude
from tests.browser.person import Person

# MeOAc as planned and as added, in ml, and where the vials of the round are.
ROUNDS = (("5.3", "5.3", "Fridge"), ("7.1", "7.0", "−21 °C"), ("9.4", "9.4", "Fridge"))


def walk(person: Person) -> None:
    """Fill in the table of a finished injection, save it, and find all of it again after a reload."""
    with person.preparing():
        code = new_crude(person, cs_oleate_ml="1")
        person.go("/")
    labels = labels_waiting(person)

    person.press(person.find("link", code, exact=True))
    person.press(person.find("link", "Record fractions"))
    fill_table(person)
    person.press(person.find("button", "Save and label"))
    person.sees("Saved 3 rounds, 3 fractions, 4 vials")

    person.page.reload()
    see_rounds(person, code)
    with person.preparing():
        see_vials(person, code)
        person.go("/")
    assert labels_waiting(person) == labels + 4, "The four vials have no labels waiting."


def fill_table(person: Person) -> None:
    """Round 1 and 3 as planned; round 2 with less methyl acetate, in two vials, one for the freezer."""
    person.press(as_planned(person, 1))
    next_round(person)
    person.fill(box(person, 2, "MeOAc"), "7.0")
    person.fill(box(person, 2, "Vials"), "2")
    person.press(person.find("checkbox", "Split fridge/freezer", within=row(person, 2)))
    next_round(person)
    person.press(as_planned(person, 3))
    person.press(person.find("checkbox", "Stop: no precipitate"))


def next_round(person: Person) -> None:
    """Ask for the next row: with Enter, or with a tap where there is no keyboard."""
    if person.profile.has_touch:
        person.press(person.find("button", "Next round"))
    else:
        person.chord("Enter")


def row(person: Person, number: int) -> Locator:
    """Return the row of a round."""
    return person.page.locator("tr[data-round]").nth(number - 1)


def box(person: Person, number: int, name: str) -> Locator:
    """Return a field of a round."""
    return person.find("textbox", name, within=row(person, number))


def as_planned(person: Person, number: int) -> Locator:
    """Return the tick of a round."""
    return person.find("checkbox", "as planned", within=row(person, number))


def see_rounds(person: Person, code: str) -> None:
    """Every round stands beside its plan, and the fourth says why there was none."""
    rounds = person.find("region", "Precipitation rounds").locator("tbody tr")
    expect(rounds).to_have_count(4)
    for number, (planned, actual, place) in enumerate(ROUNDS):
        cells = rounds.nth(number).locator("td")
        expect(cells.nth(1)).to_have_text(planned)
        expect(cells.nth(2)).to_have_text(actual)
        person.sees(person.find("link", f"{code}-F{number + 1}", within=rounds.nth(number)))
        expect(cells.last).to_contain_text(place)
    expect(rounds.nth(3)).to_contain_text("no obvious precipitate")


def see_vials(person: Person, code: str) -> None:
    """The fraction of round 2 is in two vials, and the books of fraction and crude are closed."""
    person.go(f"/s/{code}-F2")
    for letter, place in (("a", "Fridge"), ("b", "Freezer")):
        vial = person.find("row", f"{code}-F2-{letter}")
        expect(vial).to_contain_text(place)
        expect(vial).to_contain_text("1.50")
    for sample, left in ((f"{code}-F2", r"Left\s*in 2 vials"), (f"{code}-C", r"Left\s*0\s*ml")):
        person.go(f"/s/{sample}")
        expect(person.page.locator("dl.facts > div", has_text="Left").first).to_contain_text(re.compile(left))


def labels_waiting(person: Person) -> int:
    """Return how many labels Today says are waiting."""
    said = person.page.get_by_text(re.compile(r"\d+ labels? waits? to be printed"))
    return int(said.inner_text().split()[0]) if said.count() else 0
