"""The counting itself: what costs an interaction, what costs nothing, and what is refused."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.person import Person
from tests.browser.profiles import DESKTOP, KEYBOARD, TABLET, WITHOUT_JAVASCRIPT, Profile

ADDRESS = "http://form.example"
FORM = """<!doctype html><html lang="en"><title>Form</title><main><h1>Form</h1><form>
<label>Note <input name="note" value="old"></label>
<label>Unit <select name="unit"><option>mg<option>ml</select></label>
<fieldset><legend>Place</legend><label><input type="radio" name="place">Fridge</label>
<label><input type="radio" name="place">Freezer</label></fieldset>
<label><input type="checkbox" name="done">Done</label>
<button type="button" hidden>Hidden</button><button type="button" tabindex="-1">Pointer only</button>
<button type="submit">Save</button></form></main></html>"""


def person_at(browser: Browser, profile: Profile, page: str = FORM) -> Iterator[Person]:
    """Yield a person in front of a page that no server needs to serve."""
    person = Person(browser, profile, ADDRESS)
    person.context.route("**/*", lambda route: route.fulfill(body=page, content_type="text/html"))
    if person.twin:
        person.twin.route("**/*", lambda route: route.fulfill(body=page, content_type="text/html"))
    person.go("/")
    yield person
    person.close()


@pytest.fixture(params=[DESKTOP, TABLET, KEYBOARD, WITHOUT_JAVASCRIPT], ids=lambda profile: profile.name)
def person(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Person]:
    yield from person_at(browser, request.param)


@pytest.fixture
def typist(browser: Browser) -> Iterator[Person]:
    yield from person_at(browser, KEYBOARD)


def test_every_profile_counts_the_same_hands(person: Person) -> None:
    person.fill(person.find("textbox", "Note"), "new")
    person.choose(person.find("combobox", "Unit"), "ml")
    person.press(person.find("radio", "Freezer"))
    person.press(person.find("checkbox", "Done"))
    person.press(person.find("button", "Save"))

    person.page.wait_for_url("**/?note=new&unit=ml&place=on&done=on")
    assert (person.interactions, person.keystrokes) == (5, 3)


def test_preparing_costs_nothing(person: Person) -> None:
    with person.preparing():
        person.press(person.find("checkbox", "Done"))

    assert person.interactions == 0


def test_a_limit_inside_a_walk_holds(typist: Person) -> None:
    def tick_and_untick() -> None:
        with typist.within(1):
            typist.press(typist.find("checkbox", "Done"))
            typist.press(typist.find("checkbox", "Done"))

    with pytest.raises(AssertionError, match="2 interactions where 1 are allowed"):
        tick_and_untick()


def test_a_scan_is_one_interaction_and_no_keystrokes(typist: Person) -> None:
    typist.scan(typist.find("textbox", "Note"), "NC-024")

    typist.page.wait_for_url("**/?note=NC-024&unit=mg")
    assert (typist.interactions, typist.keystrokes) == (1, 0)


def test_a_hidden_button_is_refused(typist: Person) -> None:
    with pytest.raises(AssertionError, match="to be visible"):
        typist.press(typist.page.locator("button[hidden]"))

    assert typist.interactions == 0


def test_what_the_keyboard_cannot_reach_is_refused(typist: Person) -> None:
    with pytest.raises(AssertionError, match="The keyboard does not reach"):
        typist.press(typist.find("button", "Pointer only"))


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        (FORM + "<script>null.x</script>", "script error"),
        (FORM + "<script>console.error('broken')</script>", "console: broken"),
        (FORM + "<img alt='' src='http://elsewhere.example/x.png'>", "request to another host"),
    ],
    ids=["script error", "console", "another host"],
)
def test_what_a_page_does_wrong_behind_the_persons_back_fails_the_walk(
    browser: Browser, page: str, complaint: str
) -> None:
    for person in person_at(browser, DESKTOP, page):
        person.page.wait_for_load_state("networkidle")
        with pytest.raises(AssertionError, match=complaint):
            person.finish()


def test_an_element_without_a_name_is_a_violation(browser: Browser) -> None:
    for person in person_at(browser, DESKTOP, FORM.replace("</form>", "<input></form>")):
        person.finish()

        assert [one.split()[0] for one in person.violations] == ["label"]
