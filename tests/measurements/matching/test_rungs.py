"""Rungs are read from words, and said in words that read the same."""

from decimal import Decimal

import pytest

from measurements.matching.rungs import Rung, along_of, rung_in, said
from measurements.techniques import Along

D = Decimal


@pytest.mark.parametrize(
    ("text", "rung"),
    [
        ("_PL_0.13GPa", Rung(pressure_gpa=D("0.13"))),
        ("PL 1,27 GPa", Rung(pressure_gpa=D("1.27"))),
        ("-0p4gpa", Rung(pressure_gpa=D("0.4"))),
        (".PL.1GPa", Rung(pressure_gpa=D(1))),
        ("18.5 kbar", Rung(pressure_gpa=D("1.85"))),
        ("_pl_280k", Rung(temperature_k=D(280))),
        ("PL 25°C", Rung(temperature_k=D("298.15"))),
        ("−21 °C", Rung(temperature_k=D("252.15"))),
        ("_60d_PL", Rung(age_days=D(60))),
        ("2 weeks", Rung(age_days=D(14))),
        ("_0GPa_release_after", Rung(pressure_gpa=D(0), branch="release", part="after")),
        ("0GPa after release", Rung(pressure_gpa=D(0), branch="release")),
        ("ruby 0.4 GPa before", Rung(pressure_gpa=D("0.4"), part="before")),
        ("TRPL_1.27GPa_100ns", Rung(pressure_gpa=D("1.27"))),
        ("PL_100K_cooling", Rung(temperature_k=D(100), branch="cooling")),
        ("BF_01", Rung(replicate=1)),
        ("PL_0.13GPa_02", Rung(pressure_gpa=D("0.13"), replicate=2)),
        ("spectrum (2)", Rung(replicate=2)),
        ("PL spot 3", Rung(spot="spot 3")),
        ("PL", Rung()),
    ],
)
def test_words_become_a_rung(text: str, rung: Rung) -> None:
    assert rung_in(text).rung == rung


def test_in_and_out_mean_the_sphere_only_beside_plqy() -> None:
    assert rung_in("sample in", is_sphere=True).rung.part == "direct"
    assert rung_in("sample in").rung.part == ""


def test_a_running_number_without_a_code_counts_no_repeats() -> None:
    assert rung_in("PL scan 005", has_code=False).rung.replicate is None
    assert rung_in("PL scan (2)", has_code=False).rung.replicate == 2


@pytest.mark.parametrize("text", ["PL_copy", "Copy of data", "Kopie 2"])
def test_a_copy_is_known_as_one(text: str) -> None:
    assert rung_in(text).is_copy


@pytest.mark.parametrize(
    "text", ["0.13 GPa", "280 K cooling", "60 d", "0 GPa release after", "0.4 GPa before spot 2 #3", ""]
)
def test_what_is_said_of_a_rung_reads_the_same(text: str) -> None:
    assert said(rung_in(text).rung) == text


def test_a_load_runs_along_pressure_only() -> None:
    cold = Rung(temperature_k=D(80), age_days=D(3))

    assert along_of(Rung(pressure_gpa=D(1)), is_load=True) == Along.PRESSURE
    assert along_of(cold, is_load=True) is None
    assert along_of(cold, is_load=False) == Along.AGE
    assert along_of(Rung(), is_load=False) is None


def test_a_number_that_no_instrument_reaches_is_no_rung() -> None:
    assert rung_in(f"PL {'9' * 200}GPa").rung.pressure_gpa is None
