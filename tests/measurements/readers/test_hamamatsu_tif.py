"""Streak images saved as TIFF: the tables of the file itself are the axes, not straight lines through them."""

import json
from pathlib import Path

import numpy as np
import pytest

from measurements.readers import hamamatsu_tif, tiff_image
from measurements.readers.recording import Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.expected_readings import expected, read_real
from tests.measurements.readers.streak_files import COLUMNS, ROWS, comment, streak_counts, times, wavelengths
from tests.measurements.readers.tiff_files import Tag, tiff_file


def streak_tif(date: str = "09/02/2022", **tags: int) -> bytes:
    """Return a streak image whose tables lie behind the directory."""
    usual: dict[int, Tag] = {305: "HPD-TA 9.5 pf4", 306: "2022:02:09 18:39:41", 315: "Copyright Hamamatsu GmbH, 2018"}
    placed = comment(date=date, x=f"#0000000,{COLUMNS:04}", y=f"#0000000,{ROWS:04}")
    ends = len(tiff_file(streak_counts(), tags={**usual, 270: placed}))
    places = {"x": f"#{ends:07},{COLUMNS:04}", "y": f"#{ends + 4 * COLUMNS:07},{ROWS:04}"}
    all_tags: dict[int, Tag] = {
        **usual,
        270: comment(date=date, **places),
        **{int(tag[1:]): value for tag, value in tags.items()},
    }
    return tiff_file(streak_counts(), tags=all_tags, tail=wavelengths() + times())


def test_counts_lie_over_the_tables_of_the_file() -> None:
    source = Source.of_bytes(streak_tif())

    (recording,) = hamamatsu_tif.read(source)

    (channel,) = recording.channels
    assert hamamatsu_tif.recognises(source)
    assert not tiff_image.recognises(source)
    assert recording.technique is Technique.TRPL
    assert np.array_equal(channel.values, streak_counts()[:, ::-1])
    assert channel.x.values.tolist() == [640, 660, 680, 700]
    assert channel.axes[0].values.tolist() == [0, 10, 20]


def test_the_date_of_saving_settles_which_number_is_the_month() -> None:
    (recording,) = hamamatsu_tif.read(Source.of_bytes(streak_tif("9/2/2022")))

    assert recording.measured is not None
    assert recording.measured.moment is not None
    assert recording.measured.moment.isoformat() == "2022-02-09T11:34:55.147000"
    assert not any("date" in str(caution) for caution in recording.cautions)


def test_a_missing_table_is_refused_with_the_byte() -> None:
    content = streak_tif()[:-4]

    with pytest.raises(Unread, match="time axis is missing") as refusal:
        hamamatsu_tif.read(Source.of_bytes(content))

    assert refusal.value.offset_bytes == len(content)


def test_a_short_strip_is_refused() -> None:
    with pytest.raises(Unread, match="cut off"):
        hamamatsu_tif.read(Source.of_bytes(streak_tif(t279=9_999)))


def test_a_picture_in_colours_is_no_streak_image() -> None:
    picture = np.zeros((ROWS, COLUMNS, 3), "u1")

    with pytest.raises(Unread, match="in colours"):
        hamamatsu_tif.read(Source.of_bytes(tiff_file(picture, tags={270: comment()})))


def test_the_real_image_reads_as_the_manifest_says(shared_data: Path) -> None:
    name = "hamamatsu_tif/test_hamamatsu_streak_SCAN.tif"
    wanted = expected(shared_data, "hamamatsu_tif")[name]

    (recording,) = read_real(shared_data, name, "hamamatsu_tif")

    (channel,) = recording.channels
    assert (list(channel.values.shape), str(channel.values.dtype)) == (wanted["shape"], wanted["dtype"])
    assert (float(channel.values.max()), float(channel.values.sum(dtype=np.int64))) == (wanted["max"], wanted["sum"])
    assert (channel.x.unit, channel.axes[0].unit) == ("nm", "ps")
    assert recording.header["Application.Date"][0] in json.dumps(wanted["tags"])
    assert recording.measured is not None
    assert recording.measured.moment is not None
    assert recording.measured.moment.isoformat() == "2022-02-09T18:14:40.155000"
