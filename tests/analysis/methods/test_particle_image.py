"""Sizes from images: the scale is asked for, and what was found can be drawn."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from analysis.methods.contract import Outcome, Signal, Work
from analysis.methods.running import run_method
from tests.analysis.physics.particles.cube_pictures import Cube, cube_picture

CUBES: list[Cube] = [(60.0 + 80 * i, 60.0 + 80 * j, 44.0 + (i * j) % 7, 17.0 * i) for i in range(4) for j in range(4)]


def image(picture: NDArray[np.float64], x_unit: str = "px") -> Signal:
    rows, columns = picture.shape
    return Signal(
        picture, "", np.arange(float(columns)), x_unit, "x", rows=np.arange(float(rows)), rows_unit=x_unit,
        rows_name="y", technique="TEM image",
    )  # fmt: skip


def sized(picture: NDArray[np.float64], **settings: float | str) -> Outcome:
    return run_method("particle_image", Work({"image": (image(picture),)}, settings=settings))


def test_cubes_are_sized_and_marked_as_automatic() -> None:
    outcome = sized(cube_picture(CUBES), nm_per_px=0.2)

    edge = outcome.results[0]
    true_nm = 0.2 * np.mean([one[2] for one in CUBES])
    assert outcome.flags == ()
    assert edge.value == pytest.approx(true_nm, abs=0.06)
    assert edge.note == "automatic"
    assert outcome.statistics["origin"] == "automatic"


def test_a_picture_without_a_scale_is_asked_for_it() -> None:
    assert "nm_per_px" in sized(cube_picture(CUBES)).refused


def test_every_particle_is_a_row_with_its_place_and_a_mark_on_the_picture() -> None:
    outcome = sized(cube_picture(CUBES), nm_per_px=0.2)

    picture, histogram = outcome.plots
    table = outcome.tables[0]
    assert len(table.rows) == len(picture.marks) == len(CUBES)
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert picture.picture is not None
    assert picture.marks[0][:2] == table.rows[0][1:3]
    assert histogram.observed.sum() == len(CUBES)


def test_a_picture_without_particles_is_refused_and_shown() -> None:
    outcome = sized(np.random.default_rng(1).normal(100, 9, (300, 300)), nm_per_px=0.2)

    assert "measure by hand" in outcome.refused
    assert outcome.plots[0].picture is not None


def test_a_diffraction_pattern_is_no_image() -> None:
    outcome = run_method(
        "particle_image", Work({"image": (image(cube_picture(CUBES), "1/nm"),)}, settings={"nm_per_px": 0.2})
    )

    assert "diffraction pattern" in outcome.refused


def test_a_curve_is_no_image() -> None:
    x = np.arange(10.0)

    outcome = run_method("particle_image", Work({"image": (Signal(x, "", x, "px"),)}, settings={"nm_per_px": 0.2}))

    assert "no image" in outcome.refused


def test_particles_that_are_not_cubes_are_flagged() -> None:
    longer = np.asarray(Image.fromarray(cube_picture(CUBES)).resize((520, 400), Image.Resampling.BICUBIC), dtype=float)

    outcome = sized(longer, nm_per_px=0.2)

    assert "not_cubes" in [flag.code for flag in outcome.flags]


def test_the_sides_of_the_rectangle_may_be_the_edge() -> None:
    area, sides = (
        sized(cube_picture(CUBES), nm_per_px=0.2, edge=edge)
        for edge in ("root of the area", "mean side of the rectangle")
    )

    assert (area.results[0].value or 0) < (sides.results[0].value or 0)


def test_worked_check_1c_finds_forty_cubes(shared_data: Path) -> None:
    picture = np.array(Image.open(shared_data / "science" / "tem_synth_11nm.png"), dtype=float)

    outcome = sized(picture, nm_per_px=0.15)

    assert outcome.statistics["n"] == 40
    assert outcome.results[0].value == pytest.approx(10.6606, abs=0.05)
    assert outcome.results[1].value == pytest.approx(1.1503, abs=0.02)


def test_the_image_of_the_campaign_gives_its_cubes_and_not_its_scale_bar(shared_data: Path) -> None:
    folder = shared_data / "campaign" / "raw" / "TEM"
    picture = np.array(Image.open(folder / "NC-027-F2-TG1_BF_01.tif"), dtype=float)

    outcome = sized(picture, nm_per_px=0.22)

    assert outcome.statistics["n"] == 54
    assert outcome.results[0].value == pytest.approx(11.109656, abs=0.05)
    assert outcome.flags == ()
