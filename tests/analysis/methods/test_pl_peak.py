"""The PL line as a person gets it: from every kind of recording, with flags and refusals."""

from pathlib import Path

import numpy as np
import pytest

from analysis.from_files import read_argument, work_from
from analysis.methods.running import run_method
from analysis.methods.table import METHODS, automatic_methods
from analysis.physics.constants import HC_EV_NM
from tests.analysis.methods.emitted import (
    AT_NM,
    assert_near,
    codes_of,
    counts,
    line_of,
    mean_counts,
    recording,
    results_of,
    values_of,
)


def test_it_runs_by_itself_on_pl() -> None:
    assert "pl_peak" in [one.name for one in automatic_methods("PL")]


def test_a_good_spectrum_gets_no_flag() -> None:
    outcome = line_of(recording(counts()))

    assert codes_of(outcome) == {}
    for name, truth in (("peak_energy", 1.81), ("fwhm", 88.0), ("photons", 1e5), ("peak_wavelength", HC_EV_NM / 1.81)):
        assert_near(outcome, name, truth)
    assert outcome.statistics["shape"] == "gaussian"
    assert outcome.statistics["covariance"] == "not scaled"
    assert len(outcome.alternatives) == 5
    assert outcome.says.startswith("The line peaks at 1.81")


def test_every_result_has_its_quantity_and_unit() -> None:
    outcome = line_of(recording(counts()))

    assert {one.name for one in outcome.results} == set(METHODS["pl_peak"].results)


def test_the_plot_draws_what_was_fitted() -> None:
    plot = line_of(recording(counts())).plots[0]

    assert plot.model is not None
    assert plot.residuals is not None
    assert np.abs(plot.residuals).max() < 5
    assert plot.components["line"] + plot.components["background"] == pytest.approx(plot.model)


def test_the_worked_check_from_its_file(shared_data: Path) -> None:
    file = read_argument(str(shared_data / "science/pl_spectrum_nm.csv"), [])

    outcome = run_method("pl_peak", work_from(METHODS["pl_peak"], [file], {}))

    assert outcome.statistics["shape"] == "gaussian"
    assert results_of(outcome)["peak_energy"] == pytest.approx((1.799961782, 4.6496e-5), rel=1e-3)
    assert values_of(outcome)["fwhm"] == pytest.approx(94.838889, rel=1e-5)


def test_an_energy_axis_needs_no_jacobian() -> None:
    energies_ev = np.linspace(1.55, 2.1, 276)
    density = np.exp(-0.5 * ((energies_ev - 1.81) / (0.088 / 2.3548200450309493)) ** 2)
    values = np.random.default_rng(1).poisson(3000 * density + 20).astype(float)

    outcome = line_of(recording(values, energies_ev, x_unit="eV", x_name="energy"))

    assert_near(outcome, "peak_energy", 1.81)
    assert_near(outcome, "fwhm", 88.0)


def test_trap_4_a_raman_shift_axis_asks_for_the_laser_and_uses_it() -> None:
    shifts_per_cm = 1e7 / 532.0 - 1e7 / AT_NM[::-1]
    signal = recording(counts()[::-1], shifts_per_cm, x_unit="1/cm", x_name="Raman shift")

    asked = line_of(signal)
    outcome = line_of(signal, laser_nm=532.0)

    assert "laser_nm" in asked.refused
    assert_near(outcome, "peak_energy", 1.81)


def test_an_axis_nobody_named_is_asked_for() -> None:
    signal = recording(counts(), x_unit="", x_name="column 1")

    assert "x_unit" in line_of(signal).refused
    assert_near(line_of(signal, x_unit="nm"), "peak_energy", 1.81)


def test_wavelengths_in_air_are_said_and_corrected() -> None:
    as_read, in_air = (values_of(line_of(recording(counts()), medium=medium)) for medium in ("not stated", "air"))

    assert in_air["peak_energy"] == pytest.approx((as_read["peak_energy"] or 0) / (1 + 2.758567e-4), rel=1e-7)


def test_an_average_over_scans_has_the_error_of_all_of_them() -> None:
    rng = np.random.default_rng(3)
    averaged = rng.poisson(10 * mean_counts()) / 10

    outcome = line_of(recording(averaged, unit="", settings={"accumulations": 10}))

    assert codes_of(outcome) == {}
    assert_near(outcome, "photons", 1e5)
    assert results_of(outcome)["photons"][1] == pytest.approx(np.sqrt(1e5 / 10), rel=0.1)


def test_the_counts_beside_a_corrected_signal_are_fitted_with_the_response_inside() -> None:
    response = 1.0 / (1.0 + 0.6 * ((AT_NM - 580.0) / 200.0) ** 2)
    reference = np.full(len(AT_NM), 33.0)
    seen = np.random.default_rng(5).poisson(response * mean_counts(background=0.0) + 12.0) / 0.5
    raw = recording(seen, unit="CPS", name="S1")
    lamp = recording(reference, unit="MicroAmps", name="R1")
    main = recording(seen / response / reference, unit="CPS / MicroAmps", name="S1c / R1c", others=(raw, lamp))

    outcome = line_of(main)

    assert outcome.statistics["channel"] == "S1"
    assert outcome.statistics["integration_time_s"] == pytest.approx(0.5)
    for name, truth in (("peak_energy", 1.81), ("fwhm", 88.0), ("photons", 1e5)):
        assert_near(outcome, name, truth)


def test_trap_13_a_corrected_ratio_without_counts_has_an_unknown_error() -> None:
    outcome = line_of(recording(counts() / 812.3, unit="CPS / MicroAmps", name="S1c / R1c"))

    assert outcome.statistics["covariance"] == "scaled"
    assert codes_of(outcome) == {"not_counts": False}
    assert values_of(outcome)["photons"] is None
    assert_near(outcome, "peak_energy", 1.81)


def test_trap_20_the_gain_of_an_analogue_camera_divides_its_counts() -> None:
    gain = 6.0
    signal = recording(gain * counts())

    without = line_of(signal, shape="gaussian")
    outcome = line_of(signal, shape="gaussian", counts_per_photon=gain)

    assert codes_of(without)["chi2_too_large"]
    assert codes_of(outcome) == {}
    assert results_of(outcome)["peak_energy"][1] > 2 * results_of(without)["peak_energy"][1]


def test_trap_35_the_error_of_the_peak_is_not_its_width() -> None:
    energy_stderr = results_of(line_of(recording(counts(photons=1e4))))["peak_energy"][1]

    assert energy_stderr == pytest.approx(0.088 / 2.355 / np.sqrt(1e4), rel=0.2)


def test_trap_38_models_are_compared_on_the_same_counts() -> None:
    alternatives = line_of(recording(counts())).alternatives

    chosen = next(one for one in alternatives if one.is_chosen)
    assert chosen.name == "gaussian"
    assert all(one.aicc > chosen.aicc - 10 for one in alternatives)


def test_trap_41_a_line_that_is_not_there_is_no_zero() -> None:
    outcome = line_of(recording(np.random.default_rng(1).poisson(25.0, 181).astype(float)))

    assert outcome.results == ()
    assert "No line stands out" in outcome.refused


def test_noise_is_hardly_ever_a_line() -> None:
    runs = [line_of(recording(np.random.default_rng(seed).poisson(25.0, 181).astype(float)), shape="gaussian")
            for seed in range(60)]  # fmt: skip

    assert sum(not one.refused for one in runs) <= 2


def test_a_faint_line_tells_intervals_with_two_sides() -> None:
    outcome = line_of(recording(counts(photons=90.0, background=0.3, seed=2)), shape="gaussian")

    photons = next(one for one in outcome.results if one.name == "photons")
    assert photons.low is not None
    assert photons.high is not None
    assert photons.low < 90.0 < photons.high + 20


@pytest.mark.parametrize(
    ("values", "code", "shape"),
    [
        (counts(seed=1) + np.linspace(0, 400, 181).round(), "sloping_background", "gaussian, sloping background"),
        (counts(seed=2) + counts(energy_ev=1.66, photons=2e4, background=0.0), "second_line", "two gaussians"),
        (counts(seed=3) + counts(energy_ev=1.96, photons=2e4, background=0.0), "second_line", "two gaussians"),
    ],
)
def test_what_a_plain_gaussian_misses_is_said(values: np.ndarray, code: str, shape: str) -> None:
    outcome = line_of(recording(values))

    assert outcome.statistics["shape"] == shape
    assert codes_of(outcome).get(code) is False


def test_a_line_of_two_sides_is_taken_only_when_it_gains_clearly() -> None:
    sigma_ev = np.where(HC_EV_NM / AT_NM < 1.81, 0.045, 0.034)
    mean = 3e4 * np.exp(-0.5 * ((HC_EV_NM / AT_NM - 1.81) / sigma_ev) ** 2) / (AT_NM / 685.0) ** 2 + 20
    values = np.random.default_rng(6).poisson(mean).astype(float)

    outcome = line_of(recording(values))

    assert outcome.statistics["shape"] == "two-sided"
    assert codes_of(outcome)["not_gaussian"] is False
    assert_near(outcome, "peak_energy", 1.81)


def test_a_stated_shape_is_the_only_one() -> None:
    outcome = line_of(recording(counts()), shape="voigt")

    assert outcome.statistics["shape"] == "voigt"
    assert outcome.alternatives == ()
