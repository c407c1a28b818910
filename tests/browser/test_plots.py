"""Plots answer to mouse, keys and theme, keep in the address what they show, and can be read without a script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_violations
from tests.browser.journeys import j8
from tests.browser.person import Person
from tests.browser.profiles import DESKTOP, TABLET, WITHOUT_JAVASCRIPT, Profile

Meet = Callable[..., Person]
OVERLAY = "/overlay?" + "&".join(f"s={code}" for code in j8.FRACTIONS)


@pytest.fixture(scope="module")
def measured(request: pytest.FixtureRequest) -> str:
    """The address of an overlay of eight fractions that have been measured."""
    browser, notebook, session = (request.getfixturevalue(name) for name in ("browser", "notebook", "session"))
    person = Person(browser, DESKTOP, notebook.address, session)
    j8.measure_all(person, "plots")
    person.close()
    return OVERLAY


@pytest.fixture
def page(meet: Meet, measured: str) -> Page:
    """The overlay as a signed-in person sees it, drawn."""
    person = meet()
    person.go(measured)
    expect(person.page.locator("figure[data-drawn]")).to_be_visible()
    return person.page


def test_keys_move_the_cursor_and_every_trace_is_read_out(page: Page) -> None:
    cursor, readout = page.get_by_role("slider", name="Cursor along"), page.locator("[data-plot-readout]")
    cursor.focus()

    page.keyboard.press("Home")
    first = float(cursor.get_attribute("aria-valuenow") or 0)
    page.keyboard.press("ArrowRight")
    second = float(cursor.get_attribute("aria-valuenow") or 0)
    page.keyboard.press("PageUp")
    third = float(cursor.get_attribute("aria-valuenow") or 0)
    page.keyboard.press("End")
    last = float(cursor.get_attribute("aria-valuenow") or 0)

    assert first < second < third < last
    assert cursor.get_attribute("aria-valuetext") == "780 nm"
    for code in j8.FRACTIONS:
        expect(readout).to_contain_text(code)


def test_a_drag_and_two_boxes_and_three_buttons_choose_the_same_part(page: Page) -> None:
    box = page.locator(".u-over").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 60)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"from=6\d\d.*&to=6\d\d"))

    page.get_by_label("From", exact=True).fill("650")
    page.get_by_label("From", exact=True).press("Tab")
    expect(page).to_have_url(re.compile("from=650"))
    page.get_by_label("Zoom in").click()
    expect(page).not_to_have_url(re.compile("from=650&"))
    page.get_by_role("link", name="Reset").click()

    expect(page).not_to_have_url(re.compile("from="))


def test_the_address_keeps_what_is_shown(page: Page) -> None:
    page.get_by_label("Normalise").select_option("max")
    expect(page).to_have_url(re.compile("norm=max"))
    page.get_by_role("link", name="Only NC-001-F2").click()
    expect(page.locator("[data-part=strip]")).to_contain_text("1 of 8 traces")

    page.reload()

    expect(page.locator("[data-part=strip]")).to_contain_text("1 of 8 traces")
    expect(page.locator("[data-part=manner]")).to_contain_text("normalised to the maximum")


def test_a_box_without_its_tick_takes_its_line_away(page: Page) -> None:
    page.get_by_role("checkbox", name="NC-002-F2").uncheck()

    expect(page.locator("[data-part=strip]")).to_contain_text("7 of 8 traces")
    expect(page.get_by_role("checkbox", name="NC-002-F2")).to_be_focused()


def test_a_trace_is_moved_by_its_button_and_the_focus_stays(page: Page) -> None:
    page.get_by_role("link", name="NC-001-F2 up").click()

    expect(page.get_by_role("list", name="Traces").get_by_role("listitem").first).to_contain_text("NC-001-F2")


def test_energies_say_what_became_of_the_intensities(page: Page) -> None:
    page.get_by_label("Axis").select_option("ev")

    expect(page.locator("[data-part=notes]")).to_contain_text("multiplied by λ²/hc")
    expect(page.get_by_role("slider", name="Cursor along Energy (eV)")).to_be_visible()


def test_numbers_that_do_not_come_are_said(page: Page) -> None:
    page.route(re.compile("/plot/data"), lambda route: route.abort())

    page.get_by_label("Normalise").select_option("max")

    expect(page.get_by_role("alert")).to_contain_text("could not be fetched")


@pytest.mark.parametrize("profile", [DESKTOP, TABLET])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_is_wrong_in_either_theme(meet: Meet, measured: str, profile: Profile, scheme: str) -> None:
    person = meet(profile)
    person.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    person.go(measured)
    expect(person.page.locator("figure[data-drawn]")).to_be_visible()
    person.page.get_by_text("View as table").first.click()

    assert serious_violations(person.page) == []


def test_without_a_script_there_is_a_picture_and_every_control_is_sent(meet: Meet, measured: str) -> None:
    person = meet(WITHOUT_JAVASCRIPT)
    person.go(measured)

    assert person.page.locator("svg.plot-picture path").count() == len(j8.FRACTIONS)
    person.page.get_by_label("Normalise").select_option("max")
    person.page.get_by_role("checkbox", name="NC-001-F1").uncheck()
    person.page.get_by_role("button", name="Apply").click()

    expect(person.page.locator("[data-part=strip]")).to_contain_text("7 of 8 traces")
    expect(person.page.locator("[data-part=manner]")).to_contain_text("normalised to the maximum")
