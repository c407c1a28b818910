"""A running notebook, a browser and a signed-in person for browser tests; all of them run on one worker."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.notebook import Notebook, running_notebook
from tests.browser.opening import open_browser, sign_in
from tests.browser.person import Person
from tests.browser.profiles import DESKTOP, Profile

# Playwright leaves an event loop running in this thread; tests that follow on the same worker use the database in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

HERE = Path(__file__).parent
Meet = Callable[..., Person]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder, and keep it together: one notebook and one browser serve it all."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notebook]:
    """A notebook with the demonstration lab, started as `make run` starts it."""
    with running_notebook(tmp_path_factory.mktemp("notebook")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def session(browser: Browser, notebook: Notebook) -> Path:
    """The owner's session, gained through the one-time link."""
    return sign_in(browser, notebook)


@pytest.fixture
def meet(browser: Browser, notebook: Notebook, session: Path) -> Iterator[Meet]:
    """A function that gives a signed-in person of a profile; windows are closed at the end."""
    met: list[Person] = []

    def meet(profile: Profile = DESKTOP, *, signed_in: bool = True) -> Person:
        met.append(Person(browser, profile, notebook.address, session if signed_in else None))
        return met[-1]

    yield meet
    for person in met:
        person.close()
