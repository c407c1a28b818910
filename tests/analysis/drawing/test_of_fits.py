"""Plots of fits as panels: in the order of their axis, with everything that a method told."""

from dataclasses import replace

import numpy as np

from analysis.drawing.of_fits import panel_of, rows_of
from analysis.drawing.panel import BARS, LINE, MODEL, POINTS, axis_words
from analysis.methods.contract import Plot

X = np.linspace(0.0, 9.0, 10)
DECAY = Plot("decay", "Decay", "Time", "ns", "Counts", "counts", X, np.exp(-X), model=np.exp(-X),
             residuals=np.zeros(10), components={"fast": np.exp(-2 * X)}, is_log=True)  # fmt: skip


def test_a_panel_has_data_model_parts_and_residuals() -> None:
    panel = panel_of(DECAY)

    assert [(one.label, one.kind) for one in panel.traces] == [("data", POINTS), ("model", LINE), ("fast", LINE)]
    assert panel.residuals is not None
    assert panel.is_log
    assert panel.x_label == "Time (ns)"


def test_a_falling_axis_is_turned_with_its_values() -> None:
    panel = panel_of(replace(DECAY, x=X[::-1]))

    assert np.all(np.diff(panel.traces[0].x) > 0)
    assert panel.traces[0].y[0] == DECAY.observed[-1]


def test_a_finer_model_keeps_its_own_axis() -> None:
    fine = np.linspace(0.0, 9.0, 50)

    panel = panel_of(replace(DECAY, model=np.exp(-fine), model_x=fine, components={}))

    model = next(one for one in panel.traces if one.role == MODEL)
    assert len(model.x) == 50


def test_data_without_a_model_are_a_line_and_histograms_are_bars() -> None:
    bare = replace(DECAY, model=None, residuals=None, components={})

    assert panel_of(bare).traces[0].kind == LINE
    assert panel_of(replace(bare, drawn="bars")).traces[0].kind == BARS


def test_values_that_do_not_belong_to_the_axis_are_left_out() -> None:
    panel = panel_of(replace(DECAY, components={"short": np.ones(3)}))

    assert [one.label for one in panel.traces] == ["data", "model"]


def test_the_table_of_a_plot_is_thinned_evenly_and_says_how() -> None:
    heads, rows, every = rows_of(DECAY, most=4)

    assert heads == ["Time (ns)", "Counts", "model", "residuals", "fast"]
    assert every == 3
    assert [row[0] for row in rows] == [0.0, 3.0, 6.0, 9.0]


def test_a_unit_that_stands_in_the_label_is_not_said_twice() -> None:
    assert axis_words("Energy, eV", "eV") == "Energy, eV"
    assert axis_words("Energy", "eV") == "Energy (eV)"
    assert axis_words("Counts", "counts") == "Counts"
