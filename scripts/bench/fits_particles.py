"""Sizing the cubes of an image of 2,048 × 2,048 pixels, against the one pass over it that nothing can do without."""

from collections.abc import Iterator

import numpy as np
from scipy.ndimage import gaussian_filter

from analysis.methods.contract import Signal, Work
from analysis.methods.running import run_method
from analysis.physics.fitting.problem import Floats
from scripts.bench.figure import Figure, computing_s
from scripts.console import stop

SIDE_PX, PITCH_PX, NM_PER_PX = 2048, 85, 0.15
NOISE, DARKNESS, BLUR_PX = 0.04, 0.45, 1.5
# Of smoothing the image once, which takes a tenth of a second on a machine that does nothing else.
MOST_OF_SMOOTHING = 15.0


def figures() -> Iterator[Figure]:
    """Yield the time to size some five hundred cubes, and its ratio to smoothing the image once."""
    image, count = picture(np.random.default_rng(0))
    axis = np.arange(float(SIDE_PX))
    signal = Signal(image, "", axis, "px", "x", rows=axis, rows_unit="px", rows_name="y", technique="TEM image")
    work = Work({"image": (signal,)}, settings={"nm_per_px": NM_PER_PX})
    found = run_method("particle_image", work)
    if found.refused or found.statistics["n"] != count:
        stop(f"{found.statistics.get('n')} of {count} cubes were found; {found.refused}")
    size_s = computing_s(lambda: run_method("particle_image", work))
    floor_s = computing_s(lambda: gaussian_filter(image.astype(np.float32), BLUR_PX))
    yield Figure(
        f"sizing {count} cubes in a {SIDE_PX}² image", size_s, "s", "smoothing the image once", size_s / floor_s,
        most=MOST_OF_SMOOTHING, measured="ratio",
    )  # fmt: skip


def picture(rng: np.random.Generator) -> tuple[Floats, int]:
    """Return an image of turned cubes on a grid, and how many there are."""
    image = np.ones((SIDE_PX, SIDE_PX))
    middles = np.arange(PITCH_PX // 2 + 10, SIDE_PX - PITCH_PX // 2, PITCH_PX)
    half = PITCH_PX // 2
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    for row in middles:
        for column in middles:
            angle, edge_px = rng.uniform(0, np.pi / 2), rng.normal(50, 3)
            along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
            inside = np.maximum(np.abs(along), np.abs(across)) <= edge_px / 2
            image[row - half : row + half + 1, column - half : column + half + 1][inside] = 1 - DARKNESS
    shaded = gaussian_filter(image, BLUR_PX) * np.linspace(0.9, 1.1, SIDE_PX)
    return 180 * (shaded + rng.normal(0, NOISE, shaded.shape)), len(middles) ** 2
