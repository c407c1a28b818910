"""Real worker processes on the real database: killed, stopped, and several at once, an effect is there once."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from labbook.jobs.losing import MOST_ATTEMPTS
from labbook.models import Job, JobState, Lab, Project, User
from labbook.roles import Role
from labbook.services.jobs import cancel_job, enqueue, retry_job
from tests.making import make_lab, make_person

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
LEASE_S = 1
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(job_kinds: None, tmp_path: Path) -> Iterator[Start]:
    """A function that starts a worker process; all of them are gone at the end."""
    processes: list[subprocess.Popen[bytes]] = []
    log = (tmp_path / "workers.log").open("wb")

    def start(*options: str) -> "subprocess.Popen[bytes]":
        name = str(connection.settings_dict["NAME"])
        command = [sys.executable, "-m", "tests.labbook.worker_process", name, str(LEASE_S), *options]
        processes.append(subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait()
    log.close()


@pytest.fixture
def busy() -> Lab:
    """A lab that every process can see."""
    return make_lab("Busy")


@pytest.fixture
def person(busy: Lab) -> User:
    """Who asks for everything."""
    return make_person(busy, "AV", Role.MEMBER)


def slow(lab: Lab, by: User, enough: Path, finishing_s: float = 0) -> Job:
    arguments = {"name": "effect", "enough": str(enough), "finishing_s": finishing_s}
    return enqueue(lab=lab, kind="slow", title="Slow", arguments=arguments, by=by)


def until(job: Job, is_so: Callable[[Job], bool]) -> Job:
    """Wait until something is so of a job, and return the job."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        job.refresh_from_db()
        if is_so(job):
            return job
        time.sleep(0.05)
    pytest.fail(f"The job stayed as it is: {job.state}, attempt {job.attempt}, {job.error}")


def until_running(job: Job, attempt: int = 1) -> Job:
    """Wait until the handler has reported in an attempt."""
    return until(job, lambda one: one.state == JobState.RUNNING and one.done_count > 0 and one.attempt == attempt)


def until_over(job: Job) -> Job:
    """Wait until the job has ended."""
    return until(job, lambda one: not one.is_live)


def effects() -> int:
    return Project.objects.filter(name="effect").count()


def test_a_worker_that_is_killed_at_work_is_replaced_and_its_effect_is_there_once(
    busy: Lab, person: User, start: Start, tmp_path: Path
) -> None:
    job = slow(busy, person, tmp_path / "enough")
    first = start()
    until_running(job)

    os.kill(first.pid, signal.SIGKILL)
    (tmp_path / "enough").touch()
    start()
    done = until_over(job)

    assert (done.state, done.attempt, done.lost_count) == (JobState.DONE, 2, 1)
    assert effects() == 1


def test_a_worker_that_is_killed_while_it_writes_its_results_leaves_none_and_the_next_one_does(
    busy: Lab, person: User, start: Start, tmp_path: Path
) -> None:
    job = slow(busy, person, tmp_path / "enough", finishing_s=2)
    first = start()
    until_running(job)

    (tmp_path / "enough").touch()
    time.sleep(1)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert effects() == 0
    start()
    done = until_over(job)

    assert (done.state, done.attempt) == (JobState.DONE, 2)
    assert effects() == 1


def test_a_worker_that_stood_still_and_was_overtaken_writes_nothing(
    busy: Lab, person: User, start: Start, tmp_path: Path
) -> None:
    job = slow(busy, person, tmp_path / "enough")
    first = start()
    until_running(job)

    os.kill(first.pid, signal.SIGSTOP)
    start()
    until_running(job, attempt=2)
    os.kill(first.pid, signal.SIGCONT)
    (tmp_path / "enough").touch()
    done = until_over(job)
    first.terminate()
    first.wait(PATIENCE_S)

    assert (done.state, done.attempt) == (JobState.DONE, 2)
    assert effects() == 1


def test_a_job_that_kills_every_worker_is_given_up_with_the_reason(
    busy: Lab, person: User, start: Start, tmp_path: Path
) -> None:
    job = slow(busy, person, tmp_path / "never")

    for attempt in range(1, MOST_ATTEMPTS + 1):
        worker = start()
        until_running(job, attempt)
        worker.kill()
    start()
    given_up = until_over(job)

    assert (given_up.state, given_up.attempt) == (JobState.FAILED, 3)
    assert "begun 3 times" in given_up.error
    assert effects() == 0


def test_a_job_longer_than_its_lease_keeps_it(busy: Lab, person: User, start: Start, tmp_path: Path) -> None:
    job = slow(busy, person, tmp_path / "enough", finishing_s=2 * LEASE_S)
    start()
    start()
    until_running(job)

    time.sleep(3 * LEASE_S)
    (tmp_path / "enough").touch()
    done = until_over(job)

    assert (done.state, done.attempt, done.lost_count) == (JobState.DONE, 1, 0)
    assert effects() == 1


def test_a_running_job_is_cancelled_and_can_be_tried_again(
    busy: Lab, person: User, start: Start, tmp_path: Path
) -> None:
    job = slow(busy, person, tmp_path / "enough")
    start()
    cancel_job(job=until_running(job), by=person)

    cancelled = until_over(job)
    assert (cancelled.state, effects()) == (JobState.CANCELLED, 0)
    (tmp_path / "enough").touch()
    retry_job(job=cancelled, by=person)

    assert until_over(job).state == JobState.DONE
    assert effects() == 1


def test_a_worker_that_is_told_to_end_puts_its_job_back_at_once_and_leaves_in_order(
    busy: Lab, person: User, start: Start, tmp_path: Path
) -> None:
    job = slow(busy, person, tmp_path / "enough")
    worker = start()
    until_running(job)

    worker.terminate()

    assert worker.wait(PATIENCE_S) == 0
    job.refresh_from_db()
    assert (job.state, job.lost_count) == (JobState.QUEUED, 0)
    (tmp_path / "enough").touch()
    assert start("--burst").wait(PATIENCE_S) == 0
    job.refresh_from_db()
    assert (job.state, effects()) == (JobState.DONE, 1)


def test_two_workers_share_forty_jobs_and_do_none_twice(busy: Lab, person: User, start: Start, tmp_path: Path) -> None:
    workers = [start(), start()]
    # Each worker holds one of these, so that both are there when the forty can begin.
    held = [slow(busy, person, tmp_path / "enough") for _ in workers]
    for job in held:
        until_running(job)
    jobs = [
        enqueue(lab=busy, kind="make", title=f"Job {number}", arguments={"name": f"effect {number}"}, by=person)
        for number in range(40)
    ]

    (tmp_path / "enough").touch()
    for job in [*held, *jobs]:
        until_over(job)

    assert set(Job.objects.values_list("state", "attempt")) == {(JobState.DONE, 1)}
    written = Counter(Project.objects.exclude(name="effect").values_list("name", flat=True))
    assert written == {f"effect {number}": 1 for number in range(40)}
    deliveries = DBTaskResult.objects.filter(pk__in=[job.delivery for job in jobs])
    assert len({worker for ids in deliveries.values_list("worker_ids", flat=True) for worker in ids}) == 2
