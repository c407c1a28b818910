"""What lies on the bench before a walk begins: it is brought about by plain requests, and nothing of it is counted."""

import re
import uuid
from urllib.parse import urlsplit

from tests.browser.person import Person

# The demonstration lab's newest Cs-oleate: 9.66 ml for all walks of one notebook, so most take little of it.
CS_BATCH = "CS-002"
RECIPE = "/syntheses/new/hot-injection/"


def post(person: Person, path: str, **fields: str) -> str:
    """Send what a form would send; returns the path of the page that answers."""
    token = next(cookie["value"] for cookie in person.context.cookies() if cookie["name"] == "csrftoken")
    form: dict[str, str | float | bool] = {"csrfmiddlewaretoken": token, "idempotency_key": str(uuid.uuid4()), **fields}
    answer = person.context.request.post(person.address + path, form=form)
    assert answer.ok, f"{answer.status} from {path}: {answer.text()[:600]}"
    return urlsplit(answer.url).path


def new_flask(person: Person) -> str:
    """Dissolve PbI2 as the recipe has it; returns the code of the flask."""
    person.go("/precursors/new/?recipe=pbi2")
    person.page.get_by_role("button", name="As planned, save").click()
    person.page.wait_for_url(re.compile("/precursors/PB-"))
    return person.page.url.rstrip("/").rpartition("/")[2]


def start_run(person: Person, *, cs_oleate_ml: str = "0.1") -> str:
    """Plan a synthesis with a new flask and start it; returns its code."""
    flask = new_flask(person)
    person.go(RECIPE)
    batches = {
        key: person.page.locator(f"[name={key}] option", has_text=code).get_attribute("value") or ""
        for key, code in (("pb_batch", flask), ("cs_batch", CS_BATCH))
    }
    run = post(person, RECIPE, **batches, temperature="170", cs_oleate=cs_oleate_ml, operator="AV", do="start")
    return run.removesuffix("/run/").rpartition("/")[2]


def new_crude(person: Person, *, cs_oleate_ml: str = "0.1") -> str:
    """Run a synthesis to its end; returns its code, whose crude waits."""
    code = start_run(person, cs_oleate_ml=cs_oleate_ml)
    run = f"/syntheses/{code}/run/"
    for do in ("stamp:injected", "stamp:ice_bath"):
        post(person, f"{run}?step=3", do=do)
    post(person, f"{run}?step=3", do="dial:injection_temperature_c", number="171")
    post(person, f"{run}?step=4", do="finish")
    return code
