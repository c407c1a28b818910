"""Runs over picked results: they go stale with what they rest on, and are run again on what has taken its place."""

import pytest

from analysis.methods.table import METHODS
from analysis.models import Fit, Result
from analysis.services.assembling import assemble_measurement
from analysis.services.combining import assemble_from_results
from analysis.services.fitting import analyse
from analysis.services.series_fits import run_again
from analysis.services.staleness import assembly_of, why_stale
from analysis.services.verdicts import reject_fit
from labbook.journal import journal_of
from labbook.models import Lab, User
from tests.analysis.made import measured
from tests.working import run_queued_jobs

pytestmark = pytest.mark.django_db
STATED = {"lifetime_kind": "amplitude-weighted", "is_same_sample_and_state": "yes"}


@pytest.fixture
def rates(lab: Lab, member: User) -> Fit:
    """Rates of a yield and a lifetime, which stand as results of the fit of a line."""
    measurement = measured(lab, member)
    run_queued_jobs()
    line = Fit.objects.get()
    picks = {
        "plqy_percent": Result.objects.create(fit=line, position=90, name="plqy", value=60.0, stderr=5.0, unit="%"),
        "lifetime_ns": Result.objects.create(
            fit=line, position=91, name="tau_amplitude", value=20.0, stderr=0.5, unit="ns"
        ),
    }
    assembly = assemble_from_results(METHODS["rates"], lab, picks, subject=measurement, stated=STATED)
    return analyse(assembly, by=member)


def test_rates_are_those_of_the_picked_results(rates: Fit) -> None:
    told = {one.name: (one.value, one.stderr) for one in rates.results.all()}

    assert rates.refused == ""
    assert told["rate_radiative"][0] == pytest.approx(0.030)
    assert told["rate_radiative"][1] == pytest.approx(0.002610077, rel=1e-6)


def test_rates_whose_results_stand_are_fresh(rates: Fit) -> None:
    assert why_stale(rates, assembly_of(rates)) == ""


def test_rates_go_stale_when_what_they_rest_on_is_rejected(lab: Lab, member: User, rates: Fit) -> None:
    with journal_of(lab, by=member) as journal:
        reject_fit(journal, Fit.objects.get(method="pl_peak"), reason="the wrong film")

    rates.refresh_from_db()
    assert rates.stale_because


def test_rates_are_run_again_on_the_fit_that_took_the_place(lab: Lab, member: User, rates: Fit) -> None:
    measurement = rates.measurement
    assert measurement is not None
    newer = analyse(assemble_measurement(METHODS["pl_peak"], measurement, stated={"shape": "voigt"}), by=member)
    Result.objects.create(fit=newer, position=90, name="plqy", value=30.0, stderr=2.0, unit="%")
    Result.objects.create(fit=newer, position=91, name="tau_amplitude", value=20.0, stderr=0.5, unit="ns")

    again = run_again(Fit.objects.get(pk=rates.pk), by=member)

    assert again is not None
    assert Result.objects.get(fit=again, name="rate_radiative").value == pytest.approx(0.015)
    assert Fit.objects.get(pk=rates.pk).superseded_by == again
