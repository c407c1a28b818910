"""Methyl acetate per round: the printed volumes, both readings of the ratio, and recorded rounds."""

import pytest

from samples.arithmetic import MissingNumber, meoac_volume, meoac_volume_reversed, planned_rounds


def test_three_to_one_as_written_is_a_quarter_of_methyl_acetate() -> None:
    reading = meoac_volume(in_ml=16, nc_to_meoac_ratio=3)

    assert reading.meoac_ml.value == pytest.approx(5.333333, abs=5e-7)
    assert reading.meoac_percent.value == pytest.approx(25)


def test_the_reversed_reading_is_three_quarters_of_methyl_acetate() -> None:
    reading = meoac_volume_reversed(in_ml=16, nc_to_meoac_ratio=3)

    assert reading.meoac_ml.value == pytest.approx(48)
    assert reading.meoac_percent.value == pytest.approx(75)


def test_three_rounds_are_planned_from_16_ml_of_crude() -> None:
    rounds = planned_rounds(crude_ml=16, nc_to_meoac_ratio=3, round_count=3)

    cascade = [round(volume.value, 1) for row in rounds for volume in (row.in_ml, row.meoac_ml)]
    assert cascade == [16.0, 5.3, 21.3, 7.1, 28.4, 9.5]
    assert rounds[2].total_ml.value == pytest.approx(16 * (4 / 3) ** 3)


def test_a_recorded_volume_replaces_the_plan_in_the_rounds_after_it() -> None:
    rounds = planned_rounds(crude_ml=16, nc_to_meoac_ratio=3, round_count=3, meoac_actual_ml=[5.3, 7.0])

    # The table of ux.md §3.4: 21.3 in, 7.0 added, so 28.3 in and 9.4 planned.
    assert [round(row.in_ml.value, 1) for row in rounds] == [16.0, 21.3, 28.3]
    assert round(rounds[2].meoac_ml.value, 1) == 9.4


def test_a_round_without_methyl_acetate_recorded_keeps_its_plan() -> None:
    rounds = planned_rounds(crude_ml=16, nc_to_meoac_ratio=3, round_count=2, meoac_actual_ml=[None])

    assert rounds[1].in_ml.value == pytest.approx(21.333333, abs=5e-7)


@pytest.mark.parametrize(("in_ml", "ratio"), [(0, 3), (-1, 3), (16, 0), (16, -3)])
def test_a_missing_volume_or_ratio_is_said(in_ml: float, ratio: float) -> None:
    with pytest.raises(MissingNumber, match="is not known"):
        meoac_volume(in_ml=in_ml, nc_to_meoac_ratio=ratio)
