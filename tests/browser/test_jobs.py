"""A job is followed in the browser without a hand, and without JavaScript by looking again."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import serious_violations
from tests.browser.conftest import Meet
from tests.browser.notebook import Notebook
from tests.browser.profiles import WITHOUT_JAVASCRIPT

TITLE = "Read 24 files"
LATER = "2999-01-01 00:00:00"
STARTED = {
    "lab_id": 1, "created_by_id": 1, "kind": "browser", "title": TITLE, "arguments": "{}", "state": "running",
    "done_count": 7, "total_count": 24, "log": "12:00:00 seven\n", "error": "", "attempt": 1, "lost_count": 0,
    "lease_until": LATER, "created_at": "2026-03-12 11:00:00", "started_at": "2026-03-12 11:00:01",
}  # fmt: skip


class Work:
    """A job of the running notebook that goes on as the test wants; no worker touches it."""

    def __init__(self, notebook: Notebook) -> None:
        self.database = notebook.folder / "data" / "labbook.sqlite3"
        names, marks = ", ".join(STARTED), ", ".join("?" * len(STARTED))
        self.id = self._do(f"INSERT INTO labbook_job ({names}) VALUES ({marks})", *STARTED.values())

    def set(self, **fields: Any) -> None:
        """Let the job go on."""
        names = ", ".join(f"{name} = ?" for name in fields)
        self._do(f"UPDATE labbook_job SET {names} WHERE id = ?", *fields.values(), self.id)

    def forget(self) -> None:
        """Leave the notebook as it was."""
        self._do("DELETE FROM labbook_job WHERE id = ?", self.id)

    def _do(self, statement: str, *values: Any) -> int:
        with closing(sqlite3.connect(self.database, timeout=20)) as database, database:
            return database.execute(statement, values).lastrowid or 0


@pytest.fixture
def work(notebook: Notebook) -> Iterator[Work]:
    """A job that runs: 7 of 24."""
    work = Work(notebook)
    yield work
    work.forget()


@pytest.mark.parametrize("place", ["/jobs/", "/jobs/{}"])
def test_the_progress_and_the_end_of_a_job_arrive_by_themselves(meet: Meet, work: Work, place: str) -> None:
    person = meet()
    person.go(place.format(work.id))
    main = person.page.locator("main")
    expect(main.get_by_text("7 of 24")).to_be_visible()
    assert not serious_violations(person.page)
    main.get_by_role("button", name="Cancel").focus()

    work.set(done_count=12)
    expect(main.get_by_text("12 of 24")).to_be_visible()
    # What the hands were at is not taken away.
    expect(main.get_by_role("button", name="Cancel")).to_be_focused()
    result = json.dumps({"said": "24 files read.", "address": "/samples/"})
    work.set(state="done", done_count=24, result=result, ended_at=LATER)
    expect(main.get_by_text("24 files read.")).to_be_visible()
    main.get_by_role("link", name="esult").click()

    expect(person.page.locator("h1")).to_have_text("Samples")
    assert person.watch.complaints == []


def test_without_javascript_a_job_is_followed_by_looking_again(meet: Meet, work: Work) -> None:
    person = meet(WITHOUT_JAVASCRIPT)
    person.go(f"/jobs/{work.id}")

    work.set(done_count=12)
    person.page.get_by_role("link", name="Look again").click()

    expect(person.page.get_by_text("12 of 24")).to_be_visible()
    person.page.get_by_role("button", name="Cancel").click()
    expect(person.page.locator("main").get_by_text("cancelling")).to_be_visible()
    assert person.watch.complaints == []
