"""An image made even: divided by its own slow background and smoothed, so that one threshold serves it all."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

# Single precision is more than a camera has, and half the memory of a large image.
Pixels = NDArray[np.float32]
# Widths in pixels: of the background, far wider than a particle, and of the smoothing, narrower than an edge.
BACKGROUND_PX, SMOOTHING_PX = 120.0, 1.5
# The background is so wide that it is computed on blocks of pixels.
BLOCK_PX = 8
LEAST_SIDE_PX = 64
# A blob that has exactly one value is drawn, not seen: a scale bar or a letter of it.
LEAST_DRAWN_PX = 50


def flat_image(image: Floats) -> Pixels:
    """Return an image, shape (rows, columns), over its background, smoothed; the background is one.

    Division by a Gaussian of 120 px of the image itself, then a Gaussian of 1.5 px. Raises CannotAnalyse for
    images that are too small, without contrast, or mostly gaps.
    """
    if min(image.shape) < LEAST_SIDE_PX:
        raise CannotAnalyse(f"The image is {image.shape[1]} × {image.shape[0]} px; particles need at least 64 × 64.")
    values: Pixels = np.asarray(image, dtype=np.float32)
    is_gap = ~np.isfinite(values)
    if is_gap.mean() > 0.01:
        raise CannotAnalyse("More than 1 % of the pixels are no numbers; export the image again.")
    values = np.where(is_gap, np.float32(np.median(values[~is_gap])), values)
    if float(values.max()) <= float(values.min()):
        raise CannotAnalyse("All pixels have the same value; the image shows nothing.")
    drawn = drawn_pixels(values)
    if drawn.any():
        values = np.where(drawn, np.float32(np.median(values[~drawn])), values)
    values = values - min(float(values.min()), 0.0)
    background = slow_background(values)
    return np.asarray(ndimage.gaussian_filter(values / background, SMOOTHING_PX, mode="nearest"))


def slow_background(values: Pixels) -> Pixels:
    """Return the Gaussian average over 120 px, computed on blocks of 8 × 8 px and interpolated between them."""
    rows, columns = values.shape
    padding = ((0, -rows % BLOCK_PX), (0, -columns % BLOCK_PX))
    padded = np.pad(values, padding, mode="edge")
    blocks = padded.reshape(padded.shape[0] // BLOCK_PX, BLOCK_PX, padded.shape[1] // BLOCK_PX, BLOCK_PX)
    coarse = ndimage.gaussian_filter(blocks.mean(axis=(1, 3)), BACKGROUND_PX / BLOCK_PX, mode="nearest")
    down = interpolated(coarse, 0, rows)
    return np.maximum(interpolated(down, 1, columns), np.float32(1e-6))


def interpolated(coarse: Pixels, axis: int, count: int) -> Pixels:
    """Return block averages along an axis, linearly interpolated at every pixel."""
    place = np.clip((np.arange(count) + 0.5) / BLOCK_PX - 0.5, 0, coarse.shape[axis] - 1)
    below = np.minimum(place.astype(int), max(coarse.shape[axis] - 2, 0))
    above = np.minimum(below + 1, coarse.shape[axis] - 1)
    part = (place - below).astype(np.float32)
    weight = part[:, None] if axis == 0 else part[None, :]
    drawn: Pixels = np.take(coarse, below, axis) * (1 - weight) + np.take(coarse, above, axis) * weight
    return drawn


def drawn_pixels(values: Pixels) -> NDArray[np.bool_]:
    """Return which pixels belong to a blob of at least 50 px of one and the same extreme value."""
    found = np.zeros(values.shape, dtype=bool)
    for extreme in (values.min(), values.max()):
        is_extreme = values == extreme
        if not LEAST_DRAWN_PX <= int(is_extreme.sum()) <= values.size // 4:
            continue
        labels, _ = ndimage.label(is_extreme)
        sizes = np.bincount(labels.ravel())
        sizes[0] = 0
        found |= (sizes >= LEAST_DRAWN_PX)[labels]
    return found
