"""Whatever becomes of workers, deliveries and leases, a job goes on, and its effect is there once."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from labbook.jobs.queue import take, waiting
from labbook.jobs.run import MOST_LOG, Overtaken, Stopping, with_line
from labbook.jobs.running import put_back, run_job
from labbook.jobs.stopping import STOP
from labbook.jobs.worker import Worker, sweep
from labbook.models import Job, JobState, Lab, Project, User
from labbook.services.jobs import cancel_job, enqueue, retry_job
from tests.working import after, run_queued_jobs, running

pytestmark = pytest.mark.usefixtures("job_kinds")


def effects() -> int:
    return Project.objects.filter(name="effect").count()


def lose_its_worker(job: Job) -> None:
    """Let the lease of a running job run out, and let another worker look after it."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep(hand_over=timedelta(0))
    job.refresh_from_db()


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
    failed = enqueue(lab=lab, kind="lost_database", title="Lost", arguments={}, by=member)

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
