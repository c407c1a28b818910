"""Lists of edge lengths of known distributions."""

from collections.abc import Callable
from functools import partial
from math import exp, log, sqrt

import numpy as np

from analysis.methods.contract import SettingValue, Signal, Work
from scripts.coverage.case import Case

MEAN_NM, STD_NM = 11.0, 1.2
LN_WIDTH = sqrt(log(1 + (STD_NM / MEAN_NM) ** 2))
LN_MIDDLE = log(MEAN_NM) - LN_WIDTH**2 / 2
SCALE_PERCENT = 1.5
BETWEEN_NM, IMAGES, PER_IMAGE = 0.5, 12, 25

# ⟨L⁴⟩/⟨L³⟩ of both distributions.
NORMAL_VOLUME_NM = (MEAN_NM**4 + 6 * MEAN_NM**2 * STD_NM**2 + 3 * STD_NM**4) / (MEAN_NM**3 + 3 * MEAN_NM * STD_NM**2)
LOG_VOLUME_NM = MEAN_NM * exp(3 * LN_WIDTH**2)


def listed(edges_nm: np.ndarray, images: np.ndarray | None = None, **settings: SettingValue) -> Work:
    """Return the work of one list."""
    x = np.arange(1.0, len(edges_nm) + 1)
    others = () if images is None else (Signal(images, "", x, "particle", name="image", role="monitor"),)
    return Work({"edges": (Signal(edges_nm, "nm", x, "particle", name="edge", others=others),)}, settings=settings)


def normal(count: int, rng: np.random.Generator) -> Work:
    """Return normally distributed edges."""
    return listed(rng.normal(MEAN_NM, STD_NM, count))


def log_normal(count: int, rng: np.random.Generator) -> Work:
    """Return log-normally distributed edges."""
    return listed(rng.lognormal(LN_MIDDLE, LN_WIDTH, count))


def wrongly_scaled(rng: np.random.Generator) -> Work:
    """Return edges measured with a scale that is off by its own error."""
    scale = 1 + SCALE_PERCENT / 100 * rng.standard_normal()
    return listed(scale * rng.normal(MEAN_NM, STD_NM, 400), scale_stderr_percent=SCALE_PERCENT)


def of_images(rng: np.random.Generator) -> Work:
    """Return edges on images whose means differ."""
    images = np.repeat(np.arange(float(IMAGES)), PER_IMAGE)
    shifts_nm = rng.normal(0, BETWEEN_NM, IMAGES)[images.astype(int)]
    return listed(rng.normal(MEAN_NM, STD_NM, len(images)) + shifts_nm, images)


def case(name: str, simulate: Callable[[np.random.Generator], Work], *, is_weak: bool = False, **truths: float) -> Case:
    """Return a case of lists."""
    return Case("particle_sizes", name, simulate, truths, is_weak)


CASES: tuple[Case, ...] = (
    case(
        "400 normal edges", partial(normal, 400), edge_length=MEAN_NM, edge_length_std=STD_NM,
        edge_length_volume=NORMAL_VOLUME_NM, edge_length_dispersion=100 * STD_NM / MEAN_NM, edge_length_median=MEAN_NM,
    ),
    case(
        "400 log-normal edges", partial(log_normal, 400), edge_length=MEAN_NM, edge_length_std=STD_NM,
        edge_length_volume=LOG_VOLUME_NM, edge_length_median=exp(LN_MIDDLE),
    ),
    case("10 edges", partial(normal, 10), is_weak=True, edge_length=MEAN_NM, edge_length_std=STD_NM),
    case("a scale off by its error", wrongly_scaled, edge_length=MEAN_NM, edge_length_std=STD_NM),
    case("images that differ", of_images, is_weak=True, edge_length=MEAN_NM),
)  # fmt: skip
