"""Received files: the same bytes are one file, small ones are read at once, and curves lie outside the rows."""

import hashlib
import io

import numpy as np
import pytest
from pytest_django import Settings

from labbook.errors import Refusal
from labbook.models import Revision, User
from measurements.models import Batch, Curve, FileName, InboxRow, RawFile, ReadingState
from measurements.services.reading import read_raw_file
from measurements.services.receiving import receive_file, safe_folder, safe_name
from measurements.storage.stores import array_key, raw_key, store


def test_a_received_file_is_kept_named_read_and_waits_in_its_batch(batch: Batch, member: User, spectrum: bytes) -> None:
    received = receive_file(batch=batch, name="film.txt", folder="day 1", stream=io.BytesIO(spectrum), by=member)

    raw_file = RawFile.objects.get()
    assert raw_file.sha256 == hashlib.sha256(spectrum).hexdigest()
    assert (raw_file.state, raw_file.reader) == (ReadingState.READ, "ocean_optics_txt")
    assert (received.name, received.folder, received.batch) == ("film.txt", "day 1", batch)
    assert InboxRow.objects.get().file_name == received
    with store().open(raw_key(raw_file.sha256)) as stream:
        assert stream.read() == spectrum


def test_the_curve_lies_outside_its_row_and_says_what_it_holds(batch: Batch, member: User, spectrum: bytes) -> None:
    receive_file(batch=batch, name="film.txt", folder="", stream=io.BytesIO(spectrum), by=member)

    curve = Curve.objects.get()
    assert (curve.x_unit, curve.point_count, curve.x_first, curve.x_last) == ("nm", 64, 640.0, 703.0)
    assert curve.y_max == pytest.approx(960.0)
    assert len(curve.sparkline) == 64
    with store().open(array_key(curve.store_key)) as stream, np.load(io.BytesIO(stream.read())) as arrays:
        assert arrays["values"].shape == (64,)
        assert arrays["axis_0"][0] == 640.0


def test_the_same_bytes_twice_are_one_file_with_two_names(batch: Batch, member: User, spectrum: bytes) -> None:
    for name in ("film.txt", "Copy of film.txt"):
        receive_file(batch=batch, name=name, folder="", stream=io.BytesIO(spectrum), by=member)

    assert RawFile.objects.count() == 1
    assert sorted(FileName.objects.values_list("name", flat=True)) == ["Copy of film.txt", "film.txt"]
    assert Curve.objects.count() == 1


def test_the_same_file_sent_again_into_a_batch_changes_nothing(batch: Batch, member: User, spectrum: bytes) -> None:
    first = receive_file(batch=batch, name="film.txt", folder="", stream=io.BytesIO(spectrum), by=member)
    told = Revision.objects.count()

    again = receive_file(batch=batch, name="film.txt", folder="", stream=io.BytesIO(spectrum), by=member)

    assert again == first
    assert Revision.objects.count() == told


def test_what_nobody_recognises_is_kept_and_says_why(batch: Batch, member: User) -> None:
    receive_file(batch=batch, name="update.exe", folder="", stream=io.BytesIO(b"MZ\x90\0 program"), by=member)

    raw_file = RawFile.objects.get()
    assert raw_file.state == ReadingState.UNKNOWN
    assert "No reader" in raw_file.refused
    assert InboxRow.objects.get().recording is None


def test_a_broken_file_is_kept_and_names_the_line(batch: Batch, member: User, spectrum: bytes) -> None:
    broken = spectrum.replace(b"680.00\t", b"about 680\t")

    receive_file(batch=batch, name="film.txt", folder="", stream=io.BytesIO(broken), by=member)

    raw_file = RawFile.objects.get()
    assert raw_file.state == ReadingState.REFUSED
    assert "line" in raw_file.refused
    assert not Curve.objects.exists()


def test_a_file_larger_than_the_setting_is_refused_and_nothing_is_kept(
    batch: Batch, member: User, spectrum: bytes, settings: Settings
) -> None:
    settings.LARGEST_FILE_BYTES = 100

    with pytest.raises(Refusal, match="100 bytes"):
        receive_file(batch=batch, name="film.txt", folder="", stream=io.BytesIO(spectrum), by=member)

    assert not RawFile.objects.exists()
    assert not FileName.objects.exists()


def test_reading_the_same_bytes_again_changes_nothing(batch: Batch, member: User, spectrum: bytes) -> None:
    received = receive_file(batch=batch, name="film.txt", folder="", stream=io.BytesIO(spectrum), by=member)
    told = Revision.objects.count()

    read_raw_file(received.raw_file, by=member)

    assert Curve.objects.count() == 1
    assert Revision.objects.count() == told


@pytest.mark.parametrize(
    ("given", "kept"),
    [("a.txt", "a.txt"), ("C:\\data\\a.txt", "a.txt"), ("../../etc/passwd", "passwd"), ("", "unnamed"), ("a\0b", "ab")],
)
def test_a_name_is_its_last_part(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_folder_leads_nowhere_else() -> None:
    assert safe_folder("/2026\\03/../../DAC/./load 1/") == "2026/03/DAC/load 1"
