"""Jobs are followed, cancelled and tried again from their pages and the API, by whom they belong to."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from labbook.models import Job, JobState, Lab, User
from labbook.roles import Role
from labbook.services.jobs import enqueue
from labbook.services.tokens import make_token
from tests.making import make_person
from tests.working import after

LIVE = 'hx-trigger="every 2s"'
HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.usefixtures("job_kinds")


@pytest.fixture
def ask(lab: Lab, member: User) -> Callable[..., Job]:
    """A function that asks for a job."""

    def ask(kind: str = "make", title: str = "Read 24 files", by: User = member) -> Job:
        return enqueue(lab=lab, kind=kind, title=title, arguments={"name": "effect"}, by=by)

    return ask


@pytest.fixture
def browser(client: Client, member: User) -> Client:
    """The browser of a member."""
    client.force_login(member)
    return client


def read(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_has_a_persons_own_jobs_and_a_managers_list_everybodys(
    ask: Callable[..., Job], browser: Client, manager: User, lab: Lab
) -> None:
    ask()
    ask(title="Somebody else's", by=make_person(lab, "XY", Role.MEMBER))

    own = read(browser, "/jobs/")
    browser.force_login(manager)
    everybodys = read(browser, "/jobs/")

    assert "Read 24 files" in own
    assert "Somebody else" not in own
    assert "Read 24 files" in everybodys
    assert "Somebody else" in everybodys


def test_a_page_asks_again_every_two_seconds_while_a_job_is_not_over_and_then_no_more(
    ask: Callable[..., Job], browser: Client
) -> None:
    job = ask()
    addresses = ["/jobs/", f"/jobs/{job.pk}", f"/jobs/{job.pk}/progress"]
    assert all(LIVE in read(browser, address) for address in addresses)

    after(job)

    assert not any(LIVE in read(browser, address) for address in addresses)


@pytest.mark.parametrize("address", ["/jobs/", "/jobs/{}"])
def test_what_is_asked_again_is_the_part_that_changes(ask: Callable[..., Job], browser: Client, address: str) -> None:
    part = read(browser, address.format(ask().pk), **HTMX)

    assert "Read 24 files" in read(browser, address.format(ask().pk))
    assert "<html" not in part
    assert "queued" in part


def test_a_running_job_says_how_far_it_is(ask: Callable[..., Job], browser: Client) -> None:
    job = ask()
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done_count=7, total_count=24, log="12:00:00 seven\n")

    page = read(browser, f"/jobs/{job.pk}")

    assert '<progress max="24" value="7"' in page
    assert "7 of 24" in page
    assert "12:00:00 seven" in page


def test_a_job_that_is_done_links_to_its_result(ask: Callable[..., Job], browser: Client) -> None:
    done = after(ask("returning"))

    page = read(browser, f"/jobs/{done.pk}")

    assert 'href="/samples/"' in page
    assert "Nanocrystals for LM" in page


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", 7])
def test_no_result_leads_out_of_the_notebook(address: object) -> None:
    assert Job(result={"address": address}).address == ""


def test_a_page_that_waits_for_a_job_loads_anew_when_it_is_over(ask: Callable[..., Job], browser: Client) -> None:
    job = ask()
    address = f"/jobs/{job.pk}/progress?refresh=1"
    before = browser.get(address, headers=HTMX)

    after(job)

    assert "HX-Refresh" not in before.headers
    assert "?refresh=1" in before.content.decode()
    assert browser.get(address, headers=HTMX).headers["HX-Refresh"] == "true"


def test_a_poll_after_signing_out_is_told_so_and_not_shown_the_sign_in_page(
    ask: Callable[..., Job], client: Client
) -> None:
    answer = client.get(f"/jobs/{ask().pk}", headers={**HTMX, "Labbook-Form": "1"})

    assert answer.status_code == 401


def test_a_job_is_cancelled_and_tried_again_from_its_page(ask: Callable[..., Job], browser: Client) -> None:
    job = ask()

    assert browser.post(f"/jobs/{job.pk}/cancel").headers["Location"] == f"/jobs/{job.pk}"
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert "Try again" in read(browser, f"/jobs/{job.pk}")
    assert browser.post(f"/jobs/{job.pk}/retry").status_code == 302
    assert after(job).state == JobState.DONE


def test_a_job_that_is_over_is_not_cancelled(ask: Callable[..., Job], browser: Client) -> None:
    done = after(ask())

    answer = browser.post(f"/jobs/{done.pk}/cancel")

    assert answer.status_code == 409
    assert "is done already" in answer.content.decode()


def test_another_member_sees_a_job_and_may_not_cancel_it(ask: Callable[..., Job], client: Client, lab: Lab) -> None:
    job = ask()
    client.force_login(make_person(lab, "XY", Role.MEMBER))

    assert "Cancel" not in read(client, f"/jobs/{job.pk}")
    assert client.post(f"/jobs/{job.pk}/cancel").status_code == 409


def test_the_list_asks_the_database_as_often_for_many_jobs_as_for_one(
    ask: Callable[..., Job], browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        ask(title=f"Job {number}")

    with django_assert_max_num_queries(10):
        page = read(browser, "/jobs/")

    assert "Job 59" in page
    assert "Job 9<" not in page
    assert "Earlier" in page


def test_the_api_lists_shows_cancels_and_retries(ask: Callable[..., Job], member: User) -> None:
    job = ask()
    client = Client(headers={"Authorization": f"Token {make_token(user=member, lasts=None)}"})

    listed = client.get("/api/v1/jobs?state=queued").json()["items"]
    cancelled = client.post(f"/api/v1/jobs/{job.pk}/cancel", {}, content_type="application/json").json()
    again = client.post(f"/api/v1/jobs/{job.pk}/retry", {}, content_type="application/json").json()
    after(job)
    shown = client.get(f"/api/v1/jobs/{job.pk}").json()

    assert [(one["id"], one["by"], one["kind"]) for one in listed] == [(job.pk, "LM", "make")]
    assert (cancelled["said"], cancelled["record"]["state"]) == ("“Read 24 files” is cancelled.", "cancelled")
    assert again["record"]["state"] == "queued"
    assert (shown["state"], shown["result"], shown["done_count"]) == ("done", {"said": "made"}, 2)


def test_the_api_refuses_a_state_that_is_none(member: User) -> None:
    client = Client(headers={"Authorization": f"Token {make_token(user=member, lasts=None)}"})

    answer = client.get("/api/v1/jobs?state=lost")

    assert answer.status_code == 400
    assert "queued, running, done" in answer.json()["detail"]
