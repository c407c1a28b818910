"""Two people who save one field both read both values and choose; it works without a script."""

import re
from collections.abc import Mapping

import pytest
from django.test import Client

from labbook.models import Lab, User
from labbook.services.labs import change_lab
from labbook.services.versions import version_token


@pytest.fixture
def stale(client: Client, lab: Lab, owner: User) -> dict[str, str]:
    """What a person sends who opened the form before somebody else saved it."""
    client.force_login(owner)
    token = version_token(lab)
    change_lab(lab=lab, changes={"name": "Theirs"}, token=token, by=owner)
    return {"name": "<b>Mine</b>", "time_zone": "Europe/Paris", "version": token, "idempotency_key": "one"}


def hidden_fields(page: str) -> Mapping[str, str]:
    """Return the hidden inputs of the conflict's form."""
    form = page[page.index('class="conflict') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_a_conflict_is_answered_409_with_both_values_and_writes_nothing(
    client: Client, lab: Lab, stale: dict[str, str]
) -> None:
    answer = client.post("/settings/lab", stale)

    page = answer.content.decode()
    lab.refresh_from_db()
    assert answer.status_code == 409
    assert (lab.name, lab.time_zone) == ("Theirs", "Europe/Rome")
    assert "Theirs" in page
    assert "&lt;b&gt;Mine&lt;/b&gt;" in page
    assert "<b>Mine</b>" not in page


@pytest.mark.parametrize(("choice", "kept"), [("<b>Mine</b>", "<b>Mine</b>"), ("Theirs", "Theirs")])
def test_the_choice_is_saved_with_everything_else_that_was_typed(
    client: Client, lab: Lab, stale: dict[str, str], choice: str, kept: str
) -> None:
    again = hidden_fields(client.post("/settings/lab", stale).content.decode())

    answer = client.post("/settings/lab", {**again, "name": choice})

    lab.refresh_from_db()
    assert answer.status_code == 302
    assert (lab.name, lab.time_zone) == (kept, "Europe/Paris")


def test_somebody_who_saves_a_third_time_meanwhile_is_not_overwritten_either(
    client: Client, lab: Lab, stale: dict[str, str], owner: User
) -> None:
    again = hidden_fields(client.post("/settings/lab", stale).content.decode())
    lab.refresh_from_db()
    change_lab(lab=lab, changes={"name": "Third"}, token=version_token(lab), by=owner)

    assert client.post("/settings/lab", {**again, "name": "Mine"}).status_code == 409


def test_a_forged_version_is_refused_at_the_form(client: Client, lab: Lab, stale: dict[str, str]) -> None:
    answer = client.post("/settings/lab", {**stale, "version": "2:forged"})

    assert answer.status_code == 422
    assert b"not genuine" in answer.content
