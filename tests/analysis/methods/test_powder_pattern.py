"""A whole powder pattern as a method: what it finds, asks for, refuses and flags."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.methods.contract import Outcome, Signal
from analysis.quantities import QUANTITIES
from measurements.readers.reading import read_source
from measurements.readers.source import Source
from tests.analysis.powder import (
    CU,
    CU_ANGLES,
    MO,
    MO_ANGLES,
    analysed,
    assert_close,
    codes,
    counted,
    grave,
    integrated,
    mean_pattern,
    result,
)

INSTRUMENT = 0.08


@pytest.fixture(scope="module")
def pure() -> Outcome:
    """γ alone, 9.3 nm."""
    return analysed(counted(mean_pattern(CU_ANGLES, CU, size_nm=9.3)), instrument_fwhm_deg=INSTRUMENT)


@pytest.fixture(scope="module")
def aged() -> Outcome:
    """A fifth of the mass is δ."""
    return analysed(counted(mean_pattern(CU_ANGLES, CU, size_nm=9.3, delta=0.2)), instrument_fwhm_deg=INSTRUMENT)


def test_cell_size_and_strain_of_gamma_are_found_without_a_flag(pure: Outcome) -> None:
    for name, truth in {
        "cell_a": 8.5766, "cell_b": 8.8561, "cell_c": 12.4722, "cell_volume": 947.3288, "crystallite_size": 9.3,
        "microstrain": 0.0,
    }.items():  # fmt: skip
        assert_close(pure, name, truth)
    assert not pure.refused
    assert not pure.flags
    assert pure.statistics["likelihood"] == "Poisson"
    assert pure.statistics["covariance"] == "not scaled"
    assert pure.statistics["wavelength_line"] == "Cu Kα1"
    assert pure.statistics["scherrer_k"] == 0.9


def test_every_number_is_a_quantity_in_its_unit(aged: Outcome) -> None:
    for one in aged.results:
        assert one.unit == QUANTITIES[one.name].unit, one.name


def test_delta_is_found_with_its_mass_cell_and_words(aged: Outcome) -> None:
    assert_close(aged, "delta_fraction", 20.0)
    assert_close(aged, "delta_cell_a", 10.4342)
    assert_close(aged, "delta_size", 40.0)
    assert result(aged, "delta_fraction").note == "δ detected"
    assert "δ detected" in aged.says
    assert not grave(aged)


@pytest.mark.parametrize(("part", "height"), [(0.97, 1500.0), (0.8, 190.0), (1.0, 190.0)])
def test_gamma_hardly_seen_beside_delta_is_held_and_has_no_numbers(part: float, height: float) -> None:
    mean = mean_pattern(CU_ANGLES, CU, size_nm=9.3, delta=part, height=height)

    told = analysed(counted(mean), instrument_fwhm_deg=INSTRUMENT)

    assert not told.refused
    assert codes(told) == {"gamma_held"}
    assert result(told, "cell_a").value is None
    assert result(told, "crystallite_size").note == "γ is too weak beside δ to tell"
    assert_close(told, "delta_fraction", 100 * part)
    assert_close(told, "delta_cell_a", 10.4342)
    assert "γ is too weak" in told.says


def test_trap_41_delta_that_is_not_seen_has_no_number_and_a_limit(pure: Outcome) -> None:
    found = result(pure, "delta_fraction")

    assert found.value is None
    assert "less than" in found.note
    assert result(pure, "delta_index").value is not None
    assert pure.statistics["delta_call"] in {"δ not detected", "δ below the limit of detection"}


def test_trap_32_delta_is_not_called_where_its_own_lines_are_not_covered() -> None:
    mean = mean_pattern(CU_ANGLES, CU, size_nm=9.3, delta=0.2)

    outcome = analysed(counted(mean), instrument_fwhm_deg=INSTRUMENT, from_deg=13.5)

    assert result(outcome, "delta_fraction").value is None
    assert "delta_not_called" in codes(outcome)


def test_the_plot_has_data_model_difference_and_sticks_of_both_phases(aged: Outcome) -> None:
    (plot,) = aged.plots

    labels = {label for _, _, label in plot.marks}
    assert {"γ 110", "γ 220", "δ 212", "δ 002"} <= labels
    assert set(plot.components) == {"background", "γ", "δ"}
    assert plot.model is not None
    assert plot.residuals is not None
    assert len(plot.residuals) == len(plot.x) == len(plot.model)
    assert {row[0] for row in aged.tables[0].rows} == {"γ", "δ"}


def test_a_profile_with_errors_uses_them_and_one_without_learns_them() -> None:
    mean = mean_pattern(MO_ANGLES, MO, size_nm=15.0, stretch=0.97)

    known = analysed(integrated(mean, has_errors=True), instrument_fwhm_deg=INSTRUMENT)
    unknown = analysed(integrated(mean, has_errors=False), instrument_fwhm_deg=INSTRUMENT)

    for outcome, likelihood, covariance in (
        (known, "known standard errors", "not scaled"), (unknown, "unknown standard error", "scaled"),
    ):  # fmt: skip
        assert_close(outcome, "cell_volume", 947.3288 * 0.97**3)
        assert_close(outcome, "crystallite_size", 15.0)
        assert outcome.statistics["likelihood"] == likelihood
        assert outcome.statistics["covariance"] == covariance
        assert not grave(outcome)
    assert result(unknown, "cell_a").stderr == pytest.approx(result(known, "cell_a").stderr, rel=0.15)


def test_trap_28_the_mean_of_molybdenum_has_no_doublet() -> None:
    outcome = analysed(integrated(mean_pattern(MO_ANGLES, MO, size_nm=15.0), has_errors=True))

    assert outcome.statistics["wavelength_line"] == "Mo Kα mean"
    assert outcome.statistics["wavelength2_angstrom"] is None


def test_the_wavelength_is_asked_for_and_never_assumed() -> None:
    signal = counted(mean_pattern(CU_ANGLES, CU, size_nm=9.3), told={})

    outcome = analysed(signal)

    assert "wavelength_angstrom" in outcome.refused
    assert not outcome.results


def test_the_tube_that_a_file_names_says_the_wavelength_and_that_is_told() -> None:
    signal = counted(mean_pattern(CU_ANGLES, CU, size_nm=9.3), told={"anode": "Cu"})

    outcome = analysed(signal, instrument_fwhm_deg=INSTRUMENT)

    assert codes(outcome) == {"wavelength_of_anode"}
    assert outcome.statistics["wavelength2_angstrom"] == 1.54439


def test_a_stated_wavelength_against_that_of_the_file_is_grave() -> None:
    signal = counted(mean_pattern(CU_ANGLES, CU, size_nm=9.3))

    outcome = analysed(signal, instrument_fwhm_deg=INSTRUMENT, wavelength_angstrom=1.5418)

    assert "wavelength_differs" in grave(outcome)


def test_a_wrong_wavelength_is_refused_or_grave() -> None:
    signal = counted(mean_pattern(CU_ANGLES, CU, size_nm=9.3), told={})

    outcomes = [
        analysed(signal, instrument_fwhm_deg=INSTRUMENT, wavelength_angstrom=one) for one in (0.71073, 1.789, 1.65)
    ]

    assert all(one.refused or grave(one) for one in outcomes)


def test_without_the_instrument_the_size_is_flagged() -> None:
    outcome = analysed(counted(mean_pattern(CU_ANGLES, CU, size_nm=9.3)))

    assert codes(outcome) == {"instrument_not_stated"}
    assert not grave(outcome)
    assert "instrument not stated" in result(outcome, "crystallite_size").note


def test_trap_27_the_constant_is_kept_with_the_size_and_scales_it() -> None:
    signal = counted(mean_pattern(CU_ANGLES, CU, size_nm=9.3))

    usual = analysed(signal, instrument_fwhm_deg=INSTRUMENT)
    cubes = analysed(signal, instrument_fwhm_deg=INSTRUMENT, scherrer_k=0.875)

    first, second = (result(one, "crystallite_size").value for one in (usual, cubes))
    assert first is not None
    assert second is not None
    assert second / first == pytest.approx(0.875 / 0.9, rel=2e-3)
    assert "K = 0.875" in result(cubes, "crystallite_size").note
    assert "volume-weighted" in result(cubes, "crystallite_size").note


def test_an_empty_substrate_is_refused() -> None:
    outcome = analysed(counted(160 * (0.45 + 1.1 * np.exp(-CU_ANGLES / 14))), instrument_fwhm_deg=INSTRUMENT)

    assert "No line of γ" in outcome.refused


def test_a_range_with_hardly_a_line_is_refused() -> None:
    outcome = analysed(counted(mean_pattern(CU_ANGLES, CU, size_nm=9.3)), from_deg=8.0, to_deg=17.0)

    assert "wider range" in outcome.refused


def test_another_substance_is_grave() -> None:
    lines = sum(np.exp(-(((CU_ANGLES - at) / 0.2) ** 2)) for at in (12.7, 25.9, 34.3, 39.5, 45.2, 52.4))
    mean = 1500.0 * np.asarray(lines) + 150.0

    outcome = analysed(counted(mean), instrument_fwhm_deg=INSTRUMENT)

    assert outcome.refused or grave(outcome)


def test_texture_is_tried_where_a_powder_does_not_do() -> None:
    mean = mean_pattern(CU_ANGLES, CU, size_nm=12.0)
    near = (np.abs(CU_ANGLES - 14.3) < 1.6) | (np.abs(CU_ANGLES - 28.8) < 1.0)
    background = 160 * (0.45 + 1.1 * np.exp(-CU_ANGLES / 14))
    textured = np.where(near, background + 2.5 * (mean - background), mean)

    outcome = analysed(counted(textured), instrument_fwhm_deg=INSTRUMENT)

    assert {one.name for one in outcome.alternatives} == {"no texture", "texture of cubes"}
    assert outcome.statistics["texture"] == "texture of cubes"
    assert "texture" in codes(outcome)


def test_a_displacement_asks_for_the_radius() -> None:
    signal = counted(mean_pattern(CU_ANGLES, CU, size_nm=9.3))

    assert "goniometer_radius_mm" in analysed(signal, shift="displacement").refused
    assert not analysed(signal, shift="displacement", goniometer_radius_mm=217.5).refused


CAMPAIGN = {
    "XRD/NC-021-F3-XF1_XRD.uxd": ("phases", 0.08),
    "XRD/NC-027-F2-XF1_XRD.raw": ("phases", 0.08),
    "XRD/NC-024-F2-XF2_XRD_60d.xy": ("phases", 0.08),
    "DAC/NC-030-F1-DAC2/NC-030-F1-DAC2_XRD_1.85GPa.xy": ("gamma", 0.12),
    "DAC/NC-030-F1-DAC2/NC-030-F1-DAC2_XRD_6.14GPa.xye": ("gamma", 0.12),
}


def signal_of(path: Path) -> Signal:
    """Return the first recording of a file as a method sees it."""
    with Source.of_path(path) as source:
        recording = read_source(source).recordings[0]
    made = [
        Signal(
            np.asarray(one.values, dtype=float), one.unit, np.asarray(one.x.values, dtype=float), one.x.unit,
            role=one.role.value, settings=dict(recording.settings),
        )
        for one in recording.channels
    ]  # fmt: skip
    return replace(made[0], others=tuple(made[1:]))


@pytest.mark.parametrize("name", list(CAMPAIGN))
def test_patterns_of_the_campaign_give_its_truth(shared_data: Path, name: str) -> None:
    truth = json.loads((shared_data / "campaign" / "truth.json").read_text())["files"][f"raw/{name}"]
    kind, instrument = CAMPAIGN[name]

    outcome = analysed(signal_of(shared_data / "campaign" / "raw" / name), instrument_fwhm_deg=instrument)

    if kind == "phases":
        cell, size, strain = (truth["phases"][0][key] for key in ("cell_A", "size_nm", "strain"))
        fraction = 1 - truth["phases"][0]["mass_fraction"]
    else:
        cell, size, strain = (truth[key] for key in ("gamma_cell_A", "gamma_size_nm", "strain"))
        fraction = truth["delta_mass_fraction"]
    truths = dict(zip(("cell_a", "cell_b", "cell_c"), cell, strict=True))
    truths |= {"crystallite_size": size, "microstrain": strain}
    if fraction > 0:
        truths["delta_fraction"] = 100 * fraction
    assert not grave(outcome)
    for quantity, value in truths.items():
        assert_close(outcome, quantity, value)
    assert (result(outcome, "delta_fraction").value is not None) == (fraction > 0)
