"""Ladders as panels: curves one above the other, and quantities with their flagged and released points apart."""

import numpy as np

from analysis.drawing.ladders import Point, Rise, against, waterfall
from analysis.drawing.panel import RINGS
from analysis.drawing.residual_line import HEIGHT, residual_points
from analysis.methods.contract import Plot

X = np.linspace(0.0, 9.0, 30)


def plot(height: float, *, is_log: bool = False) -> Plot:
    """Return a decay of a height with its model."""
    y = height * np.exp(-X / 3)
    flat = np.zeros(30)
    return Plot("decay", "Decay", "Time", "ns", "Counts", "counts", X, y, model=y, residuals=flat, is_log=is_log)


def test_each_curve_is_brought_to_one_height_and_lifted() -> None:
    panel = waterfall("Decays", [Rise("0 GPa", 0.0, plot(10.0)), Rise("1 GPa", 1.0, plot(1000.0))])

    assert panel is not None
    tops = [float(np.nanmax(one.y)) for one in panel.traces]
    assert np.allclose(tops, [1.0, 1.0, 1.55, 1.55])
    assert panel.has_ends


def test_decays_are_lifted_by_parts_of_a_decade() -> None:
    rises = [Rise(f"{one} GPa", float(one), plot(10.0, is_log=True)) for one in range(3)]

    panel = waterfall("Decays", rises)

    assert panel is not None
    assert panel.is_log
    assert np.isclose(np.nanmax(panel.traces[-1].y), 10.0**0.8)


def test_a_single_curve_is_no_waterfall() -> None:
    assert waterfall("Decays", [Rise("0 GPa", 0.0, plot(10.0))]) is None


def test_flagged_and_released_points_are_rings_of_their_own() -> None:
    points = [
        Point(0.0, 1.0, 0.1, "0 GPa", is_open=False, is_release=False),
        Point(1.0, 2.0, None, "1 GPa", is_open=True, is_release=False),
        Point(0.0, 1.1, 0.1, "0 GPa, release", is_open=False, is_release=True),
    ]

    panel = against("E", "Pressure (GPa)", "E (eV)", points)

    assert panel is not None
    assert [(one.label, one.kind == RINGS) for one in panel.traces] == [
        ("counts", False), ("flagged", True), ("released", True),
    ]  # fmt: skip


def test_residuals_beyond_the_line_stay_at_its_edge() -> None:
    far = Plot("a", "A", "x", "", "y", "", X, X, residuals=np.full(30, 99.0))

    heights = {float(pair.split(",")[1]) for pair in residual_points(far).split()}

    assert heights == {0.0}
    assert residual_points(plot(1.0)).split()[0].endswith(f",{HEIGHT / 2:.1f}")
