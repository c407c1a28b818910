"""Streak images as text: counts without axes say so, and a matrix that is not whole is refused."""

from pathlib import Path

import numpy as np
import pytest

from measurements.readers import hamamatsu_ascii, hamamatsu_img
from measurements.readers.recording import Numbers, Recording, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

COUNTS = np.arange(12 * 20).reshape(12, 20)


def bare(counts: Numbers = COUNTS) -> str:
    return "".join("\t".join(str(count) for count in row[:-1]) + f"\t {row[-1]} \n" for row in counts)


def with_axes(corner: str = "0", mark: str = "\t", comma: str = ".") -> str:
    wavelengths = [f"{value:.1f}".replace(".", comma) for value in np.linspace(750, 655, 20)]
    lines = [mark.join([corner, *wavelengths])]
    for time, row in enumerate(COUNTS):
        lines.append(mark.join([f"{time * 0.5:.1f}".replace(".", comma), *(str(count) for count in row)]))
    return "\n".join(lines) + "\n"


def read(text: str) -> Recording:
    source = Source.of_bytes(text.encode())
    assert hamamatsu_ascii.recognises(source)
    (recording,) = hamamatsu_ascii.read(source)
    return recording


def said(recording: Recording) -> str:
    return " | ".join(str(caution) for caution in recording.cautions)


def test_a_bare_matrix_is_in_pixels_and_asks_for_its_axes() -> None:
    recording = read(bare())

    (channel,) = recording.channels
    assert recording.technique is Technique.TRPL
    assert np.array_equal(channel.values, COUNTS)
    assert channel.values.dtype.kind == "i"
    assert [(axis.name, axis.unit) for axis in channel.axes] == [("y", "px"), ("x", "px")]
    assert "the text has no axes; they must come from the .img of the same name" in said(recording)


@pytest.mark.parametrize(
    ("corner", "mark", "comma", "unit"),
    [("0", "\t", ".", ""), ("", ",", ".", ""), ("Time (ns)", ";", ",", "ns"), ("time / µs", "\t", ".", "us")],
)
def test_wavelengths_above_and_times_beside_become_axes(corner: str, mark: str, comma: str, unit: str) -> None:
    recording = read(with_axes(corner, mark, comma))

    (channel,) = recording.channels
    time, wavelength = channel.axes
    assert np.array_equal(channel.values, COUNTS[:, ::-1])
    assert (time.unit, time.values.tolist()) == (unit, [step * 0.5 for step in range(12)])
    assert (wavelength.unit, wavelength.values[[0, -1]].tolist()) == ("nm", [655, 750])
    assert "was turned" in said(recording)
    assert ("unit of the times is not stated" in said(recording)) == (unit == "")


def test_fractions_of_corrected_counts_are_kept() -> None:
    recording = read(with_axes().replace("\t7\t", "\t7.25\t"))

    assert 7.25 in recording.channels[0].values


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        (bare().replace("\t45\t", "\tn.d.\t"), r"“n\.d\.” is not a number", 3),
        (bare().replace("\t45\t", "\tnan\t"), "“nan” is not a number", 3),
        (bare().replace("\t45\t", "\t4_5\t"), "“4_5” is not a number", 3),
        (bare().replace("\t45\t", "\t"), "19 cells where 20 are expected", 3),
        (bare()[:-2], "last line is cut off", 12),
        (bare()[:-20], "cells where 20 are expected", 12),
        (with_axes().replace("\t45\t", "\t"), "20 cells where 21 are expected", 4),
        (with_axes().replace("\t45\t", "\tn.d.\t"), r"“n\.d\.” is not a number", 4),
    ],
)
def test_a_matrix_that_is_not_whole_is_refused_with_the_line(text: str, words: str, line: int) -> None:
    with pytest.raises(Unread, match=words) as refusal:
        read(text)

    assert refusal.value.line == line


@pytest.mark.parametrize(
    "text",
    [
        "1\t2\t3\n" * 40,
        "400.0 0.1\n401.0 0.2\n" * 20,
        "\t".join(str(count) for count in range(20)) + "\n" + ("\t".join(["1"] * 20) + "\n") * 10,
        "Wavelength (nm)\t" + "\t".join(str(kelvin) for kelvin in range(200, 400, 10)) + "\n" + "400\t1\n" * 9,
        "\t"
        + "\t".join(str(k) for k in range(200, 400, 10))
        + "\n"
        + "".join(f"{x}" + "\t1" * 20 + "\n" for x in range(400, 410)),
        "",
    ],
)
def test_other_tables_are_not_claimed(text: str) -> None:
    assert not hamamatsu_ascii.recognises(Source.of_bytes(text.encode()))


@pytest.mark.parametrize("stem", ["NC-024-F2-DAC1_TRPL_0GPa_50ns", "NC-024-F2-DAC1_TRPL_1.27GPa_100ns"])
def test_real_texts_have_the_counts_of_their_images(shared_data: Path, stem: str) -> None:
    folder = shared_data / "campaign" / "raw" / "TRPL" / "NC-024-F2-DAC1"
    with Source.of_path(folder / f"{stem}.img") as source:
        (image,) = hamamatsu_img.read(source)

    with Source.of_path(folder / f"{stem}.dat") as source:
        assert hamamatsu_ascii.recognises(source)
        (recording,) = hamamatsu_ascii.read(source)

    counts, channel = image.channels[0].values, recording.channels[0]
    is_turned = channel.x.unit == "nm"
    assert np.array_equal(channel.values if is_turned else channel.values[:, ::-1], counts)
    if is_turned:
        assert channel.x.values == pytest.approx(image.channels[0].x.values, abs=1e-3)
