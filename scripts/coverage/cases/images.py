"""Micrographs of cubes that lie apart from each other, with edges of a known distribution."""

import numpy as np
from numpy.typing import NDArray

from analysis.methods.contract import Signal, Work
from scripts.coverage.case import Case

Floats = NDArray[np.float64]

MEAN_NM, STD_NM, NM_PER_PX = 11.0, 1.2, 0.25
SIDE_COUNT, CELL_PX = 5, 88
BACKGROUND, DEPTH, NOISE = 200.0, 90.0, 8.0
Y_PX, X_PX = np.mgrid[0:CELL_PX, 0:CELL_PX].astype(float)


def shadow(rng: np.random.Generator) -> Floats:
    """Return how much of each pixel a cube covers, turned by any angle, shape (CELL_PX, CELL_PX)."""
    half_px = rng.normal(MEAN_NM, STD_NM) / NM_PER_PX / 2
    angle, (x, y) = rng.uniform(0.0, np.pi / 2), CELL_PX / 2 + rng.uniform(-4.0, 4.0, 2)
    along = np.cos(angle) * (X_PX - x) + np.sin(angle) * (Y_PX - y)
    across = np.cos(angle) * (Y_PX - y) - np.sin(angle) * (X_PX - x)
    covered = [np.clip(half_px + 0.5 - np.abs(one), 0.0, 1.0) for one in (along, across)]
    return np.asarray(covered[0] * covered[1])


def micrograph(rng: np.random.Generator) -> Work:
    """Return an image of dark cubes on a grid of places."""
    covered = np.block([[shadow(rng) for _ in range(SIDE_COUNT)] for _ in range(SIDE_COUNT)])
    pixels = np.arange(float(len(covered)))
    values = BACKGROUND - DEPTH * covered + rng.normal(0.0, NOISE, covered.shape)
    image = Signal(values, "", pixels, "px", rows=pixels, rows_unit="px")
    return Work({"image": (image,)}, settings={"nm_per_px": NM_PER_PX})


CASES: tuple[Case, ...] = (
    Case("particle_image", "25 cubes", micrograph, {"edge_length": MEAN_NM, "edge_length_median": MEAN_NM}),
)
