"""A list of edge lengths with everything that is computed from it, for lists and images alike."""

from dataclasses import dataclass
from math import hypot

from analysis.physics.fitting.problem import Floats
from analysis.physics.particles.between_images import BetweenImages, between_images
from analysis.physics.particles.distributions import Distribution, fit_distribution, preferred
from analysis.physics.particles.histogram import Histogram, histogram
from analysis.physics.particles.moments import Moments, moments
from analysis.physics.particles.normality import LEAST_COUNT, Normality, normality
from analysis.physics.particles.two_populations import TwoPopulations, fit_two_populations

# Below the first probability the error of the mean is that of images, below the second it is flagged.
DOUBTFUL_P, TOO_SMALL_P = 0.05, 0.001
# Two populations are told when they gain this much over one distribution and their peaks stand apart.
LEAST_GAIN, LEAST_SEPARATION = 10.0, 2.0
# Longer lists are no list of a person; the search for two populations would take long.
MOST_SEARCHED = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Sizes:
    """A list of edge lengths in nm with everything that is computed from it."""

    edges_nm: Floats
    particles: Floats
    scale_percent: float | None
    found: Moments
    normal: Distribution
    log_normal: Distribution
    bars: Histogram
    tests: Normality | None
    groups: BetweenImages | None
    two: TwoPopulations | None
    origin: str

    @property
    def best(self) -> Distribution:
        """The distribution of lower AIC."""
        return preferred(self.normal, self.log_normal)[0]

    @property
    def are_images_different(self) -> bool:
        """Whether the images seem to differ, so that whole images are what was drawn at random."""
        return self.groups is not None and self.groups.p < DOUBTFUL_P

    @property
    def mean_stderr_nm(self) -> float:
        """The random error of the mean, without that of the scale."""
        if self.groups is not None and self.are_images_different:
            return max(self.groups.mean_stderr_nm, self.found.sem_nm)
        return self.found.sem_nm

    @property
    def has_two_populations(self) -> bool:
        """Whether two Gaussians describe the list clearly better than one distribution."""
        if self.two is None:
            return False
        gain = min(self.normal.aicc, self.log_normal.aicc) - self.two.aicc
        return gain > LEAST_GAIN and self.two.separation_ratio > LEAST_SEPARATION

    def scaled(self, value_nm: float, stderr_nm: float) -> float:
        """Return an error with that of the scale added in quadrature; no number of particles makes it smaller."""
        return hypot(stderr_nm, value_nm * (self.scale_percent or 0.0) / 100)


def sizes_of(
    edges_nm: Floats, particles: Floats, *, images: Floats | None = None, scale_percent: float | None = None,
    width_nm: float | None = None, origin: str,
) -> Sizes:  # fmt: skip
    """Return what edge lengths, shape (n,), tell; `images` says on which image each was."""
    is_enough = len(edges_nm) >= LEAST_COUNT
    found = moments(edges_nm)
    return Sizes(
        edges_nm=edges_nm,
        particles=particles,
        scale_percent=scale_percent,
        found=found,
        normal=fit_distribution(edges_nm, "normal"),
        log_normal=fit_distribution(edges_nm, "log-normal"),
        bars=histogram(edges_nm, width_nm),
        tests=normality(edges_nm) if is_enough else None,
        groups=None if images is None else between_images(edges_nm, images),
        two=fit_two_populations(edges_nm) if LEAST_COUNT <= len(edges_nm) <= MOST_SEARCHED else None,
        origin=origin,
    )
