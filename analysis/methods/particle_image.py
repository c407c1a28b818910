"""Sizes of cubes that are found in an electron micrograph without a hand on it."""

from math import sqrt

import numpy as np

from analysis.methods.contract import Flag, Outcome, Plot, Result, ResultTable, SettingValue, Signal, Work
from analysis.methods.size_results import (
    bins_table,
    size_alternatives,
    size_flags,
    size_histogram,
    size_parameters,
    size_results,
    size_statistics,
)
from analysis.methods.sizes import Sizes, sizes_of
from analysis.methods.stating import number, scale_percent, word
from analysis.physics.fitting.problem import Floats
from analysis.physics.particles.moments import LEAST_COUNT
from analysis.physics.particles.picture.measuring import Found, Particle, Rules, find_particles
from analysis.physics.particles.picture.segmenting import Polarity
from analysis.physics.refusing import CannotAnalyse
from analysis.publishing.rounding import Number, printed

ORIGIN = "automatic"
# Cubes are seen as squares; above this mean aspect the root of the area is no edge.
MOST_MEAN_ASPECT = 1.15
# Where half of what was found is left out, the rest need not be typical.
MOST_LEFT_OUT_RATIO = 0.5
REASONS_OF_CHOICE = ("not convex", "too long", "no room around it", "no contrast")


def run(work: Work) -> Outcome:
    """Return the sizes of the cubes of one image."""
    signal = work.signals["image"][0]
    image = image_of(signal)
    nm_per_px = number(work, "nm_per_px")
    found = find_particles(image, rules_of(work), polarity=polarity_of(work))
    edges_nm = nm_per_px * np.array([edge_px(one, word(work, "edge")) for one in found.particles])
    if len(edges_nm) < LEAST_COUNT:
        return Outcome(refused=too_few(found), plots=(picture(image, found, nm_per_px),))
    sizes = sizes_of(
        edges_nm, np.arange(1.0, len(edges_nm) + 1),
        scale_percent=scale_percent(work), origin=ORIGIN,
    )  # fmt: skip
    return Outcome(
        results=(*size_results(sizes), aspect_result(found)),
        statistics={**size_statistics(sizes), **image_statistics(found, nm_per_px)},
        flags=(*size_flags(sizes), *image_flags(found)),
        parameters=size_parameters(sizes),
        alternatives=size_alternatives(sizes),
        plots=(picture(image, found, nm_per_px), size_histogram(sizes)),
        tables=(particle_table(found, edges_nm, nm_per_px), bins_table(sizes)),
        says=sentence(sizes, found),
    )


def image_of(signal: Signal) -> Floats:
    """Return the pixels of an image in real space; raises CannotAnalyse for anything else."""
    if np.ndim(signal.values) != 2:
        raise CannotAnalyse("This is no image; choose a recording with rows and columns.")
    if signal.x_unit.replace(" ", "").lower() in {"1/nm", "nm^-1", "1/å", "1/a"}:
        raise CannotAnalyse("This is a diffraction pattern; particles are sized in images.")
    return signal.values


def rules_of(work: Work) -> Rules:
    """Return which parts count as particles."""
    return Rules(number(work, "least_area_px"), number(work, "least_solidity"), number(work, "most_aspect"))


def polarity_of(work: Work) -> Polarity | None:
    """Return whether particles are dark or bright, None to be told by the image."""
    stated = word(work, "polarity")
    return "dark" if stated == "dark" else "bright" if stated == "bright" else None


def edge_px(particle: Particle, edge: str) -> float:
    """Return a particle's edge: the root of its area, or the mean side of the rectangle around it."""
    if edge == "mean side of the rectangle":
        return sqrt(particle.outline.long_px * particle.outline.short_px)
    return particle.edge_px


def too_few(found: Found) -> str:
    """Return why an image gives no sizes."""
    left = ", ".join(f"{count} {reason}" for reason, count in sorted(found.left_out.items()))
    return (
        f"Only {len(found.particles)} particles were found (left out: {left or 'none'}). State polarity, "
        "least_area_px or least_solidity if the picture shows more, or measure by hand."
    )


def aspect_result(found: Found) -> Result:
    """Return the mean aspect of the rectangles around the particles."""
    aspects = np.array([one.outline.aspect_ratio for one in found.particles])
    stderr = float(aspects.std(ddof=1)) / sqrt(len(aspects))
    return Result("particle_aspect", float(aspects.mean()), stderr, "", note=ORIGIN)


def image_statistics(found: Found, nm_per_px: float) -> dict[str, SettingValue]:
    """Return how the image was looked at, and how much hangs on where borders are drawn."""
    halves = [(one.outer_edge_px - one.inner_edge_px) / 2 for one in found.particles]
    return {
        "nm_per_px": nm_per_px,
        "polarity": found.polarity,
        "threshold": found.threshold,
        "border": "halfway between the grey of each particle and its surroundings",
        "edge_change_at_40_and_60_percent_nm": nm_per_px * float(np.mean(halves)),
        "parted_by_watershed": found.parted_count,
        **{f"left_out_{reason.replace(' ', '_')}": count for reason, count in sorted(found.left_out.items())},
    }


def image_flags(found: Found) -> tuple[Flag, ...]:
    """Return what speaks against the particles that were found."""
    flags = []
    aspect = float(np.mean([one.outline.aspect_ratio for one in found.particles]))
    if aspect > MOST_MEAN_ASPECT:
        text = f"The particles are {aspect:.2f} times as long as wide; the root of the area is not the edge of a cube."
        flags.append(Flag("not_cubes", text))
    left = sum(found.left_out.get(reason, 0) for reason in REASONS_OF_CHOICE)
    if left > MOST_LEFT_OUT_RATIO * (left + len(found.particles)):
        text = f"{left} parts of the image were left out beside {len(found.particles)} particles; look at the outlines."
        flags.append(Flag("many_left_out", text, is_grave=True))
    return tuple(flags)


def particle_table(found: Found, edges_nm: Floats, nm_per_px: float) -> ResultTable:
    """Return the particles with place, edge and rectangle, as the page draws them on the image."""
    columns = (
        ("particle", ""), ("x", "px"), ("y", "px"), ("edge", "nm"), ("long side", "nm"), ("short side", "nm"),
        ("aspect", ""), ("angle", "deg"), ("area", "nm²"), ("origin", ""),
    )  # fmt: skip
    rows = tuple(
        (
            float(place), one.x_px, one.y_px, float(edge), one.outline.long_px * nm_per_px,
            one.outline.short_px * nm_per_px, one.outline.aspect_ratio, one.outline.angle_deg,
            one.area_px2 * nm_per_px**2, ORIGIN,
        )
        for place, (one, edge) in enumerate(zip(found.particles, edges_nm, strict=True), start=1)
    )  # fmt: skip
    return ResultTable("particles", "Particles", columns, rows)


def picture(image: Floats, found: Found, nm_per_px: float) -> Plot:
    """Return the image, with a mark (x, y, number) at each particle."""
    rows, columns = image.shape
    marks = tuple((one.x_px, one.y_px, str(place)) for place, one in enumerate(found.particles, start=1))
    return Plot(
        "picture", f"Image, {nm_per_px:g} nm per px", "x", "px", "Intensity", "", np.arange(float(columns)),
        np.empty(0), marks=marks, picture=image, rows=np.arange(float(rows)), rows_label="y", rows_unit="px",
    )  # fmt: skip


def sentence(sizes: Sizes, found: Found) -> str:
    """Return what the image says in one sentence."""
    told = sizes.found
    mean = printed(Number(told.mean_nm, sizes.scaled(told.mean_nm, sizes.mean_stderr_nm)))
    return (
        f"{told.n_count} cubes found: mean edge {mean} nm, spread (sd) {told.std_nm:.3g} nm; "
        f"{sum(found.left_out.values())} parts left out."
    )
