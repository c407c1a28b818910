"""Fits: they run by themselves, once, lead back to raw bytes, and are superseded instead of changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analysis.methods.table import METHODS
from analysis.models import Fit, FitState, Result
from analysis.services.assembling import assemble_measurement
from analysis.services.automatic import analyse_measurement
from analysis.services.fitting import analyse, outcome_of, write_fit
from analysis.services.plots import plots_of
from labbook.journal import journal_of
from labbook.models import Lab, Revision, User
from measurements.models import RawFile
from tests.analysis.made import Line, measured
from tests.working import run_queued_jobs

pytestmark = pytest.mark.django_db
# Of one automatic fit: to find its work, to write it with values, search rows and history.
MOST_QUERIES = 38


def test_a_new_measurement_is_analysed_by_itself(lab: Lab, member: User) -> None:
    measurement = measured(lab, member, line=Line(energy_ev=1.85, fwhm_ev=0.09))

    run_queued_jobs()

    fit = Fit.objects.get(measurement=measurement)
    energy = Result.objects.get(fit=fit, name="peak_energy")
    assert fit.state == FitState.DONE
    assert fit.is_automatic
    assert energy.value == pytest.approx(1.85, abs=5 * (energy.stderr or 0))
    assert energy.unit == "eV"


def test_a_fit_leads_back_to_raw_bytes_reader_and_libraries(lab: Lab, member: User) -> None:
    measured(lab, member)

    run_queued_jobs()

    fit = Fit.objects.get()
    source = fit.inputs.get()
    assert source.raw_sha256 == RawFile.objects.get().sha256
    assert source.curve is not None
    assert source.sha256 == source.curve.store_key
    assert source.reader == "ocean_optics_txt 1"
    assert set(fit.versions) == {"method", "readers", "numpy", "scipy"}


def test_the_same_work_is_not_done_twice(lab: Lab, member: User) -> None:
    measurement = measured(lab, member)
    run_queued_jobs()

    again = analyse(assemble_measurement(METHODS["pl_peak"], measurement), by=member)

    assert again == Fit.objects.get()


def test_of_two_workers_with_the_same_work_one_writes(lab: Lab, member: User) -> None:
    measurement = measured(lab, member)
    assembly = assemble_measurement(METHODS["pl_peak"], measurement)
    outcome = outcome_of(assembly)

    with journal_of(lab, by=member) as journal:
        first = write_fit(journal, assembly, outcome, ("", []))
    with journal_of(lab, by=member) as journal:
        second = write_fit(journal, assembly, outcome, ("", []))

    assert first == second
    assert Fit.objects.count() == 1


def test_other_settings_make_another_fit_that_supersedes_the_first(lab: Lab, member: User) -> None:
    measurement = measured(lab, member)
    run_queued_jobs()
    first = Fit.objects.get()

    second = analyse(assemble_measurement(METHODS["pl_peak"], measurement, stated={"shape": "voigt"}), by=member)

    first.refresh_from_db()
    assert (first.is_current, first.superseded_by) == (False, second)
    assert second.used["shape"] == "voigt"
    assert Fit.objects.current().get() == second


def test_what_cannot_be_analysed_is_a_refused_fit_that_says_why(lab: Lab, member: User) -> None:
    measured(lab, member, line=Line(height_counts=0))

    run_queued_jobs()

    fit = Fit.objects.get()
    assert fit.state == FitState.REFUSED
    assert fit.refused.endswith(".")
    assert not fit.results.exists()


def test_the_plots_of_a_fit_come_back_with_their_numbers(lab: Lab, member: User) -> None:
    measured(lab, member)
    run_queued_jobs()
    fit = Fit.objects.get()

    plots = plots_of(fit.plots_key, fit.plots)

    assert plots[0].observed.shape == plots[0].x.shape
    assert plots[0].model is not None


def test_the_history_tells_of_a_fit(lab: Lab, member: User) -> None:
    measured(lab, member)

    run_queued_jobs()

    told = Revision.objects.get(record_type="fit")
    assert told.changes["method"] == [None, "pl_peak"]


def test_writing_one_more_fit_asks_the_database_as_little_as_before(lab: Lab, member: User) -> None:
    several = [measured(lab, member, f"NC-024-F2-FL1_PL_{index}.txt", Line(seed=index)) for index in range(5)]
    for one in several[:2]:
        analyse_measurement(one, by=member)
    *others, last = several[2:]

    with CaptureQueriesContext(connection) as with_two:
        analyse_measurement(others[0], by=member)
    analyse_measurement(others[1], by=member)
    with CaptureQueriesContext(connection) as with_four:
        analyse_measurement(last, by=member)

    assert len(with_four) == len(with_two)
    assert len(with_four) <= MOST_QUERIES
