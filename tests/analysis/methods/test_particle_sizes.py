"""Sizes from lists: both errors told, the scale in quadrature, and bad lists refused with their particles."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.methods.contract import Outcome, Signal, Work
from analysis.methods.running import run_method

EDGES_NM = np.random.default_rng(11).normal(11.0, 1.2, 200)


def edge_list(edges: NDArray[np.float64], *, unit: str = "nm", images: NDArray[np.float64] | None = None) -> Signal:
    x = np.arange(1.0, len(edges) + 1)
    others = () if images is None else (Signal(images, "", x, "particle", name="image", role="monitor"),)
    return Signal(edges, unit, x, "particle", name="edge", technique="TEM edges", others=others)


def sized(*lists: Signal, **settings: float) -> Outcome:
    return run_method("particle_sizes", Work({"edges": lists}, settings=settings))


def value(outcome: Outcome, name: str) -> float:
    found = next(one.value for one in outcome.results if one.name == name)
    assert found is not None
    return found


def stderr(outcome: Outcome, name: str) -> float:
    found = next(one.stderr for one in outcome.results if one.name == name)
    assert found is not None
    return found


def test_a_good_list_is_told_without_a_flag() -> None:
    outcome = sized(edge_list(EDGES_NM))

    assert outcome.refused == ""
    assert outcome.flags == ()
    assert value(outcome, "edge_length") == pytest.approx(EDGES_NM.mean())
    assert stderr(outcome, "edge_length") == pytest.approx(EDGES_NM.std(ddof=1) / np.sqrt(200))
    assert "spread (sd)" in outcome.says


def test_trap_35_spread_and_error_of_the_mean_are_results_of_their_own() -> None:
    outcome = sized(edge_list(EDGES_NM))

    assert value(outcome, "edge_length_std") == pytest.approx(EDGES_NM.std(ddof=1))
    assert value(outcome, "edge_length_sem") == pytest.approx(EDGES_NM.std(ddof=1) / np.sqrt(200))


def test_the_error_of_the_scale_is_added_in_quadrature_and_no_number_of_particles_lessens_it() -> None:
    many = np.random.default_rng(1).normal(11.0, 1.2, 100_000)

    outcome = sized(edge_list(many), scale_stderr_percent=2.0)

    assert stderr(outcome, "edge_length") == pytest.approx(0.22, rel=0.01)
    assert stderr(outcome, "edge_length_volume") == pytest.approx(0.228, rel=0.02)
    assert value(outcome, "edge_length_sem") < 0.01


def test_the_error_of_a_calibrated_pixel_is_that_of_the_scale() -> None:
    many = np.random.default_rng(1).normal(11.0, 1.2, 100_000)

    outcome = sized(edge_list(many), nm_per_px=0.2, nm_per_px_stderr=0.004)

    assert stderr(outcome, "edge_length") == pytest.approx(0.22, rel=0.01)


def test_the_scale_widens_the_interval_of_few_particles_too() -> None:
    few = edge_list(EDGES_NM[:10])

    plain, scaled = sized(few), sized(few, scale_stderr_percent=5.0)

    assert plain.results[0].low is not None
    assert scaled.results[0].low is not None
    assert scaled.results[0].low < plain.results[0].low


def test_fewer_than_eight_particles_are_flagged_and_not_tested() -> None:
    outcome = sized(edge_list(EDGES_NM[:6]))

    assert [flag.code for flag in outcome.flags] == ["few_particles"]
    assert "no test" in str(outcome.statistics["normality"])
    assert "shapiro_w" not in outcome.statistics


def test_distributions_that_cannot_be_told_apart_are_said_to_be(shared_data: Path) -> None:
    edges = np.loadtxt(shared_data / "science" / "tem_11nm.csv", skiprows=1)

    outcome = sized(edge_list(edges))

    assert outcome.statistics["distribution"] == "normal and log-normal are not distinguishable"
    assert [round(one.aic, 4) for one in outcome.alternatives] == [637.6643, 636.3296]


def test_images_that_differ_are_flagged_and_give_the_error_of_images() -> None:
    images = np.repeat(np.arange(4.0), 50)
    shifted = EDGES_NM + np.repeat([-1.5, 1.0, 1.5, -1.0], 50)

    outcome = sized(edge_list(shifted, images=images))

    assert [flag.code for flag in outcome.flags] == ["images_differ"]
    assert stderr(outcome, "edge_length") > 3 * shifted.std(ddof=1) / np.sqrt(200)
    assert outcome.statistics["images"] == 4


def test_several_lists_are_pooled_and_compared() -> None:
    outcome = sized(edge_list(EDGES_NM[:100]), edge_list(EDGES_NM[100:]))

    assert value(outcome, "particle_count") == 200
    assert outcome.statistics["images"] == 2


def test_two_populations_are_flagged() -> None:
    two = np.concatenate([EDGES_NM[:100], EDGES_NM[100:] + 8])

    outcome = sized(edge_list(two))

    assert "two_populations" in [flag.code for flag in outcome.flags]


@pytest.mark.parametrize(
    ("edges", "unit", "said"),
    [
        (np.append(EDGES_NM, 0.0), "nm", "particle 201"),
        (np.append(EDGES_NM, -4.0), "nm", "not above zero"),
        (np.append(EDGES_NM, np.nan), "nm", "not above zero"),
        (np.append(EDGES_NM, 110.0), "nm", "mix units"),
        (EDGES_NM[:2], "nm", "too few"),
        (np.zeros(50), "nm", "not above zero"),
        (EDGES_NM, "eV", "is “eV”"),
        (EDGES_NM, "px", "nm_per_px"),
    ],
)
def test_a_bad_list_is_refused_with_what_to_do(edges: NDArray[np.float64], unit: str, said: str) -> None:
    outcome = sized(edge_list(edges, unit=unit))

    assert said in outcome.refused
    assert outcome.results == ()


def test_lists_in_different_units_are_not_pooled() -> None:
    outcome = sized(edge_list(EDGES_NM), edge_list(EDGES_NM * 10, unit="Å"))

    assert "different units" in outcome.refused


def test_pixels_are_scaled() -> None:
    outcome = sized(edge_list(EDGES_NM / 0.22, unit="px"), nm_per_px=0.22)

    assert value(outcome, "edge_length") == pytest.approx(EDGES_NM.mean())


def test_the_histogram_holds_every_particle_under_both_distributions() -> None:
    (plot,) = sized(edge_list(EDGES_NM)).plots

    assert plot.drawn == "bars"
    assert plot.observed.sum() == 200
    assert set(plot.components) == {"normal", "log-normal"}


def test_every_result_is_a_quantity_in_its_unit() -> None:
    from analysis.methods.table import METHODS
    from analysis.quantities import unit_of

    outcome = sized(edge_list(EDGES_NM))

    assert [one.name for one in outcome.results if one.name not in METHODS["particle_sizes"].results] == []
    assert [one.name for one in outcome.results if one.unit != unit_of(one.name)] == []


def test_the_lists_of_the_campaign_tell_their_truth(shared_data: Path) -> None:
    from measurements.readers.reading import read_source
    from measurements.readers.source import Source

    campaign = shared_data / "campaign"
    truths = json.loads((campaign / "truth.json").read_text())["files"]
    pulls = []
    for name, truth in truths.items():
        if truth["technique"] != "TEM edges":
            continue
        with Source.of_path(campaign / name) as source:
            channels = read_source(source).recordings[0].channels
        outcome = sized(edge_list(channels[0].values), scale_stderr_percent=0.5)
        assert not [flag for flag in outcome.flags if flag.is_grave]
        for result, key in (("edge_length", "mean_nm"), ("edge_length_std", "sd_nm")):
            pulls.append((value(outcome, result) - truth[key]) / stderr(outcome, result))

    assert len(pulls) >= 8
    assert np.abs(pulls).max() < 4
