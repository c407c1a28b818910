"""The analysis of a ladder: fitted whole, reviewed where it stands, its numbers rounded down the column."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from analysis.models import Fit, MethodChoice, Verdict
from labbook.models import Job, Lab, User
from measurements.models import Series
from tests.analysis.made import ladder
from tests.working import run_queued_jobs

ENERGIES = {"0": 1.850, "0.4": 1.842, "1": 1.838, "1.65": 1.846, "2": 1.852}


@pytest.fixture
def series(lab: Lab, member: User) -> Series:
    """A load with PL at five pressures, analysed by itself."""
    made = ladder(lab, member, ENERGIES)
    run_queued_jobs()
    return made


@pytest.fixture
def signed_in(client: Client, member: User) -> Client:
    """Whoever records."""
    client.force_login(member)
    return client


def flag(fit: Fit) -> Fit:
    """Let a fit carry a grave flag."""
    fit.is_grave, fit.flags = True, [{"code": "saturated", "text": "The detector was full.", "is_grave": True}]
    fit.save()
    return fit


def at(series: Series, nominal: str) -> Fit:
    """Return the fit on a rung."""
    return Fit.objects.current().get(measurement__rung__series=series, measurement__rung__nominal=nominal)


def test_one_click_fits_all_of_a_ladder(signed_in: Client, series: Series) -> None:
    answer = signed_in.post(f"/series/{series.pk}/fit")
    waiting = signed_in.get(f"/series/{series.pk}/analysis").content.decode()
    run_queued_jobs()

    laws = Fit.objects.current().filter(series=series)
    assert answer.headers["Location"] == f"/series/{series.pk}#analysis"
    assert f'href="/jobs/{Job.objects.latest("pk").pk}"' in waiting
    assert laws.filter(method="pressure_shift").exists()


def test_the_page_says_first_how_the_peak_moves(
    signed_in: Client, series: Series, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in.get(f"/series/{series.pk}/analysis")
    with django_assert_max_num_queries(24):
        answer = signed_in.get(f"/series/{series.pk}/analysis")

    analysis = answer.context["analysis"]
    assert analysis.sentences[0].startswith("PL peak rises from 1.8")
    assert "by way of" in analysis.sentences[0]
    assert [row.rung.nominal for row in analysis.sections[0].rows] == sorted(
        row.rung.nominal for row in analysis.sections[0].rows
    )
    assert answer.context["waterfall"] is not None
    assert {one.panel.title for one in answer.context["charts"]} >= {"PL peak against pressure"}


def test_a_column_has_the_same_decimals_all_the_way_down(signed_in: Client, series: Series) -> None:
    section = signed_in.get(f"/series/{series.pk}/analysis").context["analysis"].sections[0]

    for index in range(len(section.heads)):
        decimals = {len(row.cells[index].value.partition(".")[2]) for row in section.done}
        assert len(decimals) == 1


def test_the_series_page_leaves_a_place_for_it(signed_in: Client, series: Series) -> None:
    page = signed_in.get(f"/series/{series.pk}").content.decode()

    assert f'hx-get="/series/{series.pk}/analysis"' in page
    assert 'id="fit-all"' in page


def test_one_flagged_fit_is_accepted_where_it_stands(signed_in: Client, series: Series) -> None:
    fit, other = flag(at(series, "0.4")), flag(at(series, "1"))

    asked = signed_in.get(f"/series/{series.pk}/analysis").context["analysis"].to_review
    answer = signed_in.post(
        f"/series/{series.pk}/review", {"accept": fit.pk, f"reason-{fit.pk}": "The peak is not touched."}
    )

    fit.refresh_from_db()
    other.refresh_from_db()
    assert {one.fit for one in asked} == {fit, other}
    assert answer.headers["Location"] == f"/series/{series.pk}#analysis"
    assert (fit.verdict, fit.verdict_reason) == (Verdict.ACCEPTED, "The peak is not touched.")
    assert other.verdict == Verdict.NONE


def test_all_flagged_fits_are_rejected_for_one_reason(signed_in: Client, series: Series) -> None:
    flag(at(series, "0.4"))
    flag(at(series, "1"))

    signed_in.post(f"/series/{series.pk}/review", {"reject": "all", "reason": "The slit was open."})

    analysis = signed_in.get(f"/series/{series.pk}/analysis").context["analysis"]
    assert Fit.objects.filter(verdict=Verdict.REJECTED).count() == 2
    assert [one.why for one in analysis.left_out] == ["rejected: The slit was open."] * 2


def test_a_review_without_a_reason_changes_nothing(signed_in: Client, series: Series) -> None:
    fit = flag(at(series, "1"))

    answer = signed_in.post(f"/series/{series.pk}/review", {"accept": fit.pk})

    fit.refresh_from_db()
    assert answer.status_code == 422
    assert fit.verdict == Verdict.NONE


def test_a_flagged_point_is_a_ring(signed_in: Client, series: Series) -> None:
    flag(at(series, "1"))

    charts = signed_in.get(f"/series/{series.pk}/analysis").context["charts"]

    assert [one.label for one in charts[0].panel.traces] == ["counts", "flagged"]


def test_the_curves_of_a_ladder_are_answered_for_the_plotter(signed_in: Client, series: Series) -> None:
    told = signed_in.get(f"/series/{series.pk}/curves.json?method=pl_peak").json()
    nothing = signed_in.get(f"/series/{series.pk}/curves.json?method=decay")

    assert len({one["label"] for one in told["traces"]}) == len(ENERGIES)
    assert nothing.status_code == 204


def test_what_the_laws_ask_for_is_asked_in_place(signed_in: Client, lab: Lab, member: User, series: Series) -> None:
    Series.objects.filter(pk=series.pk).update(along="temperature")

    asked = signed_in.get(f"/series/{series.pk}/analysis").context["form"]
    signed_in.post(f"/series/{series.pk}/fit", {"gap_against_temperature.reading": "E0"})

    assert list(asked.fields) == ["gap_against_temperature.reading"]
    assert Job.objects.latest("pk").arguments["stated"] == {"gap_against_temperature": {"reading": "E0"}}


def test_a_choice_that_there_is_not_is_refused(signed_in: Client, series: Series) -> None:
    Series.objects.filter(pk=series.pk).update(along="temperature")

    answer = signed_in.post(f"/series/{series.pk}/fit", {"gap_against_temperature.reading": "E1"})

    assert answer.status_code == 422
    assert not MethodChoice.objects.filter(lab=series.lab, method="gap_against_temperature").exists()
