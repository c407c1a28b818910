"""The first exciton as a person gets it: numbers, flags and refusals."""

from pathlib import Path

import numpy as np
import pytest

from analysis.from_files import read_argument, work_from
from analysis.methods.contract import Outcome, Signal
from analysis.methods.running import run_method
from analysis.methods.table import METHODS, automatic_methods
from analysis.physics.constants import HC_EV_NM
from analysis.physics.fitting.problem import Floats
from tests.analysis.methods.emitted import codes_of, ran, values_of
from tests.analysis.physics.absorption.making import TWO, absorbance


def recording(values: Floats, energies_ev: Floats, unit: str = "A") -> Signal:
    """Return an absorbance recording over ascending wavelength."""
    at_nm = HC_EV_NM / energies_ev
    return Signal(
        values[::-1], unit, at_nm[::-1], "nm", "wavelength", name="absorbance", technique="absorbance",
        settings={"temperature_k": 295.0},
    )  # fmt: skip


def spectrum(truth: Floats = TWO, *, noise: float = 0.0007, seed: int = 0, low_nm: float = 400.0) -> Signal:
    """Return a recording of the model."""
    energies_ev, values = absorbance(truth, noise=noise, seed=seed, low_nm=low_nm)
    return recording(values, energies_ev)


def told(signal: Signal, **settings: object) -> Outcome:
    """Return the exciton of a recording."""
    return ran("absorption", {"spectrum": signal}, **settings)


def test_it_runs_by_itself_on_absorbance() -> None:
    assert [one.name for one in automatic_methods("absorbance")][:1] == ["absorption"]


def test_a_good_spectrum_gets_no_flag_and_its_numbers_back() -> None:
    outcome = told(spectrum())

    assert codes_of(outcome) == {}
    assert {one.name for one in outcome.results} == set(METHODS["absorption"].results)
    truths = {"exciton_energy": 1.87, "exciton_fwhm": 85.0, "exciton_absorbance": 0.3, "scattering_absorbance": 0.02}
    for one in outcome.results:
        if one.name in truths:
            assert one.value == pytest.approx(truths[one.name], abs=4 * (one.stderr or 0))


def test_both_definitions_of_the_exciton_are_told_with_the_window() -> None:
    outcome = told(spectrum())

    values = values_of(outcome)
    assert values["exciton_minimum"] == pytest.approx(values["exciton_energy"], abs=0.004)
    assert str(outcome.statistics["second_derivative"]).startswith("Savitzky–Golay of degree 4 over")


def test_taucs_gap_is_apparent_lies_below_the_exciton_and_has_an_interval() -> None:
    outcome = told(spectrum())

    gap = next(one for one in outcome.results if one.name == "tauc_gap")
    assert gap.note == "apparent gap"
    assert gap.value is not None
    assert gap.value < 1.87
    assert (gap.low or 0) < gap.value < (gap.high or 0)
    assert "999" in str(outcome.statistics["tauc_interval"])


def test_trap_10_the_error_is_scaled_by_the_residuals() -> None:
    quiet, loud = (told(spectrum(noise=noise)).results[0].stderr or 0 for noise in (0.0005, 0.001))

    assert loud / quiet == pytest.approx(2.0, rel=0.15)


def test_models_are_compared_and_the_second_exciton_must_gain() -> None:
    with_second, without = told(spectrum()), told(spectrum(TWO[:9]))

    assert with_second.statistics["model"] == "two excitons and an edge"
    assert without.statistics["model"] == "one exciton and an edge"
    assert len(with_second.alternatives) == 3


def test_a_transmittance_in_percent_becomes_an_absorbance() -> None:
    energies_ev, values = absorbance(TWO, noise=0.0007)

    outcome = told(recording(100.0 * 10**-values, energies_ev, "%"))

    assert outcome.statistics["read_as"] == "transmittance in percent"
    assert values_of(outcome)["exciton_energy"] == pytest.approx(1.87, abs=3e-4)


def test_trap_39_decimal_commas_give_the_same_exciton(tmp_path: Path) -> None:
    energies_ev, values = absorbance(TWO, noise=0.0007)
    pairs = [f"{HC_EV_NM / energy:.2f}\t{value:.4f}" for energy, value in zip(energies_ev, values, strict=True)][::-1]
    texts = {"points": "\n".join(pairs), "commas": "\n".join(pairs).replace(".", ",")}
    told_ev = []

    for name, text in texts.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(f'"{name} - RawData"\n"Wavelength nm."\t"Abs."\n{text}\n')
        work = work_from(METHODS["absorption"], [read_argument(str(path), [])], {})
        told_ev.append(values_of(run_method("absorption", work))["exciton_energy"])

    assert told_ev[0] == told_ev[1] == pytest.approx(1.87, abs=3e-4)


def test_a_unit_that_is_no_absorbance_is_refused() -> None:
    energies_ev, values = absorbance(TWO)

    assert "no absorbance" in told(recording(values, energies_ev, "counts")).refused


def test_an_edge_without_an_exciton_has_none() -> None:
    edge = np.array([0.003, 0.02, 0.3, 1.98, 60.0, 0.8])

    outcome = told(spectrum(edge))

    assert outcome.results == ()
    assert "exciton" in outcome.refused


def test_noise_alone_is_refused() -> None:
    energies_ev, _ = absorbance(TWO)
    noise = np.random.default_rng(2).normal(0.02, 0.001, len(energies_ev))

    assert "No exciton is seen" in told(recording(noise, energies_ev)).refused


def test_readings_that_stray_light_decides_are_left_out_and_said() -> None:
    energies_ev, values = absorbance(TWO, noise=0.0007)
    dark = values + np.where(energies_ev > 2.6, 4.0, 0.0)

    outcome = told(recording(dark, energies_ev))

    assert codes_of(outcome) == {"too_dark": False}


def test_an_absorbance_cut_off_flat_is_refused() -> None:
    energies_ev, values = absorbance(TWO)

    assert "cut off flat" in told(recording(np.minimum(values, 0.6), energies_ev)).refused


def test_a_spectrum_that_starts_on_the_exciton_is_grave() -> None:
    energies_ev, values = absorbance(TWO, noise=0.0007)
    is_kept = energies_ev > 1.82

    outcome = told(recording(values[is_kept], energies_ev[is_kept]))

    assert outcome.refused or any(codes_of(outcome).values())


@pytest.mark.parametrize(
    ("values", "count", "reason"),
    [
        (np.zeros(200), 200, "equal"),
        (np.full(200, np.nan), 200, "no numbers"),
        (np.linspace(0.1, 0.5, 12), 12, "30"),
        (np.array([]), 0, "no data"),
    ],
)
def test_bad_input_is_refused_with_what_to_do(values: np.ndarray, count: int, reason: str) -> None:
    energies_ev = HC_EV_NM / np.linspace(800.0, 500.0, max(count, 1))[:count]

    assert reason in told(recording(values, energies_ev)).refused
