"""Real worker processes that analyse: killed or side by side, every fit is there once, with all that belongs to it."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Count

from analysis.models import Fit, FitState, Result, RungPressure, ValueInForce
from labbook.models import Job, JobState, Lab, Revision, User
from labbook.services.jobs import enqueue
from measurements.models import Measurement
from tests.analysis.made import Line, assigned, ladder, spectrum_text, take_in
from tests.analysis.made_rubies import asked, rubies
from tests.labbook.job_kinds import KINDS
from tests.measurements.inboxes import make_samples
from tests.working import run_queued_jobs

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
LEASE_S = 1
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """A function that starts a worker process on the database and the files of the test; all are gone at the end."""
    monkeypatch.setattr(settings, "JOB_KINDS", {**settings.JOB_KINDS, **KINDS})
    monkeypatch.setattr(settings, "JOB_LEASE_S", LEASE_S)
    processes: list[subprocess.Popen[bytes]] = []
    log = (tmp_path / "workers.log").open("wb")

    def start(module: str, *options: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", module, str(connection.settings_dict["NAME"]), str(LEASE_S), *options]
        files = {"LABBOOK_FILES": str(settings.FILES), "LABBOOK_SPOOL": str(settings.SPOOL)}
        environment = {**os.environ, **files}
        processes.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait()
    log.close()


def until(is_so: Callable[[], object]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "It did not become so."
        time.sleep(0.05)


def killed(start: Start, folder: Path, place: str, number: int) -> None:
    """Let a worker begin what is queued, and kill it the so many-th time it is at a place."""
    sign = folder / "here"
    worker = start("tests.analysis.held_worker", place, str(number), str(sign))
    until(sign.exists)
    worker.kill()
    worker.wait()


def done_by_another(job: Job) -> Job:
    """Let this process take a job up again once its lease has run out."""

    def is_over() -> bool:
        run_queued_jobs()
        job.refresh_from_db()
        return not job.is_live

    until(is_over)
    return job


def spectra(lab: Lab, by: User, count: int) -> list[Measurement]:
    """Measure one film several times, with nothing analysed yet."""
    make_samples(lab, by)
    files = {f"NC-024-F2-FL1_PL_{index:02d}.txt": spectrum_text(Line(seed=index)) for index in range(count)}
    made = assigned(take_in(lab, by, files), by)
    Job.objects.all().delete()
    return made


def is_whole(fit: Fit) -> bool:
    """Say whether a fit of a spectrum has its input, its results and its line in the history."""
    told = Revision.objects.filter(record_type="fit", record_id=fit.pk).count()
    return (fit.inputs.count(), told) == (1, 1) and fit.results.filter(name="peak_energy").count() == 1


def check_every_spectrum_has_one_fit(measurements: list[Measurement]) -> None:
    """Compare what is in the database with what one worker, never disturbed, would have left."""
    fits = list(Fit.objects.filter(method="pl_peak"))
    values = ValueInForce.objects.filter(quantity="peak_energy")
    assert Counter(one.measurement_id for one in fits) == {one.pk: 1 for one in measurements}
    assert all(is_whole(one) for one in fits)
    assert sum(one.replicate_count for one in values) == len(measurements)
    counted = Result.objects.filter(name="peak_energy", fit__in=fits)
    assert set(values.values_list("results", flat=True)) == set(counted.values_list("pk", flat=True))


@pytest.mark.parametrize("place", ["computing", "writing"])
def test_a_worker_that_is_killed_while_it_analyses_leaves_no_fit_twice_and_loses_none(
    lab: Lab, member: User, start: Start, tmp_path: Path, place: str
) -> None:
    measurements = spectra(lab, member, 5)
    job = asked(lab, member, *measurements)

    killed(start, tmp_path, place, 3)
    assert [is_whole(one) for one in Fit.objects.all()] == [True, True]
    done = done_by_another(job)

    assert (done.state, done.attempt, done.lost_count) == (JobState.DONE, 2, 1)
    check_every_spectrum_has_one_fit(measurements)


@pytest.mark.parametrize("number", [2, 4])
def test_a_worker_that_is_killed_while_it_fits_a_series_leaves_no_fit_twice_and_loses_none(
    lab: Lab, member: User, start: Start, tmp_path: Path, number: int
) -> None:
    series = ladder(lab, member, {"0": 1.850, "0.4": 1.842, "0.8": 1.835})
    Job.objects.all().delete()
    arguments = {"series": series.pk, "stated": {}}
    job = enqueue(lab=lab, by=member, kind="fit_series", title="Fit all", arguments=arguments)

    killed(start, tmp_path, "writing", number)
    assert Fit.objects.count() == number - 1
    done = done_by_another(job)

    assert (done.state, done.attempt) == (JobState.DONE, 2)
    check_every_spectrum_has_one_fit(list(Measurement.objects.filter(rung__series=series)))
    along = Fit.objects.filter(series=series).values_list("method", "is_current", "stale_because")
    assert along
    assert len(along) == len(set(along))
    assert {told[1:] for told in along} == {(True, "")}


def side_by_side(lab: Lab, by: User, start: Start, folder: Path) -> Callable[[], None]:
    """Start two workers, each held by a job, and return what lets both go and waits until nothing is left to do."""
    arguments = {"name": "effect", "enough": str(folder / "enough")}
    held = [enqueue(lab=lab, by=by, kind="slow", title="Slow", arguments=arguments) for _ in range(2)]
    for _ in held:
        start("tests.labbook.worker_process")
    until(lambda: Job.objects.filter(state=JobState.RUNNING, done_count__gt=0).count() == len(held))

    def let_go() -> None:
        (folder / "enough").touch()
        until(lambda: not Job.objects.filter(state__in=(JobState.QUEUED, JobState.RUNNING)).exists())

    return let_go


def test_two_workers_with_overlapping_measurements_write_each_fit_once(
    lab: Lab, member: User, start: Start, tmp_path: Path
) -> None:
    measurements = spectra(lab, member, 8)
    let_go = side_by_side(lab, member, start, tmp_path)
    for some in (measurements, measurements[4:], measurements[:6], measurements[2:]):
        asked(lab, member, *some)

    let_go()

    assert set(Job.objects.values_list("state", "attempt")) == {(JobState.DONE, 1)}
    check_every_spectrum_has_one_fit(measurements)


def test_two_workers_on_one_ladder_of_rubies_leave_every_rung_its_pressure(
    lab: Lab, member: User, start: Start, tmp_path: Path
) -> None:
    measurements = rubies(lab, member, "0 before", "0.4", "0.8", "1.2", "0 after")
    Job.objects.all().delete()
    let_go = side_by_side(lab, member, start, tmp_path)
    for one in reversed(measurements):
        asked(lab, member, one)

    let_go()

    assert set(Job.objects.values_list("state", "attempt")) == {(JobState.DONE, 1)}
    assert RungPressure.objects.count() == 4
    fits = Fit.objects.current().filter(method="ruby")
    assert set(fits.values_list("state", "stale_because")) == {(FitState.DONE, "")}
    assert fits.count() == len(measurements)
    sources = fits.filter(inputs__role="lambda0_nm").annotate(count=Count("inputs__pk")).values_list("count", flat=True)
    assert set(sources) == {2}
