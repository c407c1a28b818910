"""The model of a whole pattern, its slopes, and fits of patterns made another way."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.physics.diffraction.pattern import Crystallites, Optics, profile
from analysis.physics.diffraction.phase_lines import Diffractometer
from analysis.physics.diffraction.radiation import radiation
from analysis.physics.diffraction.spread import relative_spread
from analysis.physics.diffraction.structures import DELTA, GAMMA_293K
from analysis.physics.diffraction.texture import march, squared_cosines
from analysis.physics.diffraction.whole_fit import fit_whole_pattern
from analysis.physics.diffraction.whole_parameters import Choices
from analysis.physics.diffraction.whole_pattern import Pattern, WholePattern, phase_of
from analysis.physics.fitting.problem import Floats, Likelihood
from analysis.physics.refusing import CannotAnalyse

ANGLES = np.arange(8.0, 50.0, 0.06)
CU = Diffractometer(radiation(1.54056))
VALUES = np.array([
    0.01, 1.9, 0.08, 0.8, 500, 8.5766, 8.8561, 12.4722, 9.3, 0.001, 100, 10.4342, 4.7905, 17.761, 55, 0.0003,
    100, -20, 5, 1,
])  # fmt: skip


def counts(size_nm: float, *, stretch: float = 1.0, height: float = 2000.0, seed: int = 3) -> Floats:
    """Return counts of γ made by the simulation of a single structure."""
    a, b, c = GAMMA_293K.edges_angstrom
    structure = replace(GAMMA_293K, edges_angstrom=(a * stretch, b * stretch, c * stretch))
    shape = profile(structure, CU.radiation, ANGLES, Crystallites(size_nm), Optics(0.08))
    mean = height * shape + 160 * (0.45 + 1.1 * np.exp(-ANGLES / 14))
    return np.random.default_rng(seed).poisson(mean).astype(float)


@pytest.mark.parametrize(
    "setup",
    [CU, Diffractometer(radiation(1.54056), monochromator_deg=26.6, radius_mm=217.5)],
    ids=["zero", "displaced"],
)
def test_every_slope_is_that_of_differences(setup: Diffractometer) -> None:
    gamma = phase_of(GAMMA_293K, setup, 50.0, is_textured=True)
    delta = phase_of(DELTA, setup, 50.0, unit=gamma.unit)
    blank = Pattern(ANGLES, np.ones_like(ANGLES), Likelihood.POISSON)
    model = WholePattern(blank, setup, {"gamma": gamma, "delta": delta}, 3)

    slopes = model.slopes(VALUES)

    for place, name in enumerate(model.names):
        step = np.zeros(len(VALUES))
        step[place] = 1e-6 * max(abs(VALUES[place]), 0.01)
        by_difference = (model.predicted(VALUES + step) - model.predicted(VALUES - step)) / (2 * step[place])
        assert slopes[:, place] == pytest.approx(by_difference, abs=1e-5 * float(np.abs(by_difference).max())), name


def test_a_pattern_made_by_the_simulation_is_fitted_within_its_errors() -> None:
    whole = fit_whole_pattern(Pattern(ANGLES, counts(9.3), Likelihood.POISSON), CU, Choices(gauss_deg=0.08))

    fitted = whole.fitted
    truths = dict(zip(("gamma_a", "gamma_b", "gamma_c"), GAMMA_293K.edges_angstrom, strict=True))
    truths |= {"gamma_size": 9.3, "gamma_strain": 0.0, "b_iso": 2.0, "shift": 0.0}
    assert fitted.is_converged
    assert fitted.reduced == pytest.approx(1.0, abs=0.15)
    for name, truth in truths.items():
        assert abs(fitted.value(name) - truth) < 4 * fitted.stderr(name), name
    assert not whole.has_moving_delta


def test_a_cell_far_under_pressure_is_found() -> None:
    observed = counts(12.0, stretch=0.93)

    whole = fit_whole_pattern(Pattern(ANGLES, observed, Likelihood.POISSON), CU, Choices(gauss_deg=0.08))

    assert whole.fitted.value("gamma_a") == pytest.approx(0.93 * 8.5766, rel=1e-3)
    assert whole.fitted.reduced < 1.2


def test_trap_27_the_unresolved_doublet_is_tied_by_the_structure() -> None:
    """A single breadth of 002 and 110 would say 30 % less than the structure does."""
    whole = fit_whole_pattern(
        Pattern(ANGLES, counts(16.0, height=20_000.0), Likelihood.POISSON),
        CU,
        Choices(gauss_deg=0.08, has_strain=False),
    )

    assert whole.fitted.value("gamma_size") == pytest.approx(16.0, rel=0.02)


def test_the_scatter_of_an_area_detector_is_read_off_the_residuals() -> None:
    rng = np.random.default_rng(5)
    model = 200 + 1500 * np.exp(-(((ANGLES - 29) / 0.5) ** 2))
    truth = np.sqrt(model / (8 + 4 * ANGLES))

    found = relative_spread(ANGLES, model, rng.normal(0.0, truth))

    ratio = found / truth
    assert float(ratio.std() / ratio.mean()) < 0.12
    assert float(np.log(found).mean()) == pytest.approx(0.0, abs=1e-9)


def test_texture_leaves_a_powder_as_it_is_and_raises_the_faces_of_cubes() -> None:
    phase = phase_of(GAMMA_293K, CU, 50.0)
    squares = squared_cosines(phase.reflections.hkl, phase.reflections.metric)
    hkl = [tuple(int(abs(one)) for one in row) for row in phase.reflections.hkl]

    plain, flat = march(squares, 1.0)[0], march(squares, 0.6)[0]

    assert plain == pytest.approx(np.ones(len(hkl)))
    assert flat[hkl.index((0, 0, 2))] > 1.2
    assert flat[hkl.index((0, 2, 2))] < 1.0


def test_an_empty_substrate_is_refused() -> None:
    observed = np.random.default_rng(1).poisson(160 * (0.45 + 1.1 * np.exp(-ANGLES / 14))).astype(float)

    with pytest.raises(CannotAnalyse, match="No line of γ"):
        fit_whole_pattern(Pattern(ANGLES, observed, Likelihood.POISSON), CU, Choices(gauss_deg=0.08))


def test_a_range_with_hardly_a_line_is_refused() -> None:
    few = ANGLES < 17

    with pytest.raises(CannotAnalyse, match="wider range"):
        fit_whole_pattern(Pattern(ANGLES[few], counts(9.3)[few], Likelihood.POISSON), CU, Choices(gauss_deg=0.08))
