"""Maps are made smaller in whole blocks, clipped at percentiles, and every pixel of their picture is in its place."""

import struct
import zlib
from typing import Any

import numpy as np
import pytest
from django.http import QueryDict

from measurements.curves.heat import HeatMap, levels_of, thinned_map
from measurements.curves.heat_picture import picture_of_map
from measurements.curves.heat_recipe import HeatRecipe, heat_recipe_of
from measurements.curves.loading import LoadedAxis


def heat(values: Any, *, is_image: bool = False, recipe: HeatRecipe | None = None) -> HeatMap:
    """Return a map whose axes count its points."""
    rows, columns = values.shape
    across, upward = (LoadedAxis(name, "px", np.arange(float(count))) for name, count in (("x", columns), ("y", rows)))
    return HeatMap("intensity", "counts", across, upward, values, is_image, recipe or HeatRecipe(high_percent=100.0))


def pixels_of(png: bytes) -> Any:
    """Return the pixels of a PNG without filters."""
    columns, rows = struct.unpack(">II", png[16:24])
    start = png.index(b"IDAT")
    length = struct.unpack(">I", png[start - 4 : start])[0]
    lines = np.frombuffer(zlib.decompress(png[start + 4 : start + 4 + length]), np.uint8).reshape(rows, 1 + 3 * columns)
    return lines[:, 1:].reshape(rows, columns, 3)


def test_a_map_keeps_the_greatest_value_of_each_block_and_an_image_the_mean() -> None:
    values = np.zeros((5, 6))
    values[4, 5] = 8.0

    greatest = thinned_map(heat(values), 3, 3)
    mean = thinned_map(heat(values, is_image=True), 3, 3)

    assert (greatest.block_rows, greatest.block_columns) == (2, 2)
    assert greatest.values[2, 2] == 8.0
    assert mean.values[2, 2] == 4.0
    assert greatest.x.tolist() == [0.5, 2.5, 4.5]
    assert greatest.y.tolist() == [0.5, 2.5, 4.0]


def test_the_mean_of_an_image_does_not_run_over() -> None:
    values = np.full((4, 4), 60_000, dtype=np.uint16)

    assert thinned_map(heat(values, is_image=True), 2, 2).values.tolist() == [[60_000.0, 60_000.0]] * 2


def test_a_small_map_stays_whole() -> None:
    assert thinned_map(heat(np.ones((4, 4)))).is_whole


def test_colors_are_clipped_at_percentiles() -> None:
    values = np.arange(101.0)

    assert levels_of(values, HeatRecipe(low_percent=10, high_percent=90)) == (10.0, 90.0)
    assert levels_of(values, HeatRecipe(scale="log", low_percent=0, high_percent=100)) == (1.0, 100.0)
    assert levels_of(np.full(3, np.nan), HeatRecipe()) == (0.0, 1.0)


def test_the_first_row_of_a_map_is_at_the_bottom_and_of_an_image_at_the_top() -> None:
    values = np.array([[0.0, 1.0], [0.0, 0.0]])

    of_map, of_image = (pixels_of(picture_of_map(heat(values, is_image=one))) for one in (False, True))

    assert of_map[1, 1].tolist() == [0xFD, 0xE7, 0x25]
    assert of_map[0, 1].tolist() == [0x44, 0x01, 0x54]
    assert of_image[0, 1].tolist() == [255, 255, 255]


def test_a_gap_is_white() -> None:
    assert pixels_of(picture_of_map(heat(np.array([[np.nan, 0.0, 1.0]]))))[0, 0].tolist() == [255, 255, 255]


def test_a_recipe_of_a_map_survives_its_address() -> None:
    recipe = HeatRecipe(scale="log", low_percent=5.0, high_percent=95.0, x_from=600.0, x_to=675.0, y_from=0.0, y_to=1.5)

    assert heat_recipe_of(QueryDict(recipe.query())) == recipe


@pytest.mark.parametrize("words", ["low=90&high=10", "low=nan", "scale=jet", "x1=nowhere"])
def test_nonsense_in_the_address_is_the_usual(words: str) -> None:
    assert heat_recipe_of(QueryDict(words)) == HeatRecipe()
