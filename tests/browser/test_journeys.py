"""Every counted journey holds its budget in every profile, and no page it touches fails anybody."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.journeys import JOURNEYS
from tests.browser.journeys.journey import measure
from tests.browser.notebook import Notebook
from tests.browser.profiles import Profile

WALKS = [(name, profile) for name, journey in JOURNEYS.items() for profile in journey.profiles]


@pytest.mark.parametrize(("name", "profile"), WALKS, ids=[f"{name}-{profile.name}" for name, profile in WALKS])
def test_the_journey_holds_its_budget(
    name: str, profile: Profile, browser: Browser, notebook: Notebook, session: Path
) -> None:
    measured = measure(name, JOURNEYS[name], profile, browser, notebook.address, session)

    assert measured.holds, f"{measured.as_json()}\n{notebook.errors()}"
