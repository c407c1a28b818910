"""Sizes of particles from lists of edge lengths that were measured by hand."""

from dataclasses import dataclass

import numpy as np

from analysis.methods.contract import Outcome, Signal, Work
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
from analysis.methods.stating import number_or_none, scale_percent
from analysis.physics.fitting.problem import Floats
from analysis.physics.particles.checking import check_edges, in_nm
from analysis.physics.refusing import CannotAnalyse
from analysis.publishing.rounding import Number, printed

ORIGIN = "measured by hand"


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """All lists of one sample together: edges, the particles' numbers, and on which image each was."""

    edges_nm: Floats
    particles: Floats
    images: Floats | None


def run(work: Work) -> Outcome:
    """Return the statistics of the edge lengths of one sample."""
    lists = lists_of(work)
    sizes = sizes_of(
        lists.edges_nm, lists.particles, images=lists.images,
        scale_percent=scale_percent(work), width_nm=number_or_none(work, "bin_width_nm"),
        origin=ORIGIN,
    )  # fmt: skip
    return Outcome(
        results=size_results(sizes),
        statistics={**size_statistics(sizes), "lists": len(work.signals["edges"])},
        flags=size_flags(sizes),
        parameters=size_parameters(sizes),
        alternatives=size_alternatives(sizes),
        plots=(size_histogram(sizes),),
        tables=(bins_table(sizes),),
        says=sentence(sizes),
    )


def lists_of(work: Work) -> Lists:
    """Return the lists in nm, one after the other; raises CannotAnalyse for one that cannot be used."""
    signals = work.signals["edges"]
    units = sorted({one.unit for one in signals})
    if len(units) > 1:
        raise CannotAnalyse(f"The lists are in different units ({', '.join(units)}); give them in one.")
    nm_per_px = number_or_none(work, "nm_per_px")
    edges = [in_nm(np.asarray(one.values, dtype=float).ravel(), one.unit, nm_per_px) for one in signals]
    for edges_nm, one in zip(edges, signals, strict=True):
        check_edges(edges_nm, one.x)
    images = [images_of(one, place) for place, one in enumerate(signals)]
    has_images = len(signals) > 1 or images[0][0] >= 0
    together = np.concatenate(edges)
    return Lists(together, np.concatenate([one.x for one in signals]), np.concatenate(images) if has_images else None)


def images_of(signal: Signal, place: int) -> Floats:
    """Return a number for the image of each particle that no other list shares; −1 where the list names none."""
    numbers = next((one.values for one in signal.others if one.name == "image"), None)
    if numbers is None or len(numbers) != len(signal.values):
        return np.full(len(signal.values), float(place) if place else -1.0)
    return np.asarray(np.unique(numbers, return_inverse=True)[1] + 1e6 * (place + 1), dtype=float)


def sentence(sizes: Sizes) -> str:
    """Return what the list says in one sentence."""
    found = sizes.found
    mean = printed(Number(found.mean_nm, sizes.scaled(found.mean_nm, sizes.mean_stderr_nm)))
    return (
        f"{found.n_count} particles: mean edge {mean} nm, spread (sd) {found.std_nm:.3g} nm, "
        f"which is {found.dispersion_percent:.3g} % of the mean."
    )
