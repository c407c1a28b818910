"""Files on their way: a cut network is waited for, a refusal is said with a way to try again, one can be given up."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from tests.browser.journeys.j5 import wire_text
from tests.browser.person import Person

Meet = Callable[..., Person]
UPLOADS = re.compile(r"/inbox/uploads/")
TABLE = re.compile(r"/inbox/\d+$")


@pytest.fixture
def page(meet: Meet) -> Page:
    """The inbox of a signed-in person."""
    person = meet()
    person.go("/inbox/")
    return person.page


def files(folder: Path, count: int, seed: int) -> list[Path]:
    """Write files, each with bytes of its own."""
    made = [folder / f"NC-002-F2-FL1_PL_{100 + number}K.txt" for number in range(count)]
    for number, path in enumerate(made):
        path.write_text(wire_text(580, 780, centre=640 + number, phase=seed))
    return made


def test_a_cut_network_is_waited_for_and_every_file_arrives(page: Page, tmp_path: Path) -> None:
    cuts = iter(range(4))

    def cut(route: Route) -> None:
        if next(cuts, None) is None:
            route.continue_()
        else:
            route.abort("internetdisconnected")

    page.route(UPLOADS, cut)
    page.get_by_label("Files", exact=True).set_input_files(files(tmp_path, 4, 11))

    page.wait_for_url(TABLE, timeout=30_000)
    expect(page.locator("tr[data-line]")).to_have_count(4)


def test_a_refused_file_says_why_and_can_be_tried_again(page: Page, tmp_path: Path) -> None:
    page.route(UPLOADS, lambda route: route.fulfill(status=422, content_type="text/plain", body="The storage is full."))
    page.get_by_label("Files", exact=True).set_input_files(files(tmp_path, 1, 12))
    expect(page.get_by_text("The storage is full.")).to_be_visible()

    page.unroute(UPLOADS)
    page.get_by_role("button", name=re.compile("^Retry NC-002")).click()

    page.wait_for_url(TABLE, timeout=30_000)
    expect(page.locator("tr[data-line]")).to_have_count(1)


def test_one_file_is_cancelled_and_the_others_arrive(page: Page, tmp_path: Path) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(UPLOADS, hold)
    page.get_by_label("Files", exact=True).set_input_files(files(tmp_path, 2, 13))

    page.get_by_role("button", name="Cancel NC-002-F2-FL1_PL_100K.txt").click()
    expect(page.get_by_text("cancelled")).to_be_visible()
    held[-1].continue_()

    page.wait_for_url(TABLE, timeout=30_000)
    expect(page.locator("tr[data-line]").filter(has_text="NC-002-F2-FL1_PL_101K.txt")).to_have_count(1)


def test_a_folder_keeps_the_folders_inside_it(page: Page, tmp_path: Path) -> None:
    inside = tmp_path / "Tseries" / "NC-002-F2-FL1"
    inside.mkdir(parents=True)
    (inside / "280K PL.txt").write_text(wire_text(580, 780, centre=666, phase=14))

    page.get_by_label("A whole folder").set_input_files(tmp_path / "Tseries")

    page.wait_for_url(TABLE, timeout=30_000)
    line = page.locator("tr[data-line]")
    expect(line).to_contain_text("Tseries/NC-002-F2-FL1")
    expect(line.get_by_label("Sample of 280K PL.txt")).to_have_value("NC-002-F2-FL1")


def test_leaving_is_asked_about_only_while_something_is_on_its_way(page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    held: list[Route] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    def hold(route: Route) -> None:
        held.append(route)

    page.on("dialog", stay)
    page.route(UPLOADS, hold)
    page.get_by_label("Files", exact=True).set_input_files(files(tmp_path, 1, 15))
    expect(page.get_by_text("0 of 1 stored")).to_be_visible()
    page.get_by_role("link", name="Samples").first.click(no_wait_after=True)
    expect(page).to_have_url(re.compile("/inbox/$"))
    held[-1].continue_()
    page.wait_for_url(TABLE, timeout=30_000)
    page.get_by_role("link", name="Samples").first.click()

    expect(page).to_have_url(re.compile("/samples/"))
    assert asked == ["beforeunload"]
