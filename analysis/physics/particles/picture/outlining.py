"""The outline of a particle: its hull, how much of it is filled, and the smallest rectangle around it."""

from dataclasses import dataclass
from math import degrees

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from analysis.physics.fitting.problem import Floats


@dataclass(frozen=True, slots=True)
class Outline:
    """Hull and rectangle of a particle, in pixels; `long_px` and `short_px` are the sides of the rectangle.

    `angle_deg` is that of the long side against the rows, from −90 to 90.
    """

    hull_area_px2: float
    long_px: float
    short_px: float
    angle_deg: float

    @property
    def aspect_ratio(self) -> float:
        """Long side over short side."""
        return self.long_px / self.short_px


def outline(mask: NDArray[np.bool_]) -> Outline:
    """Return the outline of a particle's pixels, shape (rows, columns), each pixel a square of one by one.

    The smallest rectangle has one side along the hull (Freeman and Shapira, Commun. ACM 18 (1975) 409).
    """
    corners = extreme_corners(mask)
    hull = ConvexHull(corners)
    points = corners[hull.vertices]
    sides = np.diff(np.vstack([points, points[:1]]), axis=0)
    angles = np.unique(np.mod(np.arctan2(sides[:, 1], sides[:, 0]), np.pi / 2))
    along = np.stack([np.cos(angles), np.sin(angles)])
    across = np.stack([-np.sin(angles), np.cos(angles)])
    first, second = np.ptp(points @ along, axis=0), np.ptp(points @ across, axis=0)
    best = int(np.argmin(first * second))
    is_first_long = first[best] >= second[best]
    angle_deg = degrees(float(angles[best])) + (0 if is_first_long else 90)
    return Outline(
        hull_area_px2=float(hull.volume),
        long_px=float(max(first[best], second[best])),
        short_px=float(min(first[best], second[best])),
        angle_deg=angle_deg - 180 if angle_deg > 90 else angle_deg,
    )


def extreme_corners(mask: NDArray[np.bool_]) -> Floats:
    """Return the corners (x, y) of the first and the last pixel of every row, shape (4 × rows, 2)."""
    rows = np.flatnonzero(mask.any(axis=1))
    first = mask[rows].argmax(axis=1)
    last = mask.shape[1] - mask[rows, ::-1].argmax(axis=1)
    return (
        np.concatenate([np.stack([x, rows + step], axis=1) for x in (first, last) for step in (0, 1)]).astype(float)
        - 0.5
    )
