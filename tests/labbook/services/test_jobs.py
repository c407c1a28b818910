"""A job runs in somebody's name, tells how far it is, and ends once: done, failed with a sentence, or cancelled."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from labbook.errors import Refusal
from labbook.jobs.queue import waiting
from labbook.jobs.run import Cancelled
from labbook.models import Job, JobState, Lab, Project, User
from labbook.services.jobs import cancel_job, enqueue, retry_job
from labbook.services.projects import start_project
from tests.labbook.job_kinds import KINDS
from tests.working import after, run_queued_jobs, running

pytestmark = pytest.mark.usefixtures("job_kinds")


def ask(lab: Lab, by: User, kind: str) -> Job:
    return enqueue(lab=lab, kind=kind, title=kind, arguments={"name": "effect"}, by=by)


def effects() -> int:
    return Project.objects.filter(name="effect").count()


def test_a_job_is_done_with_its_progress_its_log_and_its_result(job: Job) -> None:
    done = after(job)

    assert (done.state, done.done_count, done.total_count) == (JobState.DONE, 2, 2)
    assert [line[9:] for line in done.log.splitlines()] == ["half of it", "all of it"]
    assert done.result == {"said": "made"}
    assert done.ended_at is not None
    assert done.lease_until is None
    assert effects() == 1


def test_what_a_handler_returns_is_its_result(lab: Lab, member: User) -> None:
    done = after(ask(lab, member, "returning"))

    assert done.result == {"said": "Nanocrystals for LM", "address": "/samples/"}


def test_workers_hear_of_a_job_when_its_transaction_commits(
    lab: Lab, member: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asked = ask(lab, member, "make")
        assert not waiting().exists()

    asked.refresh_from_db()
    assert waiting().get().pk == asked.delivery


def test_a_kind_that_nobody_knows_is_a_mistake_of_the_program(lab: Lab, member: User) -> None:
    with pytest.raises(ValueError, match="no kind of job bake"):
        ask(lab, member, "bake")


def test_a_kind_that_a_newer_version_dropped_fails_with_a_sentence(job: Job, settings: Settings) -> None:
    settings.JOB_KINDS = {}

    assert "does not know how" in after(job).error


def test_a_refusal_is_told_in_its_own_words_and_nothing_is_written(lab: Lab, member: User) -> None:
    failed = after(ask(lab, member, "refuse"))

    assert (failed.state, failed.error) == (JobState.FAILED, "This file holds no curve.")
    assert effects() == 0


def test_a_crash_is_told_to_the_log_of_the_server_alone(
    lab: Lab, member: User, caplog: pytest.LogCaptureFixture
) -> None:
    failed = after(ask(lab, member, "crash"))

    assert failed.state == JobState.FAILED
    assert "Something went wrong" in failed.error
    assert "secret" not in failed.error + failed.log
    assert "a secret of Nanocrystals" in caplog.text


def test_a_queued_job_is_cancelled_at_once_and_never_runs(job: Job, member: User) -> None:
    assert cancel_job(job=job, by=member).state == JobState.CANCELLED

    run_queued_jobs()
    assert after(job).state == JobState.CANCELLED
    assert effects() == 0


def test_a_running_job_stops_at_its_next_report_after_it_was_cancelled(job: Job, member: User) -> None:
    run = running(job)
    run.report(1, 2)

    asked = cancel_job(job=job, by=member)

    assert asked.is_cancelling
    with pytest.raises(Cancelled):
        run.report(2, 2)
    with pytest.raises(Cancelled), run.finishing():
        pytest.fail("a cancelled job must not write its results")


def test_no_handler_swallows_that_its_job_was_cancelled() -> None:
    assert not issubclass(Cancelled, Exception)


def test_what_is_over_cannot_be_cancelled(job: Job, member: User) -> None:
    done = after(job)

    with pytest.raises(Refusal, match="done already"):
        cancel_job(job=done, by=member)


def test_what_failed_is_tried_again_with_its_log(lab: Lab, member: User, settings: Settings) -> None:
    failed = after(ask(lab, member, "crash"))
    settings.JOB_KINDS = {**KINDS, "crash": KINDS["make"]}

    again = after(retry_job(job=failed, by=member))

    assert (again.state, again.error, again.attempt) == (JobState.DONE, "", 2)
    assert effects() == 1


def test_what_is_done_is_not_tried_again(job: Job, member: User) -> None:
    done = after(job)

    with pytest.raises(Refusal, match="is done; only what failed"):
        retry_job(job=done, by=member)


def test_only_who_asked_and_managers_may_cancel(job: Job, lab: Lab, owner: User, guest: User, stranger: User) -> None:
    for nosy in (guest, stranger):
        with pytest.raises(Refusal, match="Only LM or a manager"):
            cancel_job(job=job, by=nosy)

    assert cancel_job(job=job, by=owner).state == JobState.CANCELLED


def test_a_job_about_a_restricted_project_is_seen_by_its_members_only(lab: Lab, member: User, owner: User) -> None:
    secret = start_project(lab=lab, name="Secret", is_restricted=True, by=member)
    job = enqueue(lab=lab, kind="make", title="Secret", arguments={}, by=member, project=secret)

    assert list(Job.objects.visible_to(member)) == [job]
    assert not Job.objects.visible_to(owner).exists()


def test_nobody_sees_the_jobs_of_another_lab(job: Job, guest: User, stranger: User) -> None:
    assert list(Job.objects.visible_to(guest)) == [job]
    assert not Job.objects.visible_to(stranger).exists()
