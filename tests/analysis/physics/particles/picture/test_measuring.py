"""Cubes found in pictures: all of them, with their true edges, touching ones apart, and nothing else."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from analysis.physics.particles.picture.measuring import Found, Rules, find_particles
from analysis.physics.refusing import CannotAnalyse
from tests.analysis.physics.particles.cube_pictures import Cube, cube_picture

GRID: list[Cube] = [
    (70.0 + 86 * i, 70.0 + 86 * j, 46.0 + (i * j) % 9, float(13 * i + 29 * j) % 90) for i in range(4) for j in range(4)
]
TOUCHING: list[Cube] = [(90, 90, 50, 0), (140, 110, 50, 0), (270, 90, 50, 45), (330.5, 90, 50, 0), (280, 280, 48, 20)]


def differences(found: Found, cubes: list[Cube]) -> NDArray[np.float64]:
    """Return the found edge minus the true one of every cube; one that nobody found raises."""
    rest = list(found.particles)
    told = []
    for x_px, y_px, edge_px, _ in cubes:
        nearest = min(rest, key=lambda one: np.hypot(one.x_px - x_px, one.y_px - y_px))
        assert np.hypot(nearest.x_px - x_px, nearest.y_px - y_px) < 3
        rest.remove(nearest)
        told.append(nearest.edge_px - edge_px)
    return np.array(told)


@pytest.mark.parametrize("is_bright", [False, True])
@pytest.mark.parametrize("noise", [0.02, 0.15])
def test_dark_and_bright_cubes_are_found_with_their_edges(*, is_bright: bool, noise: float) -> None:
    found = find_particles(cube_picture(GRID, is_bright=is_bright, noise=noise), Rules())

    off_px = differences(found, GRID)
    assert found.polarity == ("bright" if is_bright else "dark")
    assert len(found.particles) == len(GRID)
    assert abs(off_px.mean()) < 0.3
    assert np.sqrt((off_px**2).mean()) < 0.4


def test_cubes_of_different_grey_are_measured_alike() -> None:
    found = find_particles(cube_picture(GRID, contrasts=(0.25, 0.5), noise=0.02, blur_px=2.5), Rules())

    off_px = differences(found, GRID)
    assert abs(off_px[::2].mean() - off_px[1::2].mean()) < 0.1


def test_touching_cubes_are_told_apart() -> None:
    found = find_particles(cube_picture(TOUCHING), Rules())

    assert found.parted_count == 4
    assert np.abs(differences(found, TOUCHING)).max() < 1.0


def test_what_touches_the_border_is_too_small_or_is_too_long_is_left_out() -> None:
    cubes: list[Cube] = [*GRID[5:7], (5.0, 300.0, 50.0, 10.0), (300.0, 330.0, 12.0, 0.0)]
    picture = cube_picture(cubes)
    picture[200:215, 20:110] = picture.min() + np.random.default_rng(2).normal(0, 3, (15, 90))

    found = find_particles(picture, Rules())

    assert len(found.particles) == 2
    assert found.left_out == {"at the border": 1, "too small": 1, "too long": 1}


def test_a_scale_bar_that_is_drawn_into_the_picture_is_no_particle() -> None:
    picture = np.round(cube_picture(GRID))
    picture[385:395, 20:110] = 0
    picture[330:370, 340:380] = 0

    found = find_particles(picture, Rules())

    assert len(found.particles) == len(GRID) - 1


def test_a_rectangle_has_its_sides_and_its_angle() -> None:
    picture = cube_picture([(100, 100, 40, 30), (250, 250, 40, 30), (320, 90, 40, 30)], noise=0.01)

    one = find_particles(picture, Rules()).particles[0].outline

    assert (one.long_px, one.short_px) == pytest.approx((40, 40), abs=2)
    assert one.angle_deg % 90 == pytest.approx(30, abs=4)


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (np.zeros((200, 200)), "shows nothing"),
        (np.zeros((20, 200)), "at least 64"),
        (np.full((200, 200), np.nan), "no numbers"),
    ],
)
def test_pictures_of_nothing_are_refused(picture: NDArray[np.float64], said: str) -> None:
    with pytest.raises(CannotAnalyse, match=said):
        find_particles(picture, Rules())


def test_noise_has_no_particles() -> None:
    found = find_particles(np.random.default_rng(4).normal(100, 10, (400, 400)), Rules())

    assert found.particles == ()


def test_the_picture_of_forty_cubes_gives_all_of_them(shared_data: Path) -> None:
    science = shared_data / "science"
    picture = np.array(Image.open(science / "tem_synth_11nm.png"))
    table = np.loadtxt(science / "tem_synth_11nm_truth.csv", delimiter=",", skiprows=1)
    cubes: list[Cube] = [(x, y, edge / 0.15, angle) for edge, x, y, angle in table]

    found = find_particles(picture, Rules())

    off_nm = 0.15 * differences(found, cubes)
    assert len(found.particles) == 40
    assert abs(off_nm.mean()) < 0.03
    assert np.sqrt((off_nm**2).mean()) < 0.04
