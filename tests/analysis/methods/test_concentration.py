"""Concentration: no coefficient is shipped, and the absorbance is stated or read."""

import numpy as np
import pytest

from analysis.methods.contract import Outcome, SettingValue, Signal, Work
from analysis.methods.running import run_method

STATED: dict[str, SettingValue] = {
    "wavelength_nm": 400.0, "absorption_per_cm": 2.0e5, "absorption_source": "test value", "edge_length_nm": 9.0,
    "path_length_cm": 1.0,
}  # fmt: skip
NM = np.arange(350.0, 800.0)


def told(spectrum: Signal | None = None, **changes: SettingValue) -> Outcome:
    signals = {} if spectrum is None else {"spectrum": (spectrum,)}
    return run_method("concentration", Work(signals, settings={**STATED, **changes}))


def test_the_worked_check_through_the_method() -> None:
    values = {one.name: one.value for one in told(absorbance=0.5).results}

    assert values["molar_absorption"] == pytest.approx(38132276.86913852, rel=1e-9)
    assert values["concentration"] == pytest.approx(13.112251380002528, rel=1e-9)
    assert values["units_per_particle"] == pytest.approx(3078.1287341839497, rel=1e-9)
    assert values["mass_concentration"] == pytest.approx(0.029093112624179174, rel=1e-9)


def test_the_absorbance_is_read_from_a_spectrum_at_the_wavelength() -> None:
    spectrum = Signal(1.0 - NM / 800.0, "A", NM, "nm")

    outcome = told(spectrum, dilution_factor=10.0)

    assert outcome.statistics["absorbance"] == pytest.approx(0.5)
    assert outcome.results[1].value == pytest.approx(131.12251380002528, rel=1e-9)


def test_errors_are_told_where_they_were_stated() -> None:
    outcome = told(absorbance=0.5, absorbance_stderr=0.01, edge_length_stderr_nm=0.09, absorption_stderr_per_cm=1e4)

    relative = (outcome.results[1].stderr or 0) / (outcome.results[1].value or 1)
    assert relative == pytest.approx(np.sqrt(0.02**2 + 0.03**2 + 0.05**2), rel=1e-6)
    assert told(absorbance=0.5).results[1].stderr is None


@pytest.mark.parametrize("name", sorted(STATED))
def test_nothing_is_assumed(name: str) -> None:
    assert name in told(absorbance=0.5, **{name: None}).refused


def test_an_absorbance_that_nobody_has_is_asked_for() -> None:
    assert "absorbance" in told().refused


@pytest.mark.parametrize(("absorbance", "code"), [(3.5, "too_dense"), (0.005, "too_thin")])
def test_an_absorbance_that_is_not_seen_well_is_grave(absorbance: float, code: str) -> None:
    assert [(one.code, one.is_grave) for one in told(absorbance=absorbance).flags] == [(code, True)]


@pytest.mark.parametrize(
    ("spectrum", "said"),
    [
        (Signal(NM, "A", NM + 200, "nm"), "does not reach"),
        (Signal(NM, "A", NM, "eV"), "no spectrum over nm"),
        (Signal(-NM, "A", NM, "nm"), "above zero"),
    ],
)
def test_a_spectrum_without_an_answer_is_refused(spectrum: Signal, said: str) -> None:
    assert said in told(spectrum).refused
