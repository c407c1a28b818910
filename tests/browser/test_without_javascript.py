"""Everything can be read, filtered and written without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Meet
from tests.browser.journeys.bench import new_crude
from tests.browser.profiles import WITHOUT_JAVASCRIPT

# Page → something on it that a script might have been needed for.
READ = {
    "/": "New vials",
    "/samples/": "NC-0",
    "/samples/?kind=fraction": "-F1",
    "/search?q=injT:140..150": "NC-001",
    "/syntheses/": "NC-0",
    "/syntheses/NC-001/": "Plan and actual",
    "/s/NC-001-F3-FL1": "BT-002",
    "/s/NC-001-F3-FL1/lineage/": "BT-001",
    "/s/NC-001-F3-FL1/lineage/?view=tree": "BT-001",
    "/s/NC-001-F3-FL1/lineage/?view=table": "BT-001",
    "/s/NC-001-F3-FL1/statement/": "How it was made",
    "/s/BT-002/recall/": "NC-001-F3-FL1",
    "/stock/": "BT-002",
    "/stock/BT-002/": "D1188",
    "/precursors/": "CS-001",
    "/recipes/hot-injection/": "Ice bath",
    "/activity/": "NC-0",
}


@pytest.mark.parametrize("path", READ)
def test_a_page_is_read_without_javascript(meet: Meet, path: str) -> None:
    person = meet(WITHOUT_JAVASCRIPT)
    person.go(path)

    expect(person.page.locator("h1")).to_be_visible()
    expect(person.page.locator("main").get_by_text(READ[path]).locator("visible=true").first).to_be_visible()
    assert person.watch.complaints == []


def test_the_table_of_rounds_is_saved_without_javascript(meet: Meet) -> None:
    person = meet(WITHOUT_JAVASCRIPT)
    code = new_crude(person)
    person.go(f"/syntheses/{code}/fractions/")
    rows = person.page.locator("tr[data-round]")
    expect(rows.locator("visible=true")).to_have_count(5)

    for number, amount in enumerate(("5.3", "7.1")):
        rows.nth(number).get_by_role("textbox", name="MeOAc").fill(amount)
    person.page.get_by_role("button", name="Save and label").last.click()

    expect(person.page.get_by_text("Saved 2 rounds, 2 fractions, 2 vials").first).to_be_visible()


def test_a_synthesis_is_planned_and_stamped_without_javascript(meet: Meet) -> None:
    person = meet(WITHOUT_JAVASCRIPT)
    person.go("/syntheses/new/hot-injection/")
    page = person.page
    page.get_by_role("button", name="Start").click()
    for words in ("Done, next: Heat", "Done, next: Inject", "starts the clock", "stops the clock"):
        page.get_by_role("button", name=words).click()

    expect(page.get_by_role("button", name="Ice bath")).to_contain_text("tap to undo")
    expect(page.locator("[data-seconds]")).not_to_have_text("–")
