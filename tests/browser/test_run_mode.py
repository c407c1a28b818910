"""Run mode stamps the moment of the tap, once: offline, in two tabs, tapped twice, on a device in another time zone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Meet
from tests.browser.journeys.bench import start_run
from tests.browser.person import Person

STAMPED = re.compile(r"\d\d:\d\d:\d\d\.\d")


@pytest.fixture
def run(meet: Meet) -> tuple[Person, str]:
    """Somebody in front of a running synthesis, at the card of the injection; and its address."""
    person = meet()
    address = f"/syntheses/{start_run(person)}/run/?step=3"
    person.go(address)
    return person, address


def inject(page: Page) -> None:
    """Tap the armed button."""
    page.get_by_role("button", name="starts the clock").click()


def stamped_at(page: Page) -> str:
    """Return the moment the injection button shows."""
    button = page.locator("form[data-stamp=injected] .stamp")
    expect(button).to_contain_text(STAMPED)
    found = STAMPED.search(button.inner_text())
    assert found
    return found.group()


def test_a_stamp_without_a_network_keeps_the_moment_of_the_tap_and_arrives_once(run: tuple[Person, str]) -> None:
    person, address = run
    answers: list[int] = []
    person.page.on("response", lambda one: answers.append(one.status) if one.request.method == "POST" else None)

    person.context.set_offline(True)
    inject(person.page)
    shown = stamped_at(person.page)
    person.page.wait_for_timeout(1200)
    with person.page.expect_response(lambda one: one.request.method == "POST", timeout=8_000):
        person.context.set_offline(False)
    expect(person.page.get_by_role("button", name="Injected")).to_contain_text("tap to undo")

    person.go(address)
    assert answers == [200]
    assert stamped_at(person.page)[:-2] == shown[:-2]


def test_a_tap_in_a_second_tab_is_refused_and_the_first_stamp_stays(run: tuple[Person, str]) -> None:
    person, address = run
    person.watch.expected_statuses.add(422)
    second = person.context.new_page()
    second.goto(address)

    inject(person.page)
    expect(person.page.get_by_role("button", name="Injected")).to_contain_text("tap to undo")
    first = stamped_at(person.page)
    inject(second)

    expect(second.get_by_text("is already stamped")).to_be_visible()
    second.goto(address)
    assert stamped_at(second) == first


def test_a_double_tap_stamps_and_does_not_take_the_stamp_back(run: tuple[Person, str]) -> None:
    person, address = run

    person.page.get_by_role("button", name="starts the clock").dblclick()
    expect(person.page.locator("#save-status")).to_contain_text("Saved")

    person.go(address)
    expect(person.page.get_by_role("button", name="Injected")).to_contain_text("tap to undo")


def test_a_device_in_another_time_zone_shows_the_stamp_where_the_lab_is(
    run: tuple[Person, str], browser: Browser
) -> None:
    person, address = run
    travelled = browser.new_context(
        base_url=person.address, storage_state=person.context.storage_state(), timezone_id="Asia/Tokyo"
    )
    page = travelled.new_page()
    page.goto(address)

    travelled.set_offline(True)
    inject(page)
    shown = stamped_at(page)
    travelled.set_offline(False)
    expect(page.locator("#save-status")).to_contain_text("Saved", timeout=8_000)
    page.goto(address)

    assert stamped_at(page)[:5] == shown[:5]
    travelled.close()
