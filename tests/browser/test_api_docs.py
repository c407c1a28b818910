"""The API's own pages in a browser: Swagger UI under the notebook's policy, and a token that is shown once."""

import re

from tests.browser.conftest import Meet

OTHERS_ARE_SEEN = """seen => {
  const drawn = [...document.querySelectorAll(".opblock-summary")].map(one => one.innerText);
  return drawn.length > 0 && !drawn.some(one => seen.includes(one));
}"""


def test_swagger_ui_shows_the_operations_from_this_server_alone(meet: Meet) -> None:
    person = meet()
    person.page.goto(f"{person.address}/api/docs/")
    operations = person.page.locator(".opblock-summary")
    operations.first.wait_for(timeout=30_000)
    at_the_top = operations.all_inner_texts()

    # Of a long schema Swagger UI draws what is in sight; the rest comes as one goes down.
    person.page.mouse.wheel(0, 100_000)
    person.page.wait_for_function(OTHERS_ARE_SEEN, arg=at_the_top)

    assert len(at_the_top) > 5
    assert operations.count()
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
