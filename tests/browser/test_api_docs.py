"""The API's own pages in a browser: Swagger UI under the notebook's policy, and a token that is shown once."""

import re

from tests.browser.conftest import Meet


def test_swagger_ui_shows_the_operations_from_this_server_alone(meet: Meet) -> None:
    person = meet()
    person.page.goto(f"{person.address}/api/docs/")
    person.page.locator(".opblock-summary").first.wait_for(timeout=30_000)

    assert person.page.locator(".opblock-summary").count() > 60
    assert not person.watch.complaints


def test_a_token_is_shown_once_and_taken_back(meet: Meet) -> None:
    person = meet()
    person.page.goto(f"{person.address}/me/tokens/")
    person.page.get_by_role("button", name="Create token").click()
    token = person.page.get_by_label("Token", exact=True).input_value()

    assert re.fullmatch(r"labbook_\w{64}", token)
    person.page.goto(f"{person.address}/me/tokens/")
    assert token not in person.page.content()
    person.page.get_by_role("button", name=re.compile("Take back")).first.click()
    assert person.page.get_by_role("button", name=re.compile("Take back")).count() == 0
    assert not person.watch.complaints
