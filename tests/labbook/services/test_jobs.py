"""A job runs in somebody's name, tells how far it is, and ends once: done, failed with a sentence, or cancelled."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from labbook.errors import Refusal
from labbook.jobs.queue import take, waiting
from labbook.jobs.run import MOST_LOG, Cancelled, Overtaken, Run, Stopping, with_line
from labbook.jobs.running import claim, put_back, run_job
from labbook.jobs.stopping import STOP
from labbook.jobs.worker import Worker, sweep
from labbook.models import Job, JobState, Lab, Project, User
from labbook.services.jobs import cancel_job, enqueue, retry_job
from labbook.services.projects import start_project
from tests.labbook.job_kinds import KINDS
from tests.working import after, run_queued_jobs


@pytest.fixture(autouse=True)
def kinds(settings: Settings) -> None:
    """Let the notebook know the kinds of the tests."""
    settings.JOB_KINDS = {**settings.JOB_KINDS, **KINDS}


@pytest.fixture
def job(lab: Lab, member: User) -> Job:
    """A job that waits."""
    return enqueue(lab=lab, kind="make", title="Make one", arguments={"name": "effect"}, by=member)


def ask(lab: Lab, by: User, kind: str) -> Job:
    return enqueue(lab=lab, kind=kind, title=kind, arguments={"name": "effect"}, by=by)


def running(job: Job) -> Run:
    """Claim a job as a worker does."""
    claimed = claim(job.pk)
    assert claimed is not None
    return Run(claimed)


def lose_its_worker(job: Job) -> None:
    """Let the lease of a running job run out, and let another worker look after it."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep(hand_over=timedelta(0))
    job.refresh_from_db()


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


def test_the_job_of_a_lost_worker_runs_again_and_its_first_attempt_can_write_no_more(job: Job) -> None:
    first = running(job)
    lose_its_worker(job)
    assert (job.state, job.attempt) == (JobState.QUEUED, 1)

    with pytest.raises(Overtaken):
        first.report(1)
    done = after(job)

    assert (done.state, done.attempt) == (JobState.DONE, 2)
    with pytest.raises(Overtaken), first.finishing():
        pytest.fail("an overtaken attempt must not write its results")
    assert effects() == 1


def test_a_worker_that_only_seemed_lost_may_still_finish(job: Job) -> None:
    run = running(job)
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(minutes=1))

    with run.finishing() as result:
        result["said"] = "late"

    sweep(hand_over=timedelta(0))
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"said": "late"})


def test_after_three_lost_workers_a_job_fails_with_the_reason_and_can_be_tried_again(job: Job, member: User) -> None:
    for _ in range(3):
        running(job)
        lose_its_worker(job)

    assert (job.state, job.attempt) == (JobState.FAILED, 3)
    assert "begun 3 times" in job.error
    assert after(retry_job(job=job, by=member)).state == JobState.DONE


def test_a_lost_job_that_was_to_be_cancelled_is_cancelled(job: Job, member: User) -> None:
    running(job)
    cancel_job(job=job, by=member)

    lose_its_worker(job)

    assert job.state == JobState.CANCELLED


def test_a_job_that_loses_the_database_is_tried_three_times(lab: Lab, member: User) -> None:
    failed = ask(lab, member, "lost_database")

    for _ in range(4):
        run_queued_jobs()

    failed.refresh_from_db()
    assert (failed.state, failed.attempt) == (JobState.FAILED, 3)
    assert "lost the database" in failed.error


def test_a_worker_that_is_told_to_end_puts_its_job_back_without_counting_it_as_lost(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = running(job)
    monkeypatch.setattr(STOP, "is_asked", True)

    with pytest.raises(Stopping):
        run.report(1)
    put_back(run)
    monkeypatch.undo()

    job.refresh_from_db()
    assert (job.state, job.lost_count) == (JobState.QUEUED, 0)
    assert after(job).state == JobState.DONE


def test_a_second_delivery_of_the_same_job_does_nothing(job: Job) -> None:
    after(job)

    run_job.call(job.pk)

    assert effects() == 1


def test_a_job_whose_delivery_was_lost_with_its_worker_is_handed_over_again(job: Job) -> None:
    sweep(hand_over=timedelta(0))
    assert take("a worker that dies here") is not None

    sweep(hand_over=timedelta(0))

    assert waiting().count() == 1
    assert after(job).state == JobState.DONE


def test_a_job_that_waits_for_a_worker_is_handed_over_once(job: Job) -> None:
    sweep(hand_over=timedelta(0))
    sweep(hand_over=timedelta(0))

    assert waiting().count() == 1


def test_reports_in_quick_succession_are_written_together(job: Job) -> None:
    run = running(job)

    for done in range(100):
        run.report(done, 100, f"file {done}")

    job.refresh_from_db()
    assert job.done_count < 99
    with run.finishing():
        pass
    job.refresh_from_db()
    assert job.done_count == 99
    assert len(job.log.splitlines()) == 100


def test_a_report_renews_the_lease(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    run = running(job)
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now())
    monkeypatch.setattr("labbook.jobs.run.WRITE_EVERY_S", 0)

    run.report(1)

    job.refresh_from_db()
    assert job.lease_until is not None
    assert job.lease_until > timezone.now() + timedelta(seconds=20)


def test_a_long_log_loses_its_beginning_and_never_holds_what_no_database_takes() -> None:
    log = ""
    for number in range(20_000):
        log = with_line(log, f"line {number} \0 \n.")

    assert len(log) <= MOST_LOG + 1
    assert "\0" not in log
    assert log.endswith("line 19999   .\n")
    assert log.startswith("…line")


def test_what_workers_took_is_forgotten_after_a_day(job: Job) -> None:
    after(job)
    worker = Worker()
    taken = type(waiting().model.objects.get()).objects
    taken.update(started_at=timezone.now() - timedelta(days=2))

    worker.look_after()

    assert not taken.exists()


@pytest.mark.usefixtures("job")
def test_an_idle_worker_finds_nothing_to_do(caplog: pytest.LogCaptureFixture) -> None:
    run_queued_jobs()

    with caplog.at_level(logging.WARNING):
        assert run_queued_jobs() == 0

    assert not caplog.records
