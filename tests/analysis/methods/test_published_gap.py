"""Table S1 is read both ways, and its contradiction is told."""

import pytest

from tests.analysis.methods.ladders_making import codes, told_by, value

SEVEN_NM = {"column_ev": 1.856, "expansion_ev_per_k": 1.97e-4, "electron_phonon_ev": -0.066}


def test_trap_23_the_reading_is_never_assumed() -> None:
    told = told_by("published_gap", "", None, {**SEVEN_NM, "phonon_energy_mev": 40.0})

    assert "reading" in told.refused


@pytest.mark.parametrize(("reading", "e0", "eg0"), [("E0", 1.856, 1.790), ("Eg(0)", 1.922, 1.856)])
def test_each_reading_gives_its_two_gaps(reading: str, e0: float, eg0: float) -> None:
    told = told_by("published_gap", "", None, {**SEVEN_NM, "phonon_energy_mev": 40.0, "reading": reading})

    assert value(told, "gap_e0") == pytest.approx(e0, rel=1e-12)
    assert value(told, "gap_zero_temperature") == pytest.approx(eg0, rel=1e-12)
    assert [row[0] for row in told.tables[0].rows] == ["E0", "Eg(0)"]


def test_table_s1_is_warned_of_below_the_phonon_energy_from_which_it_rises() -> None:
    below, above = (
        told_by("published_gap", "", None, {**SEVEN_NM, "phonon_energy_mev": energy, "reading": "E0"})
        for energy in (40.0, 50.0)
    )

    assert codes(below) == {"inconsistent_with_rise"}
    assert "45.0877 meV" in below.flags[0].text
    assert above.flags == ()
    assert above.statistics["slope_300k_positive_above_mev"] == pytest.approx(45.0877, abs=1e-4)


def test_a_row_that_never_rises_says_so() -> None:
    falling = {**SEVEN_NM, "expansion_ev_per_k": -1e-4}

    told = told_by("published_gap", "", None, {**falling, "phonon_energy_mev": 40.0, "reading": "E0"})

    assert "for no ħω" in told.flags[0].text
    assert told.statistics["slope_300k_positive_above_mev"] is None
