"""Pictures of cubes as a microscope shows them: blurred, noisy, on an uneven background."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

# x, y, edge and angle of a cube.
Cube = tuple[float, float, float, float]


def cube_picture(
    cubes: Sequence[Cube], *, side_px: int = 400, is_bright: bool = False, blur_px: float = 1.5, noise: float = 0.04,
    contrasts: Sequence[float] = (0.45,), seed: int = 1,
) -> NDArray[np.float64]:  # fmt: skip
    """Return a picture; each cube takes the next of the contrasts."""
    fine = 3
    steps = (np.arange(side_px * fine) + 0.5) / fine - 0.5
    x, y = np.meshgrid(steps, steps)
    shade = np.zeros((side_px, side_px))
    for place, (x_px, y_px, edge_px, angle_deg) in enumerate(cubes):
        cosine, sine = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
        along, across = (x - x_px) * cosine + (y - y_px) * sine, (y - y_px) * cosine - (x - x_px) * sine
        inside = (np.abs(along) <= edge_px / 2) & (np.abs(across) <= edge_px / 2)
        cover = inside.reshape(side_px, fine, side_px, fine).mean(axis=(1, 3))
        shade = np.maximum(shade, cover * contrasts[place % len(contrasts)])
    brightness = 0.4 + shade if is_bright else 1.0 - shade
    slope = 1.0 + 0.2 * (np.arange(side_px) / side_px - 0.5)
    picture = gaussian_filter(brightness, blur_px) * slope * 180
    return np.asarray(picture + np.random.default_rng(seed).normal(0, 180 * noise, picture.shape))
