"""J1: a synthesis from a template: two precursors, injection and quench, and six values that differ from the plan."""

import re

from playwright.sync_api import expect

from tests.browser.journeys.bench import CS_BATCH, new_flask
from tests.browser.person import Person


def walk(person: Person) -> None:
    """Plan by scanning, run by tapping, say what differed, finish, and find it all again after a reload."""
    with person.preparing():
        flask = new_flask(person)
        person.go("/")

    code = plan(person, flask)
    run(person)
    tell_differences(person)
    person.press(person.find("button", f"Finish {code}"))
    person.page.wait_for_url(f"**/syntheses/{code}/")

    person.page.reload()
    see_record(person, code, flask)


def plan(person: Person, flask: str) -> str:
    """Choose the template, scan both batches, plan another temperature than the last time, start."""
    person.press(person.find("link", "New synthesis"))
    person.press(person.find("link", "Hot injection CsPbI3"))
    for key, batch in (("pb_batch", flask), ("cs_batch", CS_BATCH)):
        with person.page.expect_event("load"):
            person.scan(person.find("textbox", "Scan or type a code"), batch)
        expect(person.page.locator(f"[name={key}] option:checked")).to_contain_text(batch)
    person.fill(person.find("textbox", "Planned injection temperature"), "170")
    person.press(person.find("button", "Start"))
    person.page.wait_for_url("**/run/")
    return person.page.url.removesuffix("/run/").rpartition("/")[2]


def run(person: Person) -> None:
    """From "the flask is ready" to "quenched" in three taps."""
    person.press(person.find("button", "Done, next: Heat"))
    with person.within(3):
        person.press(person.find("button", "Done, next: Inject"))
        person.press(person.find("button", "stamps the time, starts the clock"))
        person.press(person.find("button", "stamps the time, stops the clock"))
    person.sees("growth")


def tell_differences(person: Person) -> None:
    """Temperature, amount, volume and look were not as planned; the rest was."""
    person.fill(person.find("textbox", "Temperature"), "172")
    person.fill(person.find("textbox", "Cs-oleate"), "1.1")
    person.press(person.find("button", "As planned"))
    person.press(person.find("button", "Done, next: Cool"))
    person.fill(person.find("textbox", "Crude"), "15.8")
    person.fill(person.find("textbox", "Look"), "orange")


def see_record(person: Person, code: str, flask: str) -> None:
    """The page has plan and actual side by side, a growth time that nobody typed, and both batches."""
    person.sees(person.find("heading", code))
    person.sees("finished")
    for name, planned, actual in (("Temperature", "170.0", "172.0"), ("Cs-oleate", "1.00", "1.10")):
        row = person.find("row", name, within=person.find("region", "Plan and actual"))
        expect(row.locator("td").nth(0)).to_have_text(planned)
        expect(row.locator("td").nth(1)).to_have_text(actual)
    for title, said in (("Growth", r"\d\.\d\s*s"), ("Crude", r"15\.8\s*ml\s*orange")):
        expect(person.page.locator("dl.facts > div", has_text=title).first).to_contain_text(re.compile(said))
    strip = person.find("navigation", "Ancestry")
    for batch in (flask, CS_BATCH):
        person.sees(person.find("link", batch, within=strip))
