"""What counts for a sample, the choice of another fit, and what a lab states for its methods."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from analysis.models import Fit, MethodChoice, ValueInForce
from labbook.models import Job, Lab, Revision, User
from labbook.services.editing import version_token
from tests.analysis.made import Line, measured
from tests.working import run_queued_jobs


@pytest.fixture
def fits(lab: Lab, member: User) -> list[Fit]:
    """Two spectra of one film, analysed by themselves."""
    for number, energy in (("", 1.85), ("_02", 1.851)):
        measured(lab, member, f"NC-024-F2-FL1_PL{number}.txt", Line(energy_ev=energy, seed=len(number)))
    run_queued_jobs()
    return list(Fit.objects.order_by("pk"))


@pytest.fixture
def signed_in(client: Client, member: User) -> Client:
    """Whoever records."""
    client.force_login(member)
    return client


def energy() -> ValueInForce:
    """Return the PL peak that counts."""
    return ValueInForce.objects.get(quantity="peak_energy")


def test_the_sample_shows_what_counts_and_from_which_fits(
    signed_in: Client, fits: list[Fit], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in.get("/s/NC-024-F2-FL1/values")
    with django_assert_max_num_queries(10):
        answer = signed_in.get("/s/NC-024-F2-FL1/values")

    line = next(one for one in answer.context["groups"][0].lines if one.value.quantity == "peak_energy")
    assert line.fits == fits
    assert line.value.replicate_count == 2
    assert line.spread
    assert 'hx-get="/s/NC-024-F2-FL1/values"' in signed_in.get("/s/NC-024-F2-FL1").content.decode()


def test_another_fit_is_chosen_with_a_reason(signed_in: Client, fits: list[Fit]) -> None:
    value = energy()

    without = signed_in.post(f"/values/{value.pk}", {"fit": fits[0].pk})
    chosen = signed_in.post(f"/values/{value.pk}", {"fit": fits[0].pk, "reason": "The second one drifted."})

    assert without.status_code == 422
    assert chosen.headers["Location"] == "/s/NC-024-F2-FL1#values"
    assert energy().chosen == fits[0]
    assert energy().value == fits[0].results.get(name="peak_energy").value


def test_the_mean_of_all_counts_again(signed_in: Client, fits: list[Fit]) -> None:
    value = energy()
    signed_in.post(f"/values/{value.pk}", {"fit": fits[0].pk, "reason": "The second one drifted."})

    signed_in.post(f"/values/{value.pk}", {"fit": ""})

    assert energy().chosen is None
    assert energy().replicate_count == 2


def test_a_fit_of_something_else_cannot_be_chosen(signed_in: Client, lab: Lab, member: User, fits: list[Fit]) -> None:
    other = measured(lab, member, "NC-024-F2_PL.txt", Line(seed=7))
    run_queued_jobs()

    answer = signed_in.post(
        f"/values/{energy_of(fits[0]).pk}", {"fit": Fit.objects.get(measurement=other).pk, "reason": "no"}
    )

    assert answer.status_code == 422


def energy_of(fit: Fit) -> ValueInForce:
    """Return the PL peak that counts for the sample of a fit."""
    return ValueInForce.objects.get(quantity="peak_energy", sample=fit.sample)


def test_every_method_stands_in_the_table_with_what_it_needs(
    signed_in: Client, lab: Lab, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        answer = signed_in.get("/methods/")

    lines = {line.method.name: line for group in answer.context["groups"] for line in group.lines}
    assert lines["pl_peak"].is_automatic
    assert "PL spectrum" in lines["pl_peak"].needs
    assert any("E" in one and "eV" in one for one in lines["pl_peak"].tells)


def test_a_manager_states_the_lab_s_choice_and_its_fits_are_checked(
    client: Client, manager: User, fits: list[Fit]
) -> None:
    client.force_login(manager)

    answer = client.post("/methods/pl_peak", {"shape": "voigt", "runs_by_itself": "on"})
    run_queued_jobs()

    choice = MethodChoice.objects.get(method="pl_peak")
    assert answer.headers["Location"] == "/methods/"
    assert (choice.settings, choice.is_automatic) == ({"shape": "voigt"}, True)
    assert Revision.objects.filter(record_type="methodchoice", record_id=choice.pk).exists()
    assert Job.objects.filter(kind="check_fits", state="done").exists()
    assert all("shape" in one.stale_because for one in Fit.objects.all())


def test_two_managers_do_not_overwrite_each_other(client: Client, lab: Lab, manager: User) -> None:
    client.force_login(manager)
    client.post("/methods/pl_peak", {"shape": "voigt", "runs_by_itself": "on"})
    token = version_token(MethodChoice.objects.get(method="pl_peak"))

    client.post("/methods/pl_peak", {"shape": "gaussian", "runs_by_itself": "on", "version": token})
    late = client.post("/methods/pl_peak", {"shape": "two-sided", "runs_by_itself": "on", "version": token})

    assert late.status_code == 409
    assert MethodChoice.objects.get(method="pl_peak").settings == {"shape": "gaussian"}


def test_a_member_may_not_state_for_the_lab(signed_in: Client, lab: Lab) -> None:
    assert signed_in.get("/methods/pl_peak").status_code == 403
