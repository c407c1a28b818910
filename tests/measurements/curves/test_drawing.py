"""Lines are turned, normalised, cut and lifted as the recipe says, and what is done is said."""

import numpy as np
import pytest

from measurements.curves.drawing import draw
from measurements.curves.recipe import Cut, Recipe, TraceKey
from tests.measurements.curves.plotting import stored, streak, trace


def test_a_closer_look_changes_no_value() -> None:
    whole = draw(Recipe(normalise="max"), [trace(680.0)]).lines[0]
    part = draw(Recipe(normalise="max", x_from=700.0, x_to=720.0), [trace(680.0)]).lines[0]

    assert part.line.y[0] == whole.line.y[100]
    assert (part.x_first, part.x_last) == (600.0, 760.0)


def test_hiding_a_trace_keeps_the_colors_of_the_others() -> None:
    traces = [trace(number=1), trace(number=2), trace(number=3)]

    shown = draw(Recipe(), traces).lines[2].style
    alone = draw(Recipe(hidden=frozenset({"1", "2"})), traces).lines[0].style

    assert alone == shown


def test_a_waterfall_lifts_by_a_part_of_the_greatest_height() -> None:
    lines = draw(Recipe(normalise="max", offset_fraction=0.5), [trace(650.0, 1), trace(680.0, 2)]).lines

    height = max(np.ptp(one.line.y) for one in lines)
    assert lines[0].lifted_by == 0.0
    assert lines[1].lifted_by == pytest.approx(0.5 * height)
    assert lines[1].line.y.max() == pytest.approx(1.0 + 0.5 * height)


def test_a_logarithmic_waterfall_lifts_by_a_part_of_a_decade() -> None:
    plain = draw(Recipe(is_log=True), [trace(650.0, 1), trace(680.0, 2)]).lines
    lifted = draw(Recipe(is_log=True, offset_fraction=0.5), [trace(650.0, 1), trace(680.0, 2)]).lines

    assert lifted[1].line.y / plain[1].line.y == pytest.approx(10**0.5)


def test_an_absorbance_is_said_to_be_no_density() -> None:
    drawing = draw(Recipe(axis="ev"), [trace(technique="absorbance")])

    assert any("no density" in note for note in drawing.notes)


def test_a_trace_that_cannot_be_drawn_is_left_out_and_the_rest_stays() -> None:
    drawing = draw(Recipe(axis="q"), [trace(), trace(number=2, store_key="00" * 32)])

    assert drawing.left_out[0].reason.startswith("wavelength in nm has no q")
    assert drawing.left_out[1].reason == "Its numbers are not in the store."


def test_a_cut_is_the_sum_over_a_band_and_says_so() -> None:
    cut = TraceKey(9, cut=Cut("y", 650.0, 660.0))

    drawing = draw(Recipe(), [streak(key=cut)])

    assert drawing.lines[0].line.y.tolist() == [20 * row + 3 for row in range(8)]
    assert drawing.lines[0].line.x_unit == "ns"
    assert drawing.notes == ("sum over wavelength from 650 to 660 nm, 2 px",)
    assert drawing.is_log


def test_a_band_beside_the_map_is_refused() -> None:
    drawing = draw(Recipe(), [streak(key=TraceKey(9, cut=Cut("x", 50.0, 60.0)))])

    assert "no point from 50 to 60 ns" in drawing.left_out[0].reason


def test_two_wavelengths_on_one_angle_are_warned_of() -> None:
    key = stored(np.ones(50), ("2theta", "deg", np.linspace(5.0, 60.0, 50)))
    patterns = [
        trace(number=number, store_key=key, technique="XRD", x_unit="deg", x_ray_angstrom=wavelength)
        for number, wavelength in ((1, 1.54056), (2, 0.71073))
    ]

    drawing = draw(Recipe(), patterns)

    assert drawing.notes == ("The patterns were measured with different wavelengths; q lays them on one axis.",)
    assert drawing.x_label == "2θ (°)"
