"""Maps and images of fits: marks at their places, images downward, maps upward."""

import numpy as np
import pytest

from analysis.drawing.heat import LEFT, TOP, HeatPlot
from analysis.methods.contract import Plot
from measurements.curves.heat_recipe import HeatRecipe

MARKS = ((0.0, 0.0, "corner"), (99.0, 1.0, "outside"), (5.0, None, "line"))


def heat(*, rows_unit: str) -> HeatPlot:
    """Return ten rows of twenty pixels with one mark."""
    x, rows = np.arange(20.0), np.arange(10.0)
    plot = Plot("a", "A", "x", "px", "grey", "", x, x, picture=np.ones((10, 20)), rows=rows, rows_label="y",
                rows_unit=rows_unit, marks=MARKS)  # fmt: skip
    return HeatPlot(plot, HeatRecipe())


def test_a_mark_of_an_image_counts_rows_from_above() -> None:
    spots = heat(rows_unit="px").spots

    assert len(spots) == 1
    assert spots[0].x == pytest.approx(LEFT + heat(rows_unit="px").across_px / 40)
    assert spots[0].y < TOP + 40


def test_a_mark_of_a_map_counts_rows_from_below() -> None:
    shown = heat(rows_unit="nm")

    assert shown.spots[0].y > shown.bottom - 40
    assert not shown.is_image


def test_a_map_says_what_it_is() -> None:
    assert heat(rows_unit="nm").message == "A: 10 by 20 points, 1 marked."
