"""A newer reader reads old files again in the background, and the history says what changed."""

import io

import pytest

from labbook.models import Job, JobState, Lab, Revision, User
from measurements.models import Batch, Curve, Measurement, MeasurementRecording, RawFile, Recording
from measurements.services.housekeeping import keep_files
from measurements.services.receiving import receive_file
from tests.working import run_queued_jobs


@pytest.fixture
def outdated(batch: Batch, owner: User, member: User, spectrum: bytes) -> RawFile:
    """A file that an older version of its reader has read, to other numbers, and its measurement."""
    received = receive_file(batch=batch, name="film.txt", folder="", stream=io.BytesIO(spectrum), by=member)
    recording = Recording.objects.get()
    measurement = Measurement.objects.create(lab=batch.lab, technique="PL", reference_kind="dark")
    MeasurementRecording.objects.create(
        measurement=measurement, raw_file=received.raw_file, file_name=received, recording=recording
    )
    Recording.objects.update(reader_version=0)
    Curve.objects.update(store_key="0" * 64)
    RawFile.objects.update(reader_version=0)
    return RawFile.objects.get()


def test_outdated_files_are_read_again_and_measurements_go_over(outdated: RawFile) -> None:
    keep_files()

    run_queued_jobs()

    current = Recording.objects.get(is_current=True)
    assert Job.objects.get(kind="reread_files").state == JobState.DONE
    assert Job.objects.get(kind="reread_files").result == {"read": 1, "changed": 1}
    assert current.reader_version == 1
    assert MeasurementRecording.objects.get().recording == current
    assert Recording.objects.count() == 2
    read = Revision.objects.filter(record_type="rawfile", action="read").order_by("-sequence").first()
    assert read is not None
    assert "values" in read.changes


def test_files_of_the_newest_reader_are_left_alone(batch: Batch, owner: User, member: User, spectrum: bytes) -> None:
    receive_file(batch=batch, name="film.txt", folder="", stream=io.BytesIO(spectrum), by=member)

    keep_files()

    assert not Job.objects.exists()


def test_one_rereading_waits_at_a_time(outdated: RawFile, lab: Lab) -> None:
    keep_files()

    keep_files()

    assert Job.objects.count() == 1


def test_a_large_file_is_read_by_a_worker(
    batch: Batch, member: User, spectrum: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("measurements.services.reading.READ_AT_ONCE_BYTES", 100)

    receive_file(batch=batch, name="film.txt", folder="", stream=io.BytesIO(spectrum), by=member)
    before = RawFile.objects.get().state
    run_queued_jobs()

    assert before == "waiting"
    assert RawFile.objects.get().state == "read"
    assert Curve.objects.count() == 1
