"""Two PL lines beside each other: film and solution, before and after."""

import pytest

from analysis.methods.contract import Outcome
from tests.analysis.methods.emitted import AT_NM, codes_of, counts, ran, recording, values_of


def film(*, energy_ev: float, fwhm_mev: float = 88.0, photons: float = 1e5, **settings: float) -> Outcome:
    """Return a film beside a solution at 1.81 eV."""
    signals = {
        "solution": recording(counts(seed=1)),
        "film": recording(counts(seed=2, energy_ev=energy_ev, fwhm_mev=fwhm_mev, photons=photons)),
    }
    return ran("film_against_solution", signals, **settings)


def load(*, energy_ev: float, photons: float = 1e5, **settings: float) -> Outcome:
    """Return the PL after a load beside that before, at 1.81 eV."""
    signals = {
        "before": recording(counts(seed=1)),
        "after": recording(counts(seed=2, energy_ev=energy_ev, photons=photons)),
    }
    return ran("reversibility", signals, **settings)


def test_the_margin_is_asked_for() -> None:
    assert "margin_mev" in film(energy_ev=1.80).refused


def test_shift_and_broadening_are_film_minus_solution() -> None:
    outcome = film(energy_ev=1.80, fwhm_mev=95.0, margin_mev=5.0)

    told = {one.name: (one.value or 0, one.stderr or 0) for one in outcome.results}
    assert told["pl_shift"][0] == pytest.approx(-10.0, abs=4 * told["pl_shift"][1])
    assert told["pl_broadening"][0] == pytest.approx(7.0, abs=4 * told["pl_broadening"][1])
    assert 0.85 < told["pl_overlap"][0] < 0.95
    assert outcome.statistics["verdict"] == "different"


@pytest.mark.parametrize(
    ("energy_ev", "margin_mev", "repeat_mev", "verdict"),
    [
        (1.8100, 2.0, 0.0, "the same within the margin"),
        (1.8085, 4.0, 0.0, "different, but by less than the margin"),
        (1.7900, 4.0, 0.0, "different"),
        (1.8090, 2.0, 3.0, "undecided"),
    ],
)
def test_the_margin_and_the_repeats_decide_the_verdict(
    energy_ev: float, margin_mev: float, repeat_mev: float, verdict: str
) -> None:
    outcome = film(energy_ev=energy_ev, margin_mev=margin_mev, repeat_mev=repeat_mev)

    assert outcome.statistics["verdict"] == verdict


def test_a_redder_film_is_told_of_reabsorption() -> None:
    assert codes_of(film(energy_ev=1.80, margin_mev=5.0)) == {"reabsorption": False}
    assert codes_of(film(energy_ev=1.82, margin_mev=5.0)) == {}


def test_which_of_two_spectra_is_empty_is_said() -> None:
    signals = {"solution": recording(counts()), "film": recording(counts(photons=0.0))}

    outcome = ran("film_against_solution", signals, margin_mev=5.0)

    assert outcome.refused.startswith("film: No line")


def test_one_pair_is_at_most_consistent() -> None:
    outcome = load(energy_ev=1.8101, photons=9e4, margin_mev=3.0)

    assert outcome.statistics["reversibility"] == "consistent with reversible"
    assert "one_pair" in codes_of(outcome)
    assert "fully" not in outcome.says
    assert values_of(outcome)["pl_ratio"] == pytest.approx(0.9, abs=0.02)


def test_a_line_that_did_not_come_back_is_not_reversible() -> None:
    outcome = load(energy_ev=1.80, margin_mev=3.0)

    assert outcome.statistics["reversibility"] == "not reversible"


def test_the_ratio_needs_counts_of_both() -> None:
    signals = {"before": recording(counts()), "after": recording(counts() / 3000.0, unit="")}

    outcome = ran("reversibility", signals, margin_mev=3.0)

    assert values_of(outcome)["pl_ratio"] is None


def test_the_ratio_needs_equal_times() -> None:
    signals = {
        "before": recording(counts() / 0.5, unit="CPS"),
        "after": recording(counts() / 0.25, unit="CPS"),
    }

    outcome = ran("reversibility", signals, margin_mev=3.0)

    ratio = next(one for one in outcome.results if one.name == "pl_ratio")
    assert ratio.value is None
    assert "integration times differ" in ratio.note


def test_the_plot_shows_both_spectra_with_area_one() -> None:
    plot = film(energy_ev=1.80, margin_mev=5.0).plots[0]

    assert len(plot.x) <= len(AT_NM)
    for density in (plot.observed, plot.components["film"]):
        area = float(((density[1:] + density[:-1]) / 2 * (plot.x[1:] - plot.x[:-1])).sum())
        assert area == pytest.approx(1.0, abs=0.02)
