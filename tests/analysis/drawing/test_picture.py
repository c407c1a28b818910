"""Pictures of panels without a script: inside their frame, residuals below, labels where there is room."""

import re

import numpy as np

from analysis.drawing.answering import as_json
from analysis.drawing.panel import BARS, DATA_STYLE, LINE, POINTS, Panel, PanelTrace
from analysis.drawing.picture import LARGE, picture_of
from measurements.curves.thinning import Numbers

X = np.linspace(0.0, 10.0, 11)


def cloud(y: Numbers, stderr: Numbers | None = None) -> PanelTrace:
    """Return points."""
    return PanelTrace("data", X, y, DATA_STYLE, POINTS, stderr=stderr)


def test_every_point_lies_inside_the_frame() -> None:
    picture = picture_of(Panel("A", "x", "y", (cloud(X**2),)))

    dots = picture.shapes[0].dots
    assert len(dots) == 11
    assert all(LARGE.left <= float(x) <= picture.right and LARGE.top <= float(y) <= picture.bottom for x, y, _ in dots)


def test_residuals_stand_below_with_zero_in_their_middle() -> None:
    panel = Panel("A", "x", "y", (cloud(X),), residuals=cloud(np.sin(X)))

    picture = picture_of(panel)

    assert picture.residual_top is not None
    assert picture.residual_zero is not None
    assert picture.bottom < picture.residual_top < picture.residual_zero < picture.foot


def test_what_has_no_logarithm_is_a_gap() -> None:
    line = PanelTrace("data", X, np.where(X == 5, -1.0, 10.0), DATA_STYLE, LINE)

    picture = picture_of(Panel("A", "x", "y", (line,), is_log=True))

    assert picture.shapes[0].steps.count("M") == 2


def test_bars_stand_on_zero_and_the_last_has_its_width() -> None:
    picture = picture_of(Panel("A", "x", "y", (PanelTrace("n", X, X + 1, DATA_STYLE, BARS),)))

    assert picture.shapes[0].steps.count("Z") == 11
    assert picture.up[0].label == "0"


def test_labels_of_marks_that_would_touch_are_left_out() -> None:
    marks = ((5.0, None, "first"), (5.1, None, "second"), (9.0, None, "third"), (99.0, None, "outside"))

    sticks = picture_of(Panel("A", "x", "y", (cloud(X),), marks=marks)).sticks

    assert [(one.label, one.is_labelled) for one in sticks] == [("first", True), ("second", False), ("third", True)]


def test_a_panel_without_a_number_is_empty_and_does_not_fail() -> None:
    nothing = np.full(11, np.nan)

    assert picture_of(Panel("A", "x", "y", (cloud(nothing),))).shapes == ()
    assert picture_of(Panel("A", "x", "y", ())).shapes == ()


def test_the_plotter_gets_gaps_as_null_and_errors_of_few_points() -> None:
    told = as_json(Panel("A", "x", "y", (cloud(np.where(X == 5, np.nan, X), stderr=np.ones(11)),)))

    trace = told["traces"][0]
    assert trace["y"][5] is None
    assert trace["stderr"] == [1.0] * 11
    assert re.search(r"^A: data along x", Panel("A", "x", "y", (cloud(X),)).message)
