"""Fits in the browser: the curve answers to keys, other settings are tried live, and all is read without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import serious_violations
from tests.browser.person import Person
from tests.browser.profiles import WITHOUT_JAVASCRIPT

Meet = Callable[..., Person]
# The worker has the demonstration lab's files to analyse before there is a fit.
PATIENCE_MS = 120_000
LINES = "/fits/?method=pl_peak"


@pytest.fixture
def page(meet: Meet) -> Page:
    """The page of a fit of a PL line."""
    person = meet()
    person.go(LINES)
    first = person.page.locator("table.fits tbody th a").first
    for _ in range(PATIENCE_MS // 1000):
        if first.count():
            break
        person.page.wait_for_timeout(1000)
        person.page.reload()
    first.click()
    expect(person.page.locator("figure[data-panel][data-drawn]").first).to_be_visible(timeout=PATIENCE_MS)
    return person.page


def test_keys_move_the_cursor_over_data_and_model(page: Page) -> None:
    cursor, readout = page.get_by_role("slider").first, page.locator("[data-plot-readout]").first
    cursor.focus()

    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")

    expect(readout).to_contain_text("data")
    expect(readout).to_contain_text("model")


def test_the_logarithm_is_switched_in_place(page: Page) -> None:
    switch = page.locator("[data-panel-log]").first
    address = page.url

    switch.click()

    expect(switch).to_have_attribute("aria-pressed", "true")
    assert page.url == address


def test_another_shape_is_tried_beside_the_kept_one_and_nothing_is_kept(page: Page) -> None:
    address = page.url
    page.locator("#model").scroll_into_view_if_needed()
    page.get_by_label("Shape").select_option("voigt")

    page.get_by_role("button", name="Try").click()

    expect(page.locator("#tried-plot[data-drawn]")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("#tried")).to_contain_text("nothing is kept yet")
    assert page.url == address
    assert not serious_violations(page)


def test_a_fit_is_read_without_a_script(meet: Meet, page: Page) -> None:
    path = "/" + page.url.split("/", 3)[3]
    plain = meet(profile=WITHOUT_JAVASCRIPT)

    plain.go(path)

    expect(plain.page.locator("svg.panel").first).to_be_visible()
    expect(plain.page.get_by_role("heading", name="What it rests on")).to_be_visible()
