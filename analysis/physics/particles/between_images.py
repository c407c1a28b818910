"""Whether the particles of several images are one population: the variance between images."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import fdtrc

from analysis.physics.fitting.problem import Floats


@dataclass(frozen=True, slots=True)
class BetweenImages:
    """One-way analysis of variance of edges over images.

    `between_std_nm` is the spread of the images' true means (zero when they agree), `mean_stderr_nm` the error of
    the mean when whole images, not particles, are what was drawn at random.
    """

    image_count: int
    between_std_nm: float
    f_ratio: float
    p: float
    mean_stderr_nm: float


def between_images(edges_nm: Floats, images: Floats) -> BetweenImages | None:
    """Return the analysis of edges, shape (n,), by the number of their image, shape (n,).

    Random effects by the method of moments: F = MSB/MSW, s_b² = (MSB − MSW)/n₀. None for a single image, or where
    every image has one particle.
    """
    labels, places, counts = np.unique(images, return_inverse=True, return_counts=True)
    image_count, count = len(labels), len(edges_nm)
    if image_count < 2 or count == image_count:
        return None
    means_nm = np.bincount(places, weights=edges_nm) / counts
    within = float(((edges_nm - means_nm[places]) ** 2).sum()) / (count - image_count)
    between = float((counts * (means_nm - edges_nm.mean()) ** 2).sum()) / (image_count - 1)
    typical_count = (count - (counts**2).sum() / count) / (image_count - 1)
    variance = max(between - within, 0.0) / typical_count
    f_ratio = between / within if within > 0 else float("inf")
    # Var(mean) = Σ nᵢ² s_b²/n² + s_w²/n
    mean_variance = float((counts**2).sum()) / count**2 * variance + within / count
    p = float(fdtrc(image_count - 1, count - image_count, f_ratio))
    return BetweenImages(image_count, sqrt(variance), f_ratio, p, sqrt(mean_variance))
