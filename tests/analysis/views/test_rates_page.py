"""Rates of a decay: offered with the yields of its fraction, computed when a person says that both belong together."""

import pytest
from django.test import Client

from analysis.models import Fit, Result
from labbook.models import Lab, User
from tests.analysis.made import measured
from tests.working import run_queued_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(client: Client, member: User) -> Client:
    """Whoever records."""
    client.force_login(member)
    return client


@pytest.fixture
def fit(lab: Lab, member: User) -> Fit:
    """A fit that tells a yield and a lifetime."""
    measured(lab, member)
    run_queued_jobs()
    fit = Fit.objects.get()
    for position, (name, value, stderr, unit) in enumerate((("plqy", 60, 5, "%"), ("tau_amplitude", 20, 0.5, "ns"))):
        Result.objects.create(fit=fit, position=90 + position, name=name, value=value, stderr=stderr, unit=unit)
    return fit


def test_rates_are_kept_as_a_fit_that_rests_on_both(asking: Client, fit: Fit) -> None:
    told = {"plqy": Result.objects.get(name="plqy").pk, "lifetime_kind": "amplitude-weighted"}

    unsaid = asking.post(f"/fits/{fit.pk}/rates", told)
    answer = asking.post(f"/fits/{fit.pk}/rates", {**told, "is_same_sample_and_state": "on"})

    rates = Fit.objects.get(method="rates")
    assert unsaid.status_code == 422
    assert answer.status_code == 302
    assert Result.objects.get(fit=rates, name="rate_radiative").value == pytest.approx(0.03)
    assert {one.source for one in rates.inputs.all()} == {fit}


def test_a_fit_without_a_lifetime_says_so(asking: Client, fit: Fit) -> None:
    Result.objects.filter(name="tau_amplitude").delete()

    answer = asking.get(f"/fits/{fit.pk}/rates")

    assert "no lifetime that counts" in answer.content.decode()
