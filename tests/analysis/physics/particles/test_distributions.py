"""Normal and log-normal edges: maximum likelihood on the raw values, and when the two cannot be told apart."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import lognorm

from analysis.physics.particles.distributions import fit_distribution, preferred
from analysis.physics.particles.moments import moments
from analysis.physics.particles.normality import anderson_darling, normality
from analysis.physics.refusing import CannotAnalyse
from tests.analysis.physics.particles.test_moments import EDGES_NM, EXACT

SIZES = ("7", "9", "11", "17")


def test_both_distributions_of_ten_edges_are_those_of_the_worked_check() -> None:
    normal, log_normal = (fit_distribution(EDGES_NM, kind) for kind in ("normal", "log-normal"))

    assert (normal.location, normal.width) == pytest.approx((16.93, 1.006031808642252), rel=EXACT)
    assert (log_normal.location, log_normal.width) == pytest.approx(
        (2.8273036576851904, 0.05988896363085422), rel=EXACT
    )
    assert normal.aic == pytest.approx(32.49904446622064, rel=EXACT)
    assert log_normal.aic == pytest.approx(32.61958306980556, rel=EXACT)


def test_the_tests_of_normality_are_those_of_the_worked_check() -> None:
    tests = normality(EDGES_NM)

    assert tests.shapiro_w == pytest.approx(0.9939968086845014, rel=EXACT)
    assert tests.shapiro_p == pytest.approx(0.9995874157309158, rel=EXACT)
    assert tests.anderson_a2 == pytest.approx(0.09037138246766865, rel=EXACT)
    assert tests.dagostino_k2 == pytest.approx(0.10629293459383324, rel=EXACT)


@pytest.mark.parametrize("size", SIZES)
def test_the_lists_of_two_hundred_edges_give_every_expected_number(shared_data: Path, size: str) -> None:
    edges_nm = np.loadtxt(shared_data / "science" / f"tem_{size}nm.csv", skiprows=1)
    wanted = json.loads((shared_data / "science" / "expected" / "c_basic.json").read_text())["tem"][size]

    found = moments(edges_nm)
    normal, log_normal = (fit_distribution(edges_nm, kind) for kind in ("normal", "log-normal"))

    told = [found.mean_nm, found.std_nm, found.sem_nm, found.dispersion_percent, found.volume_weighted_nm]
    assert told == pytest.approx([wanted[key] for key in ("mean", "sd", "sem", "cv_pct", "L_vol")], rel=EXACT)
    assert (found.skewness, found.excess_kurtosis) == pytest.approx((wanted["skew"], wanted["kurt"]), rel=EXACT)
    assert (normal.aic, log_normal.aic) == pytest.approx((wanted["aic_norm"], wanted["aic_logn"]), rel=EXACT)
    assert (log_normal.location, log_normal.width) == pytest.approx((wanted["ln_mu"], wanted["ln_sig"]), rel=EXACT)
    assert anderson_darling(edges_nm) == pytest.approx(wanted["A2"], rel=EXACT)
    tests = normality(edges_nm)
    assert (tests.shapiro_w, tests.shapiro_p) == pytest.approx(tuple(wanted["W_p"]), rel=EXACT)


def test_a_difference_of_less_than_two_tells_no_distribution() -> None:
    normal, log_normal = (fit_distribution(EDGES_NM, kind) for kind in ("normal", "log-normal"))

    best, is_told_apart = preferred(normal, log_normal)

    assert best.kind == "normal"
    assert not is_told_apart


def test_a_skewed_list_is_log_normal() -> None:
    edges_nm = np.random.default_rng(3).lognormal(2.3, 0.4, 300)

    best, is_told_apart = preferred(*(fit_distribution(edges_nm, kind) for kind in ("normal", "log-normal")))

    assert best.kind == "log-normal"
    assert is_told_apart


@pytest.mark.parametrize("kind", ["normal", "log-normal"])
def test_a_density_has_the_area_one(kind: str) -> None:
    found = fit_distribution(EDGES_NM, "normal" if kind == "normal" else "log-normal")

    area, _ = quad(lambda edge: float(found.density_per_nm(np.array([edge]))[0]), 5, 40)

    assert area == pytest.approx(1.0, abs=1e-7)


def test_the_kurtosis_of_a_log_normal_distribution_is_its_own() -> None:
    found = fit_distribution(EDGES_NM, "log-normal")

    assert found.excess_kurtosis == pytest.approx(float(lognorm.stats(found.width, moments="k")), rel=1e-8)


def test_fewer_than_eight_edges_are_not_tested() -> None:
    with pytest.raises(CannotAnalyse, match="too few"):
        normality(EDGES_NM[:7])


def test_more_than_five_thousand_edges_have_no_shapiro_wilk() -> None:
    tests = normality(np.random.default_rng(1).normal(10, 1, 5_001))

    assert tests.shapiro_w is None
    assert tests.dagostino_k2 > 0
