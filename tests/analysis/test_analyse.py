"""The command that analyses files: one JSON line, always, with numbers, flags or the reason why there are none."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import call_command

from analysis.management.commands.analyse import files_first
from analysis.methods.table import METHODS
from tests.analysis.commanded import GOOD_DECAY, RUBY, SPECTRUM_NM, analysed, decay, line_counts, spectrum, table, value


def test_a_spectrum_gives_its_line_and_how_it_was_read(tmp_path: Path) -> None:
    told = analysed("pl_peak", spectrum(tmp_path, line_counts()))

    assert value(told, "peak_energy") == pytest.approx(1.7981, abs=1e-3)
    assert (told["flags"], told["grave"]) == ([], [])
    assert told["files"][0]["file"] == "spectrum.csv"
    assert len(told["files"][0]["sha256"]) == 64
    assert told["statistics"]["likelihood"] == "Poisson"


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (("no_such_method",), "--list"),
        (("pl_peek",), "Is pl_peak meant"),
        (("pl_peak", "--set", "no_such=3"), "it has shape"),
        (("pl_peak", "--set", "shape"), "--set name=value"),
        (("pl_peak", "--set", "shape=square"), "one of compared"),
        (("pl_peak", "--set", "integration_time_s=-3"), "lies between"),
        (("pl_peak", "--set", "low_nm=soon"), "is a number in nm"),
        (("rates",), "it takes no file"),
        (("film_against_solution", "--set", "margin_mev=10"), "needs"),
    ],
)
def test_what_the_command_does_not_know_is_refused_in_json(words: tuple[str, ...], advice: str, tmp_path: Path) -> None:
    told = analysed(words[0], spectrum(tmp_path, line_counts()), *words[1:])

    assert advice in told["refused"]
    assert told["results"] == []


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("empty.csv", b"", "empty"),
        ("words.txt", b"hello world\nnothing to see\n", "No reader"),
        ("program.exe", b"MZ\x90\x00" + bytes(500), "No reader"),
        ("heads.csv", b"wavelength_nm,counts\n", "No reader"),
    ],
)
def test_a_file_without_data_is_refused(name: str, content: bytes, advice: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)

    told = analysed("pl_peak", tmp_path / name)

    assert advice in told["refused"]
    assert "byte 0" not in told["refused"]


def test_a_folder_a_missing_file_and_an_input_that_is_none_are_refused(tmp_path: Path) -> None:
    assert "not a file" in analysed("pl_peak", tmp_path)["refused"]
    assert "no such file" in analysed("pl_peak", tmp_path / "gone.csv")["refused"]
    assert "There is no input pulse" in analysed("decay", "pulse=gone.csv")["refused"]
    assert "it takes spectrum" in analysed("pl_peak", *[spectrum(tmp_path, line_counts())] * 2)["refused"]


@pytest.mark.parametrize(
    ("counts", "advice"),
    [
        (line_counts()[:4], "a line needs 8"),
        (np.zeros(180), "All readings are zero"),
        (np.full(180, 77.0), "All readings are equal"),
        (np.random.default_rng(4).poisson(20, 180), "No line stands out"),
    ],
)
def test_spectra_without_a_line_are_refused_with_advice(counts: Any, advice: str, tmp_path: Path) -> None:
    assert advice in analysed("pl_peak", spectrum(tmp_path, counts))["refused"]


@pytest.mark.parametrize(
    ("counts", "flag", "is_grave"),
    [
        (np.where(SPECTRUM_NM == 650, np.nan, line_counts()), "no_numbers", False),
        (np.minimum(line_counts(), 12_000), "saturated", True),
        (line_counts() - 100, "not_counts", False),
    ],
)
def test_spoilt_spectra_are_flagged(counts: Any, flag: str, is_grave: bool, tmp_path: Path) -> None:
    told = analysed("pl_peak", spectrum(tmp_path, counts))

    assert flag in told["flags"]
    assert (flag in told["grave"]) is is_grave


def test_a_file_that_stops_in_the_middle_has_to_be_accepted(tmp_path: Path) -> None:
    rows = "\n".join(f"{x:.2f}\t{y:.2f}" for x, y in zip(SPECTRUM_NM, line_counts(), strict=True))
    head = (
        "SpectraSuite Data File\n+++++\nDate: Fri Mar 06 12:40:00 GMT 2026\nSpectrometers: A\n"
        "Integration Time (usec): 500000 (A)\nSpectra Averaged: 1 (A)\n"
        "Number of Pixels in Processed Spectrum: 512\n>>>>>Begin Processed Spectral Data<<<<<\n"
    )
    (tmp_path / "cut.txt").write_text(head + rows + "\n")

    told = analysed("pl_peak", tmp_path / "cut.txt")

    assert told["grave"] == ["read_with_warning"]
    assert "Export it again" in told["says"]
    assert "STOPS IN THE MIDDLE" in told["files"][0]["cautions"][0]


def test_a_table_of_millions_of_rows_is_refused_with_advice(tmp_path: Path) -> None:
    with (tmp_path / "long.csv").open("w") as file:
        file.write("wavelength_nm,counts\n" + "650.000001,50\n" * 2_500_000)

    assert "export fewer points" in analysed("pl_peak", tmp_path / "long.csv")["refused"]


def test_a_decay_asks_for_its_response_and_is_fitted_with_one(tmp_path: Path) -> None:
    file = decay(tmp_path)

    assert "irf" in analysed("decay", file)["refused"]
    told = analysed("decay", file, *GOOD_DECAY)
    assert value(told, "tau2") == pytest.approx(8.2, abs=0.3)
    assert told["flags"] == []
    assert "too long for the window" in analysed(
        "decay", file, "--set", "irf=gaussian", "--set", "irf_fwhm_ns=80"
    )["refused"]  # fmt: skip
    pulse = decay(tmp_path, lambda drawn, _: 0 * drawn, name="pulse.csv")
    assert "All counts are zero" in analysed("decay", file, f"irf={pulse}", "--set", "irf=measured")["refused"]


def test_times_in_picoseconds_are_the_same_decay_and_times_without_a_unit_are_asked_for(tmp_path: Path) -> None:
    times, drawn = np.loadtxt(decay(tmp_path), delimiter=",", skiprows=1).T

    told = analysed("decay", table(tmp_path / "ps.csv", "time_ps,counts", times * 1000, drawn), *GOOD_DECAY)
    asked = analysed("decay", table(tmp_path / "plain.csv", "time,counts", times, drawn), *GOOD_DECAY)

    assert value(told, "tau2") == pytest.approx(8.2, abs=0.3)
    assert "time_unit" in asked["refused"]


def test_one_line_of_the_ruby_doublet_is_grave(tmp_path: Path) -> None:
    axis = np.arange(690.0, 698.0, 0.02)
    mean = 100 + 3000 / (1 + ((axis - 694.9) / 0.3) ** 2)
    counts = np.random.default_rng(5).poisson(mean)

    told = analysed("ruby", table(tmp_path / "ruby.csv", "wavelength_nm,counts", axis, counts), *RUBY)

    assert "one_line" in told["grave"]


def test_settings_may_stand_between_the_files() -> None:
    words = ["manage.py", "analyse", "decay", "--set", "irf=none", "decay.img", "--seed=3", "pulse.img", "--list"]

    told = files_first(words)

    assert told == [
        "manage.py",
        "analyse",
        "decay",
        "decay.img",
        "pulse.img",
        "--set",
        "irf=none",
        "--seed=3",
        "--list",
    ]


def test_the_list_has_every_method_with_its_settings() -> None:
    printed = io.StringIO()

    call_command("analyse", "--list", "--json", stdout=printed)

    told = [json.loads(line) for line in printed.getvalue().splitlines()]
    assert [one["method"] for one in told] == list(METHODS)
    assert next(one for one in told if one["method"] == "ruby")["settings"][0]["name"] == "lambda0_nm"
