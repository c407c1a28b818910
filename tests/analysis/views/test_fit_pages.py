"""Pages of fits: the list and its filters, one fit down to its bytes, its verdict, and other settings of it."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from analysis.models import Fit, Verdict
from analysis.queries.offered import methods_for
from labbook.journal import journal_of
from labbook.models import Job, Lab, Membership, Revision, User
from labbook.services.projects import start_project
from measurements.models import Measurement
from tests.analysis.made import Line, measured
from tests.working import run_queued_jobs


@pytest.fixture
def fit(lab: Lab, member: User) -> Fit:
    """The fit that a new spectrum got by itself."""
    measured(lab, member, line=Line(energy_ev=1.85))
    run_queued_jobs()
    return Fit.objects.get()


@pytest.fixture
def signed_in(client: Client, member: User) -> Client:
    """Whoever records."""
    client.force_login(member)
    return client


def flagged(fit: Fit) -> Fit:
    """Let a fit carry a grave flag."""
    fit.is_grave, fit.flags = True, [{"code": "chi2_too_large", "text": "The deviance is too large.", "is_grave": True}]
    fit.save()
    return fit


def test_the_page_leads_from_the_number_to_the_bytes(
    signed_in: Client, fit: Fit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in.get(f"/fits/{fit.pk}")

    with django_assert_max_num_queries(20):
        answer = signed_in.get(f"/fits/{fit.pk}")

    text, source = answer.content.decode(), fit.inputs.get()
    assert fit.says in text
    assert source.raw_sha256[:16] in text
    assert "NC-024-F2-FL1_PL.txt" in text
    assert "ocean_optics_txt 1" in text
    assert answer.context["plots"].plots[0].panel.residuals is not None


def test_every_plot_has_its_numbers_as_a_table_beside_it(signed_in: Client, fit: Fit) -> None:
    page = signed_in.get(f"/fits/{fit.pk}")
    table = signed_in.get(f"/fits/{fit.pk}/plots/0.csv")
    numbers = signed_in.get(f"/fits/{fit.pk}/plots/0.json").json()

    assert 0 < len(page.context["plots"].plots[0].rows) <= 40
    assert len(table.content.decode().splitlines()) == numbers["traces"][0]["point_count"] + 1
    assert {one["label"] for one in numbers["traces"]} >= {"data", "model"}
    assert signed_in.get(f"/fits/{fit.pk}/plots/9.json").status_code == 404


def test_today_loads_its_card_of_fits_that_ask_for_review(
    signed_in: Client, fit: Fit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    calm = signed_in.get("/fits/waiting").content.decode()
    flagged(fit)
    with django_assert_max_num_queries(10):
        card = signed_in.get("/fits/waiting").content.decode()

    address = card.partition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert 'hx-get="/fits/waiting"' in signed_in.get("/").content.decode()
    assert "No fit asks for review" in calm
    assert "1 fit asks for review" in card
    assert [line.fit for line in signed_in.get(address).context["lines"]] == [fit]


def test_the_list_is_narrowed_by_what_the_address_asks(
    signed_in: Client, fit: Fit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in.get("/fits/")
    with django_assert_max_num_queries(12):
        found = signed_in.get("/fits/?method=pl_peak&technique=PL&sample=nc-024-f2-fl1&state=counts").context["lines"]
    states = [f"state={word}" for word in ("stale", "to review", "refused", "superseded")]
    others = [signed_in.get(f"/fits/?{word}").context["lines"] for word in (*states, "method=ruby", "sample=NC-1")]

    assert [one.fit for one in found] == [fit]
    assert others == [[]] * 6


def test_a_fit_of_a_hidden_sample_names_nothing_of_it(client: Client, lab: Lab, fit: Fit, guest: User) -> None:
    owner = Membership.objects.filter(lab=lab).exclude(user=guest).first()
    assert owner is not None
    secret = start_project(lab=lab, name="Secret", is_restricted=True, by=owner.user)
    assert fit.sample is not None
    fit.sample.project = secret
    fit.sample.save()
    client.force_login(guest)

    page, listed = client.get(f"/fits/{fit.pk}"), client.get("/fits/")

    assert page.status_code == 200
    assert "restricted" in page.content.decode()
    assert f">{fit.sample.code}<" not in page.content.decode() + listed.content.decode()
    assert listed.context["lines"][0].sample is None


def test_a_flagged_fit_is_accepted_with_a_reason_only(signed_in: Client, fit: Fit) -> None:
    flagged(fit)

    without = signed_in.post(f"/fits/{fit.pk}/verdict", {"do": "accept"})
    told = {"do": "accept", "reason": "The lamp drifted, the peak did not."}
    with_one = signed_in.post(f"/fits/{fit.pk}/verdict", told)

    fit.refresh_from_db()
    assert without.status_code == 422
    assert with_one.headers["Location"] == f"/fits/{fit.pk}"
    assert (fit.verdict, fit.counts) == (Verdict.ACCEPTED, True)


def test_a_verdict_is_taken_back(signed_in: Client, fit: Fit) -> None:
    signed_in.post(f"/fits/{fit.pk}/verdict", {"do": "reject", "reason": "The shutter stuck."})
    signed_in.post(f"/fits/{fit.pk}/verdict", {"do": "withdraw"})

    fit.refresh_from_db()
    told = Revision.objects.filter(record_type="fit", record_id=fit.pk).order_by("sequence")
    assert fit.verdict == Verdict.NONE
    assert [one.action for one in told] == ["created", "rejected", "verdict withdrawn"]


def test_trying_keeps_nothing_and_shows_both_curves(signed_in: Client, fit: Fit) -> None:
    answer = signed_in.post(f"/fits/{fit.pk}/model", {"do": "try", "shape": "voigt"}, headers={"HX-Request": "true"})

    text = answer.content.decode()
    assert Fit.objects.count() == 1
    assert "nothing is kept yet" in text
    assert "data-numbers" in text
    assert "before" in {one.label for one in answer.context["panel"].traces}


def test_keeping_supersedes_the_fit_and_states_what_was_changed_only(signed_in: Client, fit: Fit) -> None:
    answer = signed_in.post(f"/fits/{fit.pk}/model", {"do": "keep", "shape": "voigt"})

    kept = Fit.objects.current().get()
    fit.refresh_from_db()
    assert answer.headers["Location"] == f"/fits/{kept.pk}"
    assert kept.stated == {"shape": "voigt"}
    assert not kept.is_automatic
    assert fit.superseded_by == kept
    assert signed_in.get(f"/fits/{fit.pk}/model").status_code == 404


def test_a_setting_that_cannot_be_is_refused_at_its_field(signed_in: Client, fit: Fit) -> None:
    answer = signed_in.post(f"/fits/{fit.pk}/model", {"do": "try", "shape": "square"})

    assert answer.status_code == 422
    assert "shape" in answer.context["form"].errors


def test_all_stale_fits_are_repeated_in_one_action(signed_in: Client, fit: Fit) -> None:
    Fit.objects.update(stale_because="The pixel size changed.", work_key="0" * 64)

    shown = signed_in.get("/fits/?state=stale")
    answer = signed_in.post("/fits/repeat")
    run_queued_jobs()

    assert b"Repeat all 1 stale" in shown.content
    assert answer.headers["Location"] == "/fits/?state=stale"
    assert Job.objects.get(kind="repeat_fits").state == "done"
    assert Fit.objects.current().get().stale_because == ""


def test_a_stale_fit_is_repeated_from_its_page(signed_in: Client, fit: Fit) -> None:
    Fit.objects.update(stale_because="The pixel size changed.", work_key="0" * 64)

    page = signed_in.get(f"/fits/{fit.pk}").content.decode()
    answer = signed_in.post(f"/fits/{fit.pk}/repeat")

    again = Fit.objects.current().get()
    assert "The pixel size changed." in page
    assert answer.headers["Location"] == f"/fits/{again.pk}"
    assert again.pk != fit.pk


def test_a_measurement_shows_its_fits_and_what_can_be_run_on_it(
    signed_in: Client, fit: Fit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in.get(f"/m/{fit.measurement_id}/fits")
    with django_assert_max_num_queries(12):
        answer = signed_in.get(f"/m/{fit.measurement_id}/fits")
    place = signed_in.get(f"/m/{fit.measurement_id}").content.decode()

    assert [one.fit for one in answer.context["own"]] == [fit]
    assert "pl_peak" in {one.name for one in answer.context["methods"]}
    assert f'hx-get="/m/{fit.measurement_id}/fits"' in place


def test_a_method_of_two_curves_asks_for_the_other_one(signed_in: Client, lab: Lab, member: User, fit: Fit) -> None:
    solution = measured(lab, member, "NC-024-F2_PL.txt", Line(energy_ev=1.86, seed=5))
    address = f"/m/{fit.measurement_id}/analyse?method=film_against_solution"

    asked = signed_in.get(address)
    sent = {"method": "film_against_solution", "partner_solution": solution.pk, "margin_mev": "10"}
    answer = signed_in.post(f"/m/{fit.measurement_id}/analyse", sent)

    made = Fit.objects.get(method="film_against_solution")
    assert list(asked.context["partners"].fields) == ["partner_solution", "partner_film"]
    assert answer.headers["Location"] == f"/fits/{made.pk}"
    assert set(made.inputs.values_list("measurement", flat=True)) == {fit.measurement_id, solution.pk}


def test_a_partner_in_a_hidden_project_cannot_be_chosen(signed_in: Client, lab: Lab, owner: User, fit: Fit) -> None:
    secret = start_project(lab=lab, name="Secret", is_restricted=True, by=owner)
    hidden = measured(lab, owner, "NC-024-F2_PL.txt", Line(seed=5))
    with journal_of(lab, by=owner):
        Measurement.objects.filter(pk=hidden.pk).update(project=secret)
    sent = {"method": "film_against_solution", "partner_solution": hidden.pk, "margin_mev": "10"}

    answer = signed_in.post(f"/m/{fit.measurement_id}/analyse", sent)

    assert answer.status_code == 422
    assert not Fit.objects.filter(method="film_against_solution").exists()


def test_whoever_only_reads_may_not_try(client: Client, fit: Fit, guest: User) -> None:
    client.force_login(guest)

    assert client.get(f"/fits/{fit.pk}").status_code == 200
    assert client.post(f"/fits/{fit.pk}/model", {"do": "try"}).status_code == 403
    assert client.post(f"/fits/{fit.pk}/verdict", {"do": "accept"}).status_code == 403


def test_a_stokes_shift_is_offered_where_the_absorbance_is(lab: Lab, member: User, fit: Fit) -> None:
    absorbance = Measurement(technique="absorbance", lab=lab)

    offered = [one.name for one in methods_for(absorbance)]

    assert "stokes_shift" in offered
    assert "stokes_shift" not in [one.name for one in methods_for(Measurement(technique="XRD", lab=lab))]
