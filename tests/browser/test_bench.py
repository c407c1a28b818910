"""At the bench nothing is lost or written twice: without a network, with two tabs, and with an impatient finger."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Meet
from tests.browser.journeys.bench import new_crude, start_run
from tests.browser.journeys.j2 import as_planned


def growth_s(page: Page) -> float:
    """Return the growth time that run mode shows."""
    return float(page.locator("[data-seconds]").inner_text())


def test_stamps_without_a_network_keep_the_moments_of_the_taps(meet: Meet) -> None:
    person = meet()
    code = start_run(person)
    person.go(f"/syntheses/{code}/run/?step=3")
    page = person.page

    person.context.set_offline(True)
    page.get_by_role("button", name="starts the clock").click()
    expect(page.locator("#save-status")).to_contain_text("Kept on this device")
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="stops the clock").click()
    person.context.set_offline(False)

    expect(page.locator("#save-status")).to_contain_text("Saved", timeout=8_000)
    page.reload()
    assert 1.4 < growth_s(page) < 4, page.locator("main").inner_text()


def test_a_network_that_comes_back_saves_the_table_once_however_often_save_was_tapped(meet: Meet) -> None:
    person = meet()
    code = new_crude(person)
    person.go(f"/syntheses/{code}/fractions/")
    as_planned(person, 1).click()

    person.context.set_offline(True)
    person.page.get_by_role("button", name="Save and label").dblclick()
    expect(person.page.locator("#save-status")).to_contain_text("On this device only")
    expect(as_planned(person, 1)).to_be_checked()
    person.context.set_offline(False)

    person.page.wait_for_url(f"**/syntheses/{code}/")
    person.page.reload()
    rounds = person.page.get_by_role("region", name="Precipitation rounds").locator("tbody tr")
    expect(rounds).to_have_count(1)


def test_a_number_that_is_being_typed_survives_the_answer_to_the_tap_before_it(meet: Meet) -> None:
    person = meet()
    code = start_run(person)
    person.go(f"/syntheses/{code}/run/?step=3")
    box = person.page.get_by_role("textbox", name="Temperature")
    far_away = {"offline": False, "latency": 600, "downloadThroughput": -1, "uploadThroughput": -1}
    person.context.new_cdp_session(person.page).send("Network.emulateNetworkConditions", far_away)

    person.page.get_by_role("button", name="starts the clock").click()
    box.click()
    person.page.keyboard.type("17")
    person.page.wait_for_timeout(2000)
    person.page.keyboard.type("1.5")
    person.page.keyboard.press("Tab")

    expect(person.page.get_by_role("button", name="Injected")).to_contain_text("tap to undo")
    person.page.reload()
    expect(box).to_have_value("171.5")


def test_a_second_tab_is_asked_and_overwrites_nothing(meet: Meet) -> None:
    person = meet()
    code = start_run(person)
    person.watch.expected_statuses.add(409)
    first, second = person.page, person.context.new_page()
    for tab in (first, second):
        tab.goto(f"/syntheses/{code}/edit/")
    for tab, look in ((first, "turbid red"), (second, "dark red")):
        tab.get_by_label("Look of the crude").fill(look)

    first.get_by_role("button", name="Save").click()
    first.wait_for_url(f"**/syntheses/{code}/")
    second.get_by_role("button", name="Save").click()

    for choice in ("Keep mine", "Take theirs"):
        expect(second.get_by_role("radio", name=choice)).to_be_visible()
    first.goto(f"/syntheses/{code}/edit/")
    expect(first.get_by_label("Look of the crude")).to_have_value("turbid red")
    second.get_by_role("radio", name="Keep mine").check()
    second.get_by_role("button", name="Save my choices").click()
    second.wait_for_url(f"**/syntheses/{code}/")
    first.reload()
    expect(first.get_by_label("Look of the crude")).to_have_value("dark red")
