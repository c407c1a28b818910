"""What is typed survives a second tap, a lost network, a lost token, a closed page and the end of the session."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.notebook import ROOT, Notebook

PASSWORD = "bench light hexane 42"
EMAIL = "safety@example.org"


def manage(notebook: Notebook, *words: str) -> str:
    """Run a command of the notebook on its own data."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"LABBOOK_DATA_DIR": str(notebook.folder / "data"), "LABBOOK_ADDRESS": notebook.address}
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def link(notebook: Notebook) -> str:
    """The sign-in link of somebody whose lab nobody else in these tests uses."""
    manage(notebook, "found_lab", "Safety", "--email", EMAIL, "--initials", "SF")
    return manage(notebook, "sign_in_link", "--email", EMAIL)


@pytest.fixture(scope="module")
def page(browser: Browser, notebook: Notebook, link: str) -> Iterator[Page]:
    """A page of that person, who has a password."""
    context = browser.new_context(base_url=notebook.address)
    page = context.new_page()
    page.goto(link)
    page.get_by_role("button", name="Sign in as").click()
    page.goto("/accounts/password/set/")
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()
    yield page
    context.close()


def type_name(page: Page, name: str) -> None:
    """Open the form of a new project and type its name."""
    page.goto("/projects/new")
    page.get_by_label("Name").fill(name)


def save(page: Page) -> None:
    page.get_by_role("button", name="Start project").click()


def expect_saved(page: Page, slug: str) -> None:
    page.wait_for_url(f"**/projects/{slug}")


def test_a_draft_is_kept_and_restored(page: Page) -> None:
    type_name(page, "Half a name")
    expect(page.locator("#save-status")).to_contain_text("as a draft")

    page.goto("/projects/new")
    page.get_by_role("link", name="Restore").click()

    expect(page.get_by_label("Name")).to_have_value("Half a name")
    page.goto("/projects/new")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("Draft from")).to_have_count(0)


def test_a_lost_network_keeps_the_form_and_saves_when_it_is_back(page: Page) -> None:
    type_name(page, "Offline")
    page.context.set_offline(True)
    save(page)
    expect(page.locator("#save-status")).to_contain_text("On this device only")
    expect(page.get_by_label("Name")).to_have_value("Offline")

    page.context.set_offline(False)

    expect_saved(page, "offline")


def test_a_second_tap_writes_once(page: Page) -> None:
    type_name(page, "Twice")
    page.get_by_role("button", name="Start project").dblclick()
    expect_saved(page, "twice")

    page.goto("/projects/")

    expect(page.get_by_role("link", name="Twice")).to_have_count(1)


def test_a_lost_safety_token_is_taken_anew(page: Page) -> None:
    type_name(page, "Token")
    page.context.clear_cookies(name="csrftoken")

    save(page)

    expect_saved(page, "token")


def test_the_end_of_the_session_is_a_dialog_and_the_form_is_saved_after_it(page: Page) -> None:
    type_name(page, "Session")
    page.context.clear_cookies(name="sessionid")
    save(page)
    dialog = page.get_by_role("dialog")
    dialog.locator("[name=login]").fill(EMAIL)
    dialog.locator("[name=password]").fill("not this one")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.locator("[name=password]").fill(PASSWORD)

    dialog.get_by_role("button", name="Sign in").click()

    expect_saved(page, "session")


def test_a_mistake_is_shown_at_its_field(page: Page) -> None:
    page.goto("/projects/new")
    page.get_by_label("Name").evaluate("box => box.removeAttribute('required')")

    save(page)

    expect(page.get_by_role("alert")).to_contain_text("This field is required")
