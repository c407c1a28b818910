"""Figures have the size of their preset, embedded typefaces, and the same bytes for the same recipe."""

import re
import struct

import pytest

from measurements.curves import printing
from measurements.curves.drawing import draw
from measurements.curves.figure import figure_of
from measurements.curves.figure_map import map_figure_of
from measurements.curves.heat_recipe import HeatRecipe
from measurements.curves.map_plot import heat_of
from measurements.curves.presets import PRESETS
from measurements.curves.printing import FigureRequest, NotDrawn, draw_figure, drawing_process, figure_key, kept_figure
from measurements.curves.recipe import Recipe
from tests.measurements.curves.plotting import streak, trace


@pytest.mark.parametrize("format", ["svg", "pdf", "png"])
def test_the_same_recipe_gives_the_same_bytes(format: str) -> None:
    first, second = (figure_of(draw(Recipe(), [trace()]), format=format) for _ in range(2))

    assert first == second


@pytest.mark.parametrize("preset", list(PRESETS))
def test_a_figure_has_the_size_of_its_print(preset: str) -> None:
    drawn = figure_of(draw(Recipe(), [trace()]), format="png", preset=preset, dpi=300)

    width, height = struct.unpack(">II", drawn[16:24])
    assert width == pytest.approx(PRESETS[preset].width_mm / 25.4 * 300, abs=2)
    assert height == pytest.approx(PRESETS[preset].height_mm / 25.4 * 300, abs=2)


def test_a_pdf_brings_its_typefaces_with_it() -> None:
    drawn = figure_of(draw(Recipe(), [trace()]), format="pdf")

    assert b"/FontFile2" in drawn
    assert b"/Type3" not in drawn


def test_an_ordered_series_has_a_bar_with_its_steps() -> None:
    steps = [trace(660.0 + rung, int(rung), rung=rung, rung_unit="GPa", sample_code="DAC1") for rung in (1.0, 2.0, 3.0)]

    with_bar, without = (figure_of(draw(Recipe(), some), format="svg") for some in (steps, steps[:2]))

    assert len(re.findall(rb'id="axes_', with_bar)) == 2
    assert len(re.findall(rb'id="axes_', without)) == 1


def test_a_map_has_its_axes_and_the_same_bytes() -> None:
    heat = heat_of(streak(), HeatRecipe(scale="log"))

    first, second = (map_figure_of(heat, format="pdf") for _ in range(2))

    assert first == second
    assert first.startswith(b"%PDF")


def test_a_figure_is_drawn_in_the_process_beside_and_kept() -> None:
    drawing = draw(Recipe(), [trace()])
    key = figure_key(("one",), "svg")

    drawn = draw_figure(key, FigureRequest(drawing, "svg", "acs", 300))

    kept = kept_figure(key)
    assert kept is not None
    with kept:
        assert kept.read() == drawn == figure_of(drawing, format="svg")
    drawing_process().close()


def test_what_takes_too_long_is_said_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "MOST_SECONDS", 0.0)
    key = figure_key(("two",), "svg")

    with pytest.raises(NotDrawn, match="Drawing the figure took longer than 0 s"):
        draw_figure(key, FigureRequest(draw(Recipe(), [trace()]), "svg", "acs", 300))

    assert kept_figure(key) is None
