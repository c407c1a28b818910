"""The picture without a script has the lines, the ticks and the gaps of the plot."""

import numpy as np

from measurements.curves.drawing import draw
from measurements.curves.picture import HEIGHT, WIDTH, picture_of
from measurements.curves.recipe import Recipe
from tests.measurements.curves.plotting import X, stored, trace


def test_a_picture_has_a_path_for_each_line_and_ticks_inside() -> None:
    picture = picture_of(draw(Recipe(), [trace(650.0, 1), trace(680.0, 2)]))

    assert len(picture.paths) == 2
    assert [mark.label for mark in picture.across][:2] == ["600", "620"]
    assert all(0 <= mark.at <= WIDTH for mark in picture.across)
    assert all(0 <= mark.at <= HEIGHT for mark in picture.up)


def test_what_has_no_logarithm_is_a_gap() -> None:
    values = np.ones(len(X))
    values[80] = 0
    key = stored(values, ("wavelength", "nm", X))

    picture = picture_of(draw(Recipe(is_log=True), [trace(store_key=key)]))

    assert picture.paths[0].steps.count("M") == 2


def test_labels_stand_at_the_ends_where_they_have_room() -> None:
    apart = picture_of(draw(Recipe(offset_fraction=0.5), [trace(650.0, 1), trace(680.0, 2)]))
    together = picture_of(draw(Recipe(), [trace(680.0, number) for number in range(1, 7)]))

    assert [mark.label for mark in apart.ends] == ["line 2", "line 1"]
    assert together.ends == ()


def test_nothing_to_draw_is_an_empty_picture() -> None:
    assert picture_of(draw(Recipe(), [])).paths == ()
