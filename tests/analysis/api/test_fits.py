"""Fits through the API: listed by state, judged, repeated, asked for, and as rows for a table of numbers."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from analysis.models import Fit, FitInput, ValueInForce
from labbook.models import Lab, Project, User
from measurements.models import Measurement
from tests.analysis.made import Line, ladder, measured
from tests.working import run_queued_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(client: Client, member: User) -> Client:
    """A client in which a member is signed in."""
    client.force_login(member)
    return client


@pytest.fixture
def fit(lab: Lab, member: User) -> Fit:
    """A fit of one spectrum."""
    measured(lab, member)
    run_queued_jobs()
    return Fit.objects.get()


def posted(asking: Client, name: str, key: int | None, **body: Any) -> Any:
    """Do an act of the API."""
    return asking.post(reverse(f"api_{name}", args=[key]), body, content_type="application/json")


def test_a_fit_tells_its_numbers_its_inputs_and_their_hashes(asking: Client, fit: Fit) -> None:
    told = asking.get(reverse("api_fit", args=[fit.pk])).json()

    numbers = {one["name"]: one for one in told["results"]}
    assert told["state"] == "counts"
    assert numbers["peak_energy"]["unit"] == "eV"
    assert numbers["peak_energy"]["stderr"] > 0
    assert len(told["inputs"][0]["raw_sha256"]) == 64
    assert told["statistics"]["is_converged"] is True


def test_fits_are_found_by_method_sample_and_state(asking: Client, fit: Fit) -> None:
    address = reverse("api_fits")

    def count(**wanted: str) -> int:
        return len(asking.get(address, wanted).json()["items"])

    assert count(method="pl_peak", sample="NC-024-F2", state="counting") == 1
    assert count(state="review") == count(state="stale") == count(method="decay") == 0


def test_an_unknown_state_is_answered_with_those_there_are(asking: Client, fit: Fit) -> None:
    answer = asking.get(reverse("api_fits"), {"state": "fine"})

    assert answer.status_code == 400
    assert "counting" in answer.json()["detail"]


def test_a_fit_is_rejected_with_a_reason_and_taken_back(asking: Client, fit: Fit) -> None:
    without = posted(asking, "fit_reject", fit.pk)
    rejected = posted(asking, "fit_reject", fit.pk, reason="the film was scratched")
    values = ValueInForce.objects.count()
    taken_back = posted(asking, "fit_withdraw", fit.pk)

    assert without.status_code in {400, 422}
    assert rejected.json()["record"]["verdict"] == "rejected"
    assert values == 0
    assert taken_back.json()["record"]["verdict"] == ""


def test_a_method_is_run_by_a_worker_with_what_is_stated(asking: Client, fit: Fit) -> None:
    answer = posted(asking, "measurement_analyse", fit.measurement_id, method="pl_peak", settings={"shape": "voigt"})

    run_queued_jobs()

    assert answer.status_code == 200
    assert Fit.objects.current().get().used["shape"] == "voigt"


def test_a_setting_that_cannot_be_is_refused_before_a_worker_hears_of_it(asking: Client, fit: Fit) -> None:
    answer = posted(asking, "measurement_analyse", fit.measurement_id, method="pl_peak", settings={"shape": "square"})

    assert answer.status_code in {400, 422}
    assert "is one of" in answer.content.decode()


def test_a_series_is_fitted_whole(asking: Client, lab: Lab, member: User) -> None:
    energies = {"0": 1.85, "0.13": 1.845, "0.4": 1.834, "0.7": 1.834, "1": 1.839, "1.27": 1.843}
    series = ladder(lab, member, energies)

    answer = posted(asking, "series_fit_all", series.pk)
    run_queued_jobs()

    assert answer.status_code == 200
    assert Fit.objects.current().filter(series=series, method="pressure_shift", state="done").count() == 1


def test_results_are_rows_with_their_conditions(asking: Client, lab: Lab, member: User) -> None:
    ladder(lab, member, {"0.13": 1.846, "0.4": 1.84})
    run_queued_jobs()

    rows = asking.get(reverse("api_results"), {"quantity": "peak_energy", "counting": "1"}).json()["items"]

    assert {one["pressure_gpa"] for one in rows} == {0.13, 0.4}
    assert {one["sample"] for one in rows} == {"NC-024-F2-DAC1"}


def test_values_in_force_are_told_with_their_state(asking: Client, lab: Lab, member: User) -> None:
    measured(lab, member, line=Line(fwhm_ev=0.08))
    run_queued_jobs()

    told = asking.get(reverse("api_values"), {"quantity": "fwhm", "sample": "NC-024-F2"}).json()["items"]

    assert len(told) == 1
    assert told[0]["unit"] == "meV"
    assert told[0]["fits"] == [Fit.objects.get().pk]


def test_what_a_person_may_not_see_of_the_inputs_has_no_name(asking: Client, fit: Fit) -> None:
    hidden = Project.objects.create(lab=fit.lab, name="Secret", slug="secret", is_restricted=True)
    given = FitInput.objects.get()
    Measurement.objects.filter(used_by_fits=given).update(project=hidden)

    told = asking.get(reverse("api_fit", args=[fit.pk])).json()

    assert told["inputs"] == [{"role": "spectrum", "kind": "curve", "is_restricted": True}]


def test_a_page_of_fits_costs_the_same_however_many_there_are(
    asking: Client, lab: Lab, member: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ladder(lab, member, {"0.13": 1.846, "0.4": 1.84, "0.7": 1.834})
    run_queued_jobs()

    with django_assert_max_num_queries(13):
        asking.get(reverse("api_fits"))
