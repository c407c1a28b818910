"""Figures of several panels."""

import re
import struct
from dataclasses import replace

import numpy as np
import pytest

from measurements.curves.drawing import draw
from measurements.curves.figure_panels import figure_for, panel_figure_of
from measurements.curves.heat_recipe import HeatRecipe
from measurements.curves.map_plot import heat_of
from measurements.curves.panels import Layer, MapPanel, Mark, Panel, PanelFigure, ladder_of, panel_of
from measurements.curves.presets import MM_PER_INCH, PRESETS
from measurements.curves.printing import FigureRequest, draw_figure, figure_key
from measurements.curves.recipe import Recipe
from tests.measurements.curves.plotting import streak, trace

X = np.linspace(0.0, 10.0, 11)
LAYERS = (
    Layer(X, X + 1, "line"),
    Layer(X, X + 2, "points", mark=Mark.POINTS, stderr=np.full(11, 0.5)),
    Layer(X, X, "bars", mark=Mark.BARS, bar_width=1.0),
    Layer(X, X, "sticks", mark=Mark.STICKS),
)
PANEL = Panel("Wavelength (nm)", "PL", LAYERS, marks=((5.0, 3.0, "220"), (2.0, None, "here")))


def words(svg: bytes) -> str:
    """Return what an SVG calls itself and its parts."""
    return svg.decode()


@pytest.mark.parametrize("format", ["svg", "pdf", "png"])
def test_the_same_panels_give_the_same_bytes(format: str) -> None:
    figure = PanelFigure((PANEL, PANEL), columns=2)

    assert panel_figure_of(figure, format=format) == panel_figure_of(figure, format=format)


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_a_figure_is_as_wide_as_its_preset(preset: str) -> None:
    png = panel_figure_of(PanelFigure((PANEL,)), format="png", preset=preset, dpi=100)

    width, _ = struct.unpack(">II", png[16:24])
    assert width == pytest.approx(PRESETS[preset].width_mm / MM_PER_INCH * 100, abs=1)


def test_many_panels_make_a_figure_higher_up_to_the_page_of_a_journal() -> None:
    heights = [
        figure_for(PanelFigure((PANEL,) * count), PRESETS["acs"]).get_size_inches()[1] * MM_PER_INCH
        for count in (1, 2, 20)
    ]

    assert heights == pytest.approx([61.875, 123.75, 241.0])


def test_several_panels_are_lettered_and_one_is_not() -> None:
    def glyphs(count: int) -> int:
        return words(panel_figure_of(PanelFigure((PANEL,) * count), format="svg")).count("DejaVuSans-Bold") + words(
            panel_figure_of(PanelFigure((PANEL,) * count), format="svg")
        ).count("LiberationSans-Bold")

    assert glyphs(1) == 0
    assert glyphs(2) > 0


def test_a_logarithm_leaves_gaps_where_there_is_none() -> None:
    panel = Panel("t", "PL", (Layer(X, X - 5),), is_log=True)

    assert panel_figure_of(PanelFigure((panel,)), format="svg").startswith(b"<?xml")


def test_a_map_is_a_panel() -> None:
    heat = heat_of(streak(), HeatRecipe())

    svg = words(panel_figure_of(PanelFigure((MapPanel(heat, "1 GPa"), PANEL)), format="svg"))

    assert svg.count("<image") >= 1


def test_what_is_not_there_is_said() -> None:
    assert panel_figure_of(PanelFigure(()), format="svg").startswith(b"<?xml")


def test_the_colors_of_a_ladder_have_one_bar() -> None:
    traces = [
        trace(680 + rung, number=rung, rung=float(rung), rung_unit="GPa", sample_code="NC-024-F2") for rung in (1, 2, 3)
    ]
    drawing = draw(Recipe(), traces)

    ladder, unit = ladder_of(drawing)

    assert [rung for rung, _ in ladder] == [1.0, 2.0, 3.0]
    assert unit == "GPa"
    assert len({color for _, color in ladder}) == 3


def test_traces_that_are_no_ladder_have_no_bar() -> None:
    assert ladder_of(draw(Recipe(), [trace(), trace(690, number=2)])) == ((), "")


def test_a_drawing_becomes_a_panel_with_its_labels() -> None:
    panel = panel_of(draw(Recipe(), [trace()]), title="9 nm", y_label="PL")

    assert (panel.title, panel.x_label, panel.y_label) == ("9 nm", "Wavelength (nm)", "PL")
    assert [one.label for one in panel.layers] == ["line 1"]


def test_panels_are_drawn_in_the_process_beside() -> None:
    figure = PanelFigure(
        (PANEL, MapPanel(heat_of(streak(), HeatRecipe()))), ladder=((1.0, "#000000"), (2.0, "#ffffff"))
    )
    key = figure_key(("panels", repr(X.tolist())), "svg")

    drawn = draw_figure(key, FigureRequest(figure, "svg", "acs", 300))

    assert drawn == panel_figure_of(figure, format="svg", preset="acs", dpi=300)


def test_ends_are_named_in_the_color_of_their_line() -> None:
    panel = replace(PANEL, layers=(Layer(X, X, "7 nm", "#0072B2"), Layer(X, X * np.nan, "gone")), names_ends=True)

    svg = words(panel_figure_of(PanelFigure((panel,)), format="svg"))

    assert re.search(r"fill: #0072b2", svg)
