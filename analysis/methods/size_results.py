"""Edge lengths as methods tell them: results with both errors, distributions compared, histogram, flags."""

from collections.abc import Mapping
from math import hypot, sqrt

import numpy as np
from scipy.special import stdtrit

from analysis.methods.contract import Alternative, FitParameter, Flag, Plot, Result, ResultTable, SettingValue
from analysis.methods.sizes import TOO_SMALL_P, Sizes
from analysis.physics.fitting.problem import Floats
from analysis.physics.particles.between_images import BetweenImages
from analysis.physics.particles.checking import outliers
from analysis.physics.particles.distributions import preferred
from analysis.physics.particles.moments import mean_interval_nm, std_interval_nm, std_stderr_nm
from analysis.physics.particles.normality import LEAST_COUNT, Normality

ONE_SIGMA = 0.682689492137086
# Up to here the interval by Student's t differs from value ± error by more than two percent.
FEW_COUNT = 30


def size_results(sizes: Sizes) -> tuple[Result, ...]:
    """Return mean, spread, error of the mean, median, volume-weighted mean and relative spread."""
    found = sizes.found
    std_stderr = std_stderr_nm(found, sizes.best.excess_kurtosis)
    told = (
        ("edge_length", found.mean_nm, sizes.mean_stderr_nm, mean_arms_nm(sizes)),
        ("edge_length_std", found.std_nm, std_stderr, few_interval_nm(sizes, std_interval_nm(found, ONE_SIGMA))),
        ("edge_length_median", found.median_nm, median_stderr_nm(sizes), None),
        ("edge_length_volume", found.volume_weighted_nm, found.volume_weighted_stderr_nm, None),
    )
    lengths = []
    for name, value, stderr, interval in told:
        low, high = stretched(sizes, value, interval) if interval else (None, None)
        lengths.append(Result(name, value, sizes.scaled(value, stderr), "nm", low, high, sizes.origin))
    dispersion_stderr = found.dispersion_percent * hypot(std_stderr / found.std_nm, found.sem_nm / found.mean_nm)
    return (
        *lengths,
        Result("edge_length_sem", sizes.mean_stderr_nm, None, "nm", note=sizes.origin),
        Result("edge_length_dispersion", found.dispersion_percent, dispersion_stderr, "%", note=sizes.origin),
        Result("particle_count", float(found.n_count), None, ""),
    )


def few_interval_nm(sizes: Sizes, interval_nm: tuple[float, float]) -> tuple[float, float] | None:
    """Return an interval where few particles make it differ from value ± error."""
    return interval_nm if sizes.found.n_count < FEW_COUNT else None


def mean_arms_nm(sizes: Sizes) -> tuple[float, float] | None:
    """Return the interval of the mean by Student's t: over the images where they differ, over few particles."""
    if sizes.groups is None or not sizes.are_images_different:
        return few_interval_nm(sizes, mean_interval_nm(sizes.found, ONE_SIGMA))
    half_nm = float(stdtrit(sizes.groups.image_count - 1, 0.5 + ONE_SIGMA / 2)) * sizes.mean_stderr_nm
    return sizes.found.mean_nm - half_nm, sizes.found.mean_nm + half_nm


def stretched(sizes: Sizes, value_nm: float, interval_nm: tuple[float, float]) -> tuple[float, float]:
    """Return an interval with the error of the scale added to each of its arms in quadrature."""
    low_nm, high_nm = interval_nm
    return value_nm - sizes.scaled(value_nm, value_nm - low_nm), value_nm + sizes.scaled(value_nm, high_nm - value_nm)


def median_stderr_nm(sizes: Sizes) -> float:
    """Return the error of the median, 1/(2 f √n) with the density of the better distribution there."""
    density = float(sizes.best.density_per_nm(np.array([sizes.found.median_nm]))[0])
    return 1 / (2 * density * sqrt(sizes.found.n_count)) if density > 0 else sizes.found.std_nm


def size_flags(sizes: Sizes) -> tuple[Flag, ...]:
    """Return what a person should know before the sizes are used."""
    found, count = sizes.found, sizes.found.n_count
    far = outliers(sizes.edges_nm, sizes.particles)
    two = sizes.two
    peaks = f"{two.first_nm:.3g} and {two.second_nm:.3g} nm" if two else ""
    told = (
        (count < LEAST_COUNT, "few_particles",
         f"{count} particles only: no test of the distribution, and a spread that is hardly known. Measure more."),
        (sizes.has_two_populations, "two_populations",
         f"Two populations, around {peaks}, describe the list better than one; look at the histogram."),
        (sizes.groups is not None and sizes.groups.p < TOO_SMALL_P, "images_differ",
         "The images differ by more than chance; the error of the mean is that of images, not of particles."),
        (bool(far), "outliers", f"Far from all others: {far}. Look whether they are particles."),
        (found.dispersion_percent > 100, "spread",
         "The spread is larger than the mean; look whether the list holds lengths in one unit."),
    )  # fmt: skip
    return tuple(Flag(code, text, is_grave=code == "spread") for is_so, code, text in told if is_so)


def size_statistics(sizes: Sizes) -> dict[str, SettingValue]:
    """Return every statistic of the list by a name that says what it is."""
    found, tests, groups = sizes.found, sizes.tests, sizes.groups
    best, is_told_apart = preferred(sizes.normal, sizes.log_normal)
    mean_low, mean_high = mean_interval_nm(found, 0.95)
    std_low, std_high = std_interval_nm(found, 0.95)
    return {
        "likelihood": "maximum likelihood on the raw lengths",
        "origin": sizes.origin,
        "n": found.n_count,
        "sd_nm": found.std_nm,
        "sem_nm": found.sem_nm,
        "mean_ci95_low_nm": mean_low,
        "mean_ci95_high_nm": mean_high,
        "sd_ci95_low_nm": std_low,
        "sd_ci95_high_nm": std_high,
        "mad_sd_nm": found.mad_std_nm,
        "skewness": found.skewness,
        "excess_kurtosis": found.excess_kurtosis,
        "aic_normal": sizes.normal.aic,
        "aic_log_normal": sizes.log_normal.aic,
        "distribution": best.kind if is_told_apart else "normal and log-normal are not distinguishable",
        "aicc_two_gaussians": sizes.two.aicc if sizes.two else None,
        "scale_error": "not stated" if sizes.scale_percent is None else f"{sizes.scale_percent:g} %, in quadrature",
        "bin_width_nm": sizes.bars.width_nm,
        **(normality_told(tests) if tests else {"normality": f"no test below {LEAST_COUNT} particles"}),
        **(images_told(groups) if groups else {}),
    }


def normality_told(tests: Normality) -> dict[str, SettingValue]:
    """Return the tests of normality as statistics."""
    return {
        "shapiro_w": tests.shapiro_w,
        "shapiro_p": tests.shapiro_p,
        "anderson_a2": tests.anderson_a2,
        "dagostino_k2": tests.dagostino_k2,
        "dagostino_p": tests.dagostino_p,
    }


def images_told(groups: BetweenImages) -> dict[str, SettingValue]:
    """Return the comparison of images as statistics."""
    return {
        "images": groups.image_count,
        "between_images_sd_nm": groups.between_std_nm,
        "between_images_f": groups.f_ratio,
        "between_images_p": groups.p,
        "mean_stderr_of_images_nm": groups.mean_stderr_nm,
    }


def size_parameters(sizes: Sizes) -> tuple[FitParameter, ...]:
    """Return mean and width of both distributions with their maximum-likelihood errors, σ/√n and σ/√(2n)."""
    told = []
    for one, unit in ((sizes.normal, "nm"), (sizes.log_normal, "")):
        stderr = one.width / sqrt(one.n_count)
        told.append(FitParameter(f"{one.kind} location", unit, one.location, stderr, -np.inf, np.inf, one.location))
        told.append(FitParameter(f"{one.kind} width", unit, one.width, stderr / sqrt(2), 0.0, np.inf, one.width))
    return tuple(told)


def size_alternatives(sizes: Sizes) -> tuple[Alternative, ...]:
    """Return the distributions that were compared on the same lengths."""
    best, is_told_apart = preferred(sizes.normal, sizes.log_normal)
    note = "" if is_told_apart else "not distinguishable: the AIC differ by less than 2"
    return tuple(
        Alternative(one.kind, 2, one.minus_2_ln_l, one.aic, one.aicc, one.bic, one is best, note)
        for one in (sizes.normal, sizes.log_normal)
    )


def size_histogram(sizes: Sizes) -> Plot:
    """Return the histogram with both distributions, n × bin width × density, drawn over it."""
    bars = sizes.bars
    span_nm = np.linspace(bars.bounds_nm[0], bars.bounds_nm[-1], 400)
    model_x = span_nm[span_nm > 0]
    area = sizes.found.n_count * bars.width_nm
    drawn: Mapping[str, Floats] = {
        one.kind: area * one.density_per_nm(model_x) for one in (sizes.normal, sizes.log_normal)
    }
    return Plot(
        "sizes", "Edge lengths", "Edge length", "nm", "Particles", "", bars.bounds_nm[:-1], bars.counts.astype(float),
        model=drawn[sizes.best.kind], model_x=model_x, components=drawn,
        marks=((sizes.found.mean_nm, None, "mean"),), drawn="bars",
    )  # fmt: skip


def bins_table(sizes: Sizes) -> ResultTable:
    """Return the bins of the histogram, so that the figure can be drawn again."""
    bars = sizes.bars
    rows = zip(bars.bounds_nm[:-1], bars.bounds_nm[1:], bars.counts, strict=True)
    columns = (("from", "nm"), ("to", "nm"), ("particles", ""))
    return ResultTable("bins", "Histogram", columns, tuple((float(a), float(b), float(c)) for a, b, c in rows))
