"""Quantum yield of a triple: right to its error, asked for what is missing, and suspicious of what cannot be."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.methods.contract import Outcome, Signal, Work
from analysis.methods.running import run_method
from analysis.methods.table import METHODS
from analysis.quantities import unit_of
from tests.analysis.methods.sphere_files import NM, sphere_triple

RNG_SEED = 3
Signals = dict[str, tuple[Signal, ...]]


def measured(**truth: Any) -> Signals:
    return sphere_triple(np.random.default_rng(RNG_SEED), **truth)


def told(signals: Mapping[str, tuple[Signal, ...]], **settings: float | str) -> Outcome:
    return run_method("plqy", Work(signals, settings=settings))


def changed(signals: Signals, role: str, **changes: Any) -> Signals:
    return {**signals, role: (replace(signals[role][0], **changes),)}


def value(outcome: Outcome, name: str) -> float:
    found = next(one.value for one in outcome.results if one.name == name)
    assert found is not None
    return found


def codes(outcome: Outcome, *, is_grave: bool | None = None) -> list[str]:
    return [one.code for one in outcome.flags if is_grave in (None, one.is_grave)]


def test_a_good_triple_tells_its_yield_without_a_flag() -> None:
    outcome = told(measured())

    plqy = outcome.results[0]
    assert outcome.flags == ()
    assert plqy.value == pytest.approx(60.0, abs=4 * (plqy.stderr or 0))
    assert 0.05 < (plqy.stderr or 0) < 0.3
    assert value(outcome, "absorptance") == pytest.approx(60.0, abs=0.5)
    assert value(outcome, "brightness") == pytest.approx(36.0, abs=0.5)


def test_the_bands_and_what_was_taken_for_granted_are_told() -> None:
    statistics = told(measured()).statistics

    assert statistics["laser_band"] == "393–417 nm"
    assert statistics["dark_band"] == "440–540 nm"
    assert statistics["likelihood"] == "Poisson"
    assert statistics["filter"] == "ND 0.5, 0.5, 1 read as transmission"


def test_every_result_is_a_quantity_in_its_unit() -> None:
    outcome = told(measured(), reabsorbed_fraction=0.2)

    assert {one.name for one in outcome.results} == set(METHODS["plqy"].results)
    assert [one.name for one in outcome.results if one.unit != unit_of(one.name)] == []


def test_self_absorption_tells_both_values() -> None:
    outcome = told(measured(), reabsorbed_fraction=0.25)

    assert value(outcome, "plqy_reabsorption") > value(outcome, "plqy") + 5


def test_the_error_of_the_calibration_is_added_in_quadrature() -> None:
    outcome = told(measured(), calibration_stderr_percent=5.0)

    assert outcome.results[0].stderr == pytest.approx(3.0, rel=0.02)


def test_the_factor_of_the_sphere_multiplies_the_yield_and_its_error_is_systematic() -> None:
    plain, factored = told(measured()), told(measured(), sphere_factor=0.9, sphere_factor_stderr=0.045)

    assert value(factored, "plqy") == pytest.approx(0.9 * value(plain, "plqy"))
    assert value(factored, "absorptance") == pytest.approx(value(plain, "absorptance"))
    assert factored.results[0].stderr == pytest.approx(0.05 * 54.0, rel=0.02)


def test_trap_33_counts_energies_and_raw_spectra_are_not_mixed_up() -> None:
    silent = measured(comment="sphere {role}; laser 405 nm; ND={nd:g}")
    in_watts = {
        role: (replace(one[0], values=(one[0].values - 150.0) / NM, unit="µW/nm"),) for role, one in measured().items()
    }

    assert "spectrum_unit" in told(silent).refused
    assert value(told(in_watts), "plqy") == pytest.approx(60.0, abs=0.6)
    assert codes(told(silent, spectrum_unit="counts without response correction"), is_grave=True) == ["uncorrected"]


def test_trap_33_filters_are_transmissions_or_densities_and_said() -> None:
    as_density = told(measured(), nd_reading="optical density")

    assert "more laser light" in as_density.refused


def test_trap_33_a_filter_that_only_some_files_name_is_asked_for() -> None:
    signals = measured()
    settings = {**signals["direct"][0].settings, "comment": "photon-corrected"}

    outcome = told(changed(signals, "direct", settings=settings))

    assert "nd_direct" in outcome.refused
    assert value(told(changed(signals, "direct", settings=settings), nd_direct=1.0), "plqy") > 50


def test_trap_41_no_emission_is_a_small_number_with_its_error_and_not_zero() -> None:
    outcome = told(measured(quantum_yield=0.0))

    assert outcome.results[0].value != 0
    assert codes(outcome)[-1] == "not_detected"


def test_the_power_of_the_laser_cancels() -> None:
    weak, strong = (told(measured(laser_per_s=rate)) for rate in (2e5, 1.2e6))

    assert value(weak, "plqy") == pytest.approx(value(strong, "plqy"), abs=1.0)


@pytest.mark.parametrize("roles", [("indirect", "empty", "direct"), ("empty", "direct", "indirect")])
def test_swapped_measurements_are_refused_with_what_seems_to_be_which(roles: tuple[str, ...]) -> None:
    signals = measured()

    outcome = told({role: signals[other] for role, other in zip(("empty", "indirect", "direct"), roles, strict=True)})

    assert "swapped" in outcome.refused


def test_the_same_file_twice_is_refused() -> None:
    signals = {role: (replace(one[0], sha256="a"),) for role, one in measured().items()}

    assert "given twice" in told(signals).refused


def test_a_full_detector_is_grave() -> None:
    signals = measured()
    values = signals["direct"][0].values.copy()
    values[values.argmax()] = 65535.0

    assert "saturated" in codes(told(changed(signals, "direct", values=values)), is_grave=True)


def test_a_line_whose_top_is_flat_is_grave() -> None:
    signals = measured()
    top = np.minimum(signals["direct"][0].values, 3000.0)

    assert "saturated" in codes(told(changed(signals, "direct", values=top)), is_grave=True)


def test_a_laser_beside_its_band_is_grave() -> None:
    assert "laser_clipped" in codes(told(measured(), laser_from_nm=380.0, laser_to_nm=405.0), is_grave=True)


def test_an_emission_beyond_its_band_is_grave() -> None:
    assert "pl_clipped" in codes(told(measured(), pl_from_nm=560.0, pl_to_nm=680.0), is_grave=True)


def test_laser_light_in_the_emission_band_is_flagged() -> None:
    signals = measured()
    tail = signals["empty"][0].values + 60.0 * np.exp(-(((NM - 590.0) / 20.0) ** 2))

    assert "laser_tail" in codes(told(changed(signals, "empty", values=tail)))


def test_a_sample_that_absorbs_nearly_nothing_is_grave_and_told_by_its_interval() -> None:
    outcome = told(measured(absorptance=0.008, laser_per_s=1e5))

    assert "little_absorbed" in codes(outcome, is_grave=True)
    assert outcome.results[0].low is not None
    assert outcome.results[0].note == "median of draws"


def test_a_yield_above_one_is_grave() -> None:
    outcome = told(measured(quantum_yield=1.3))

    assert codes(outcome, is_grave=True) == ["impossible"]


def test_a_wrong_number_of_scans_is_noticed() -> None:
    outcome = told(measured(), scan_count=1.0)

    assert "noise" in codes(outcome)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"values": np.zeros(512)}, "are the same"),
        ({"values": np.full(512, np.nan)}, "gaps"),
        ({"x_unit": "eV"}, "no spectrum over nm"),
        ({"values": np.zeros((2, 512))}, "no spectrum over nm"),
        ({"settings": {"comment": "photon-corrected; ND=1"}}, "integration_time_s"),
        ({"settings": {"comment": "photon-corrected; ND=3", "integration_time_s": 0.1}}, "nd_reading"),
    ],
)
def test_a_broken_measurement_is_refused_with_what_to_do(changes: dict[str, Any], said: str) -> None:
    assert said in told(changed(measured(), "direct", **changes)).refused


def test_bands_that_overlap_are_refused() -> None:
    assert "overlap" in told(measured(), pl_from_nm=410.0, pl_to_nm=800.0).refused
    assert "both ends" in told(measured(), pl_from_nm=560.0).refused


def test_a_laser_that_nobody_named_is_asked_for() -> None:
    signals = {
        role: (replace(one[0], settings={"comment": "ND=1; photon-corrected", "integration_time_s": 0.1}),)
        for role, one in measured().items()
    }

    assert "excitation_wavelength_nm" in told(signals).refused


def test_the_triples_of_the_campaign_tell_their_truth(shared_data: Path) -> None:
    from measurements.readers.reading import read_source
    from measurements.readers.source import Source

    campaign = shared_data / "campaign"
    files = json.loads((campaign / "truth.json").read_text())["files"]
    triples: dict[str, Signals] = defaultdict(dict)
    truths = {}
    for name, truth in files.items():
        if not truth["technique"].startswith("PLQY"):
            continue
        with Source.of_path(campaign / name) as source:
            recording = read_source(source).recordings[0]
        channel = recording.channels[0]
        signal = Signal(channel.values, "", channel.x.values, "nm", settings=recording.settings, technique="PLQY")
        triples[truth["triple"]][truth["part"]] = (signal,)
        truths[truth["triple"]] = truth
    pulls = []
    for name, signals in triples.items():
        if len(signals) < 3:
            continue
        outcome = told(signals)
        assert codes(outcome, is_grave=True) == []
        result, truth = outcome.results[0], truths[name]
        assert (result.stderr or 0) / 100 == pytest.approx(truth["expected_se_plqy"], rel=0.05)
        pulls.append((value(outcome, "plqy") / 100 - truth["plqy"]) / ((result.stderr or 1) / 100))

    assert len(pulls) > 20
    assert np.abs(pulls).max() < 4.2
    assert np.std(pulls) == pytest.approx(1.0, abs=0.35)
