"""The outline of a particle: its hull, how much of it is filled, and the smallest rectangle around it."""

from dataclasses import dataclass
from math import degrees

import numpy as np
from numpy.typing import NDArray

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
    points = hull(mask)
    sides = np.diff(np.vstack([points, points[:1]]), axis=0)
    angles = np.unique(np.mod(np.arctan2(sides[:, 1], sides[:, 0]), np.pi / 2))
    along = np.stack([np.cos(angles), np.sin(angles)])
    across = np.stack([-np.sin(angles), np.cos(angles)])
    first, second = np.ptp(points @ along, axis=0), np.ptp(points @ across, axis=0)
    best = int(np.argmin(first * second))
    is_first_long = first[best] >= second[best]
    angle_deg = degrees(float(angles[best])) + (0 if is_first_long else 90)
    return Outline(
        hull_area_px2=enclosed(points),
        long_px=float(max(first[best], second[best])),
        short_px=float(min(first[best], second[best])),
        angle_deg=angle_deg - 180 if angle_deg > 90 else angle_deg,
    )


def hull(mask: NDArray[np.bool_]) -> Floats:
    """Return the corners (x, y) of the convex hull of a particle's pixels in their order, shape (corners, 2).

    The leftmost and the rightmost corner on every line between rows, each side by Andrew's monotone chain (Inf.
    Process. Lett. 9 (1979) 216).
    """
    rows = np.flatnonzero(mask.any(axis=1))
    first = mask[rows].argmax(axis=1)
    last = mask.shape[1] - mask[rows, ::-1].argmax(axis=1)
    lines = np.arange(rows[0], rows[-1] + 2)
    left, right = np.full(len(lines), np.inf), np.full(len(lines), -np.inf)
    for step in (0, 1):
        place = rows - rows[0] + step
        left[place] = np.minimum(left[place], first)
        right[place] = np.maximum(right[place], last)
    kept = np.isfinite(left)
    left_side = chain(left[kept].tolist(), lines[kept].tolist(), turn=1)
    right_side = chain(right[kept].tolist(), lines[kept].tolist(), turn=-1)
    return np.array([*left_side, *right_side[::-1]]) - 0.5


def chain(x: list[float], y: list[float], *, turn: int) -> list[tuple[float, float]]:
    """Return the corners of one side of a hull from top to bottom, without those on a straight line."""
    kept: list[tuple[float, float]] = []
    for point in zip(x, y, strict=True):
        while len(kept) > 1 and turn * bend(kept[-2], kept[-1], point) >= 0:
            kept.pop()
        kept.append(point)
    return kept


def bend(first: tuple[float, float], second: tuple[float, float], third: tuple[float, float]) -> float:
    """Return the cross product of two steps, which says to which side the second turns."""
    return (second[0] - first[0]) * (third[1] - second[1]) - (second[1] - first[1]) * (third[0] - second[0])


def enclosed(points: Floats) -> float:
    """Return the area inside corners in their order, shape (corners, 2)."""
    x, y = points.T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2
