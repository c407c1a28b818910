"""Tests of a streak map at every wavelength."""

import numpy as np
import pytest

from analysis.methods.contract import Outcome, SettingValue, Signal, Work
from analysis.methods.running import run_method
from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.decays.gaussian_response import Gaussian
from analysis.physics.fitting.problem import Floats

TAUS_NS = np.array([2.28, 8.2])
AT_NM = np.linspace(600.0, 720.0, 25)


def made(taus_ns: Floats = TAUS_NS) -> Signal:
    """Return a map of two decays with different spectra."""
    edges_ns = np.linspace(0.0, 50.0, 129)
    shares = Gaussian(edges_ns, 0.5 / FWHM_PER_SIGMA).shares(taus_ns, 4.0).values_ns * 128 / 50
    spectra = np.array([600 * np.exp(-0.5 * ((AT_NM - middle) / 15.0) ** 2) for middle in (655.0, 665.0)])
    counts = np.random.default_rng(1).poisson(shares.T @ spectra + 1.9).astype(float)
    times_ns = (edges_ns[1:] + edges_ns[:-1]) / 2
    return Signal(counts, "counts", AT_NM, "nm", "wavelength", rows=times_ns, rows_unit="ns", rows_name="time")


def told(signal: Signal, **settings: float | str) -> Outcome:
    """Return what the method answers through a Gaussian response."""
    stated: dict[str, SettingValue] = {"irf": "gaussian", "irf_fwhm_ns": 0.5, **settings}
    return run_method("decay_map", Work({"decay": (signal,)}, settings=stated))


def test_lifetimes_that_all_wavelengths_share_are_found() -> None:
    outcome = told(made())

    by_name = {one.name: one for one in outcome.results}
    assert outcome.refused == ""
    assert outcome.flags == ()
    for name, truth in (("tau1", 2.28), ("tau2", 8.2), ("decay_start", 4.0)):
        value, stderr = by_name[name].value, by_name[name].stderr
        assert value is not None
        assert stderr is not None
        assert abs(value - truth) < 4 * stderr


def test_the_table_has_a_row_for_every_wavelength_with_light() -> None:
    outcome = told(made())

    table = outcome.tables[0]
    assert len(table.rows) == outcome.statistics["wavelengths_used"]
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_the_two_decays_have_spectra_of_their_own() -> None:
    outcome = told(made())

    spectra = next(one for one in outcome.plots if one.name == "spectra")
    fast, slow = spectra.components.values()
    assert spectra.x[int(np.argmax(fast))] < spectra.x[int(np.argmax(slow))]


def test_a_start_of_the_fit_cuts_the_map_and_the_sum_alike() -> None:
    outcome = told(made(), fit_end_ns=40.0, model="bi")

    assert outcome.refused == ""
    assert outcome.statistics["fit_end_ns"] == pytest.approx(39.84375)
    assert outcome.statistics["n"] == 102 * int(outcome.statistics["wavelengths_used"] or 0)


def test_a_single_decay_is_no_map() -> None:
    decay = Signal(np.arange(50.0), "counts", np.arange(50.0), "ns")

    assert "with the method decay" in told(decay).refused


def test_a_map_with_a_background_subtracted_is_refused() -> None:
    raw = made()
    subtracted = Signal(raw.values - 2.0, "counts", raw.x, "nm", rows=raw.rows, rows_unit="ns")

    assert "from raw counts only" in told(subtracted).refused


def test_a_map_with_holes_is_refused() -> None:
    raw = made()
    holed = Signal(np.where(raw.values > 500, np.nan, raw.values), "counts", raw.x, "nm", rows=raw.rows, rows_unit="ns")

    assert "are no numbers" in told(holed).refused


def test_a_map_asks_what_the_response_is() -> None:
    assert "State how the instrument response enters" in run_method("decay_map", Work({"decay": (made(),)})).refused
