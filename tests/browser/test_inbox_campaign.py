"""The whole campaign dropped through the browser: well-named files land on sample and rung, badly named ones wait."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from playwright.sync_api import Browser, Page, expect

from measurements.matching.rungs import rung_in
from tests.browser.notebook import ROOT, Notebook, running_notebook
from tests.browser.opening import sign_in
from tests.measurements.matching.campaign import RUBY_GPA, Answer, answers

PATIENCE_MS = 300_000
# This walk looks at the match table; four hundred fits beside it would only slow it down.
NO_FITS = """
from analysis.methods.table import METHODS
from analysis.models import MethodChoice
from labbook.models import Lab
for method in METHODS:
    MethodChoice.objects.update_or_create(
        lab=Lab.objects.order_by("pk").first(), method=method, defaults={"is_automatic": False}
    )
"""


@pytest.fixture(scope="module")
def campaign_notebook(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Iterator[Notebook]:
    """A notebook that has read in the campaign's records."""
    with running_notebook(tmp_path_factory.mktemp("campaign")) as running:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment["LABBOOK_DATA_DIR"] = str(running.folder / "data")
        command = [sys.executable, "manage.py", "import_records", str(shared_data / "campaign" / "records")]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        subprocess.run([sys.executable, "manage.py", "shell", "-c", NO_FITS], cwd=ROOT, env=environment, check=True)
        yield running


@pytest.fixture(scope="module")
def page(campaign_notebook: Notebook, browser: Browser) -> Iterator[Page]:
    """The owner's browser window."""
    session = sign_in(browser, campaign_notebook)
    context = browser.new_context(base_url=campaign_notebook.address, storage_state=session)
    yield context.new_page()
    context.close()


def test_every_well_named_file_lands_and_the_badly_named_ones_wait(page: Page, shared_data: Path) -> None:
    campaign = shared_data / "campaign"
    key = list(answers(campaign))
    page.goto("/inbox/")
    page.get_by_label("A whole folder").set_input_files(campaign / "raw")
    page.wait_for_url(re.compile(r"/inbox/\d+$"), timeout=PATIENCE_MS)
    address = page.url

    page.get_by_role("button", name=re.compile(r"Assign \d+ files")).click()
    expect(page.get_by_role("heading", name=re.compile(r"\d+ files assigned"))).to_be_visible(timeout=PATIENCE_MS)
    landed = links_of(page)
    page.goto(address)
    waiting = page.locator("tr[data-line] th.file a").all_inner_texts()

    wrong = [one.file for one in key if is_well_named(one) and not is_right(one, landed)]
    assert wrong == []
    badly_named = {PurePosixPath(one.file).name for one in key if one.is_read and "unsorted" in one.file}
    assert badly_named <= set(waiting)
    assert "NC-024 or 027 PL.txt" in waiting


Links = dict[str, tuple[str, str, str]]


def links_of(page: Page) -> Links:
    """Return sample, technique and rung of every file of a receipt; what was joined has its main file's."""
    found: Links = {}
    for cells in page.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(one => one.innerText))"
    ):
        names, sample, technique, rung = cells[:4]
        for name in names.split("\n"):
            found[name.removeprefix("with ").strip()] = (sample, technique, rung)
    return found


def is_well_named(answer: Answer) -> bool:
    """Say whether a file's name or folder tells what it is of."""
    return answer.is_good and answer.is_read and "unsorted" not in answer.file


def is_right(answer: Answer, landed: Links) -> bool:
    """Say whether a file lies where the answer key has it."""
    sample, technique, rung = landed.get(PurePosixPath(answer.file).name, ("", "", ""))
    said = rung_in(rung).rung
    near = not answer.pressure_gpa or abs(float(said.pressure_gpa or 0) - float(answer.pressure_gpa)) < RUBY_GPA
    cold = answer.temperature_k in {"", "295"} or said.temperature_k == int(answer.temperature_k)
    of_sample = sample == answer.code or (not answer.code and sample == "IRF")
    return of_sample and technique == answer.technique and near and cold
