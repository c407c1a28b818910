"""Every cube of an image with its edge, and what was left out and why."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from analysis.physics.fitting.problem import Floats
from analysis.physics.particles.picture.flattening import Pixels, flat_image
from analysis.physics.particles.picture.outlining import Outline, outline
from analysis.physics.particles.picture.segmenting import (
    SQUARE,
    Labels,
    Polarity,
    otsu_threshold,
    parted,
    particle_labels,
    told_polarity,
)
from analysis.physics.refusing import CannotAnalyse

# How far from a particle its own background begins, out of the blur of its edge, and where it ends.
NEAREST_PX, MARGIN_PX = 6, 12
# How far from where the first threshold draws it a border may lie.
BLUR_PX = 4
# Parts of the way from the particle to its background at which its border is drawn, besides the middle.
LOWER_LEVEL, UPPER_LEVEL = 0.4, 0.6
MOST_PARTICLES = 20_000
# Fewer pixels tell no grey.
LEAST_GREY_PX = 16
# A part that fills less of its hull, or is longer, may be several particles that touch.
PARTED_SOLIDITY, PARTED_ASPECT = 0.93, 1.35
Box = tuple[slice, slice]


@dataclass(frozen=True, slots=True)
class Rules:
    """Which parts of an image count as particles."""

    least_area_px: float = 400.0
    least_solidity: float = 0.9
    most_aspect: float = 1.5


@dataclass(frozen=True, slots=True)
class Particle:
    """One particle in pixels; `edge_px` is the root of its area, the rectangle is the smallest around it."""

    x_px: float
    y_px: float
    area_px2: float
    edge_px: float
    # The edge with its border drawn nearer to and farther from the particle's own grey.
    inner_edge_px: float
    outer_edge_px: float
    outline: Outline


@dataclass(frozen=True, slots=True)
class Found:
    """The particles of an image, how it was looked at, and what was left out by its reason."""

    particles: tuple[Particle, ...]
    left_out: Mapping[str, int]
    polarity: Polarity
    threshold: float
    parted_count: int


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of an image above the threshold: its pixels and its surroundings, cut out; `others` are not its own."""

    mask: NDArray[np.bool_]
    others: NDArray[np.bool_]
    image: Pixels
    row: int
    column: int
    is_parted: bool = False


def find_particles(image: Floats, rules: Rules, *, polarity: Polarity | None = None) -> Found:
    """Return the cubes of an image, shape (rows, columns).

    Flat field, Otsu's threshold, opening, connected parts; parts at the border of the image, too small, hollow or
    long ones are left out after touching cubes were cut apart by the watershed of the distance to their border.
    Each border is drawn again halfway between the particle's own grey and that of its surroundings, because
    cubes of different thickness have different greys. Raises CannotAnalyse where nothing is found.
    """
    flat = flat_image(image)
    threshold = otsu_threshold(flat)
    told = polarity or told_polarity(flat, threshold)
    labels, count = particle_labels(flat, threshold, told)
    if count > MOST_PARTICLES:
        raise CannotAnalyse(f"{count:,} parts were found; this is noise or lattice, no image of single particles.")
    left_out: Counter[str] = Counter()
    particles: list[Particle] = []
    parted_count = 0
    for part in parts_of(labels, flat if told == "dark" else -flat, rules, left_out):
        parted_count += part.is_parted
        found = measured(part, rules)
        if isinstance(found, Particle):
            particles.append(found)
        else:
            left_out[found] += 1
    return Found(tuple(particles), dict(left_out), told, threshold, parted_count)


def parts_of(labels: Labels, flat: Pixels, rules: Rules, left_out: Counter[str]) -> Iterator[Part]:
    """Yield the parts that may be particles; the rest is counted in `left_out`."""
    areas = np.bincount(labels.ravel())
    for number, box in enumerate(ndimage.find_objects(labels), start=1):
        if areas[number] < rules.least_area_px:
            left_out["too small"] += 1
        elif is_at_border(box, labels.shape):
            left_out["at the border"] += 1
        else:
            yield from cut_out(labels, flat, number, widened(box))


def is_at_border(box: Box, shape: tuple[int, ...]) -> bool:
    """Say whether a part touches the border of the image."""
    rows, columns = box
    return bool(min(rows.start, columns.start) == 0 or rows.stop == shape[0] or columns.stop == shape[1])


def widened(box: Box) -> Box:
    """Return a box with a margin around it; slices end by themselves where the image does."""
    rows, columns = box
    return (
        slice(max(rows.start - MARGIN_PX, 0), rows.stop + MARGIN_PX),
        slice(max(columns.start - MARGIN_PX, 0), columns.stop + MARGIN_PX),
    )


def cut_out(labels: Labels, flat: Pixels, number: int, box: Box) -> Iterator[Part]:
    """Yield a connected part, or each of the particles it consists of when they touch."""
    window, image = labels[box], flat[box]
    mask = window == number
    around = (window != 0) & ~mask
    pieces = parted(mask) if is_doubtful(mask) else mask.astype(np.int32)
    count = int(pieces.max())
    for piece in range(1, count + 1):
        own = pieces == piece
        yield Part(own, around | (mask & ~own), image, box[0].start, box[1].start, count > 1)


def is_doubtful(mask: NDArray[np.bool_]) -> bool:
    """Say whether a part may be several particles: it does not fill its hull, or is long."""
    found = outline(mask)
    solidity: float = mask.sum() / found.hull_area_px2
    return solidity < PARTED_SOLIDITY or found.aspect_ratio > PARTED_ASPECT


def measured(part: Part, rules: Rules) -> Particle | str:
    """Return a part as a particle, or why it is none."""
    if part.mask.sum() < rules.least_area_px:
        return "too small"
    if isinstance(greys := own_greys(part), str):
        return greys
    own, background = greys
    near = (ndimage.distance_transform_cdt(~part.mask) <= BLUR_PX) & ~part.others
    levels = (own + part_of_way * (background - own) for part_of_way in (0.5, LOWER_LEVEL, UPPER_LEVEL))
    masks = [redrawn(part, near, level) for level in levels]
    area, inner, outer = (float(mask.sum()) for mask in masks)
    if area < rules.least_area_px:
        return "too small"
    found = outline(masks[0])
    if area / found.hull_area_px2 < rules.least_solidity:
        return "not convex"
    if found.aspect_ratio > rules.most_aspect:
        return "too long"
    rows, columns = np.nonzero(masks[0])
    return Particle(
        x_px=part.column + float(columns.mean()),
        y_px=part.row + float(rows.mean()),
        area_px2=area,
        edge_px=sqrt(area),
        inner_edge_px=sqrt(inner),
        outer_edge_px=sqrt(outer),
        outline=found,
    )


def own_greys(part: Part) -> tuple[float, float] | str:
    """Return the grey of a particle away from its border, and that of its own surroundings."""
    distance = ndimage.distance_transform_cdt(~(part.mask | part.others))
    inside = ndimage.distance_transform_cdt(part.mask) > NEAREST_PX
    outside = distance > NEAREST_PX
    if inside.sum() < LEAST_GREY_PX:
        inside = ndimage.binary_erosion(part.mask, SQUARE, iterations=2)
    if inside.sum() < LEAST_GREY_PX or outside.sum() < LEAST_GREY_PX:
        return "no room around it"
    own, background = float(np.median(part.image[inside])), float(np.median(part.image[outside]))
    return (own, background) if background > own else "no contrast"


def redrawn(part: Part, near: NDArray[np.bool_], grey: float) -> NDArray[np.bool_]:
    """Return a particle's pixels with its border at a grey, within the pixels near it, holes filled."""
    labels, count = ndimage.label((part.image < grey) & near)
    if count > 1:
        shares = np.bincount(labels[part.mask], minlength=count + 1)
        shares[0] = 0
        mask = labels == shares.argmax()
    else:
        mask = labels > 0
    # Filling takes long, and hardly a particle has a hole.
    is_whole = ndimage.label(~mask)[1] <= 1
    return np.asarray(mask if is_whole else ndimage.binary_fill_holes(mask))
