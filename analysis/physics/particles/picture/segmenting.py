"""Which pixels of an even image are of which particle: a threshold, connected parts, touching ones cut apart."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from analysis.physics.fitting.problem import Floats
from analysis.physics.particles.picture.flattening import Pixels
from analysis.physics.refusing import CannotAnalyse

Labels = NDArray[np.int32]
Polarity = Literal["dark", "bright"]
GREYS = 512
# Peaks of the distance to the border that count as particles of their own: their distance, and the dip between.
LEAST_PEAK_RATIO, LEAST_DIP_RATIO = 0.5, 0.08
# Depth of a step of the flood that cuts touching particles apart.
FLOOD_PX = 1.0
CROSS = ndimage.generate_binary_structure(2, 1)
SQUARE = np.ones((3, 3), dtype=bool)


def otsu_threshold(image: Pixels) -> float:
    """Return the threshold that separates two classes best, over 512 greys (Otsu, IEEE Trans. SMC 9 (1979) 62).

    The greys run over all but the outermost thousandth of the pixels on either side.
    """
    lowest, highest = np.quantile(image[::2, ::2], (0.001, 0.999))
    if highest <= lowest:
        raise CannotAnalyse("The image has no two greys to tell particles from the background.")
    counts, bounds = np.histogram(image, bins=GREYS, range=(lowest, highest))
    middles = (bounds[1:] + bounds[:-1]) / 2
    below = np.cumsum(counts)[:-1]
    above = counts.sum() - below
    sums = np.cumsum(counts * middles)
    with np.errstate(invalid="ignore", divide="ignore"):
        between = below * above * (sums[:-1] / below - (sums[-1] - sums[:-1]) / above) ** 2
    return float(bounds[1:-1][np.nanargmax(between)])


def told_polarity(image: Pixels, threshold: float) -> Polarity:
    """Return whether the particles are dark or bright: they are the smaller part of the image."""
    return "dark" if float((image < threshold).mean()) <= 0.5 else "bright"


def particle_labels(image: Pixels, threshold: float, polarity: Polarity) -> tuple[Labels, int]:
    """Return which particle each pixel belongs to, shape (rows, columns), zero for none, and how many there are.

    Threshold, opening with a square of 3 px, holes filled, connected parts.
    """
    mask = image < threshold if polarity == "dark" else image > threshold
    mask = ndimage.binary_opening(mask, SQUARE)
    labels, count = ndimage.label(ndimage.binary_fill_holes(mask), CROSS)
    return labels.astype(np.int32, copy=False), int(count)


def parted(mask: NDArray[np.bool_]) -> Labels:
    """Return a part's pixels, shape (rows, columns), cut at its necks into particles numbered from one.

    Watershed of the distance to the border, flooded in steps of a pixel from its peaks; a peak counts when it is
    at least half as far from the border as the highest, and the way to a higher one dips by more than 8 %.
    """
    padded = np.pad(mask, 1)
    distance = ndimage.distance_transform_edt(padded)
    smooth = ndimage.gaussian_filter(distance, 1.0)
    markers, count = _peaks(smooth, padded)
    if count < 2:
        return mask.astype(np.int32)
    for level in np.arange(float(smooth.max()) - FLOOD_PX, -FLOOD_PX, -FLOOD_PX):
        markers = _flooded(markers, padded & (smooth >= level))
    return _flooded(markers, padded)[1:-1, 1:-1]


def _flooded(markers: Labels, region: NDArray[np.bool_]) -> Labels:
    """Return markers that have grown over a region, each pixel with the nearest of them."""
    fresh = region & (markers == 0)
    if not fresh.any():
        return markers
    rows, columns = ndimage.distance_transform_edt(markers == 0, return_distances=False, return_indices=True)
    return np.where(fresh, markers[rows, columns], markers)


def _peaks(distance: Floats, mask: NDArray[np.bool_]) -> tuple[Labels, int]:
    """Return the tops of the distance that stand out: each level's parts that have not been seen higher up."""
    highest = float(distance.max())
    markers = np.zeros(distance.shape, dtype=np.int32)
    tops: list[tuple[int, float]] = []
    for level in np.arange(1.0, LEAST_PEAK_RATIO, -0.02) * highest:
        labels, count = ndimage.label((distance >= level) & mask, SQUARE)
        for one in range(1, count + 1):
            part = labels == one
            if not markers[part].any():
                tops.append((len(tops) + 1, level))
                markers[part] = len(tops)
    return _standing(distance, markers, tops, highest)


def _standing(distance: Floats, markers: Labels, tops: list[tuple[int, float]], highest: float) -> tuple[Labels, int]:
    """Leave out tops from which a higher one is reached without a dip."""
    kept = np.zeros_like(markers)
    count = 0
    for number, level in tops:
        labels, _ = ndimage.label(distance >= level - LEAST_DIP_RATIO * highest, SQUARE)
        around = labels == labels[markers == number][0]
        if not kept[around].any():
            count += 1
            kept[markers == number] = count
    return kept, count
