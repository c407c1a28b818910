"""Saved tables and figures through the API."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from analysis.models import SavedFigure, SavedTable
from labbook.models import Lab, User
from measurements.models import Series
from tests.analysis.publishing.fitted import LIFETIMES, fit_of, ladder_of, measured_on


@pytest.fixture
def asking(client: Client, member: User) -> Client:
    """A client in which a member is signed in."""
    client.force_login(member)
    return client


@pytest.fixture
def series(lab: Lab, member: User) -> Series:
    """A load with one decay, fitted."""
    series = ladder_of(lab, member, "NC-024-F2-DAC1", "pressure", ["0"], "TRPL")
    fit_of(lab, "decay", LIFETIMES, measurement=measured_on(series)[0])
    return series


@pytest.mark.parametrize(("what", "kind", "model"), [("table", "s2", SavedTable), ("figure", "s7", SavedFigure)])
def test_a_series_makes_one_and_finds_it_again(
    asking: Client, series: Series, what: str, kind: str, model: type[SavedTable] | type[SavedFigure]
) -> None:
    address = reverse(f"api_series_{what}", args=[series.pk])

    answers = [asking.post(address, {"kind": kind}, content_type="application/json").json() for _ in range(2)]

    slug = model._default_manager.get().slug
    assert {one["said"] for one in answers} == {f"The {what} is {slug}."}


@pytest.mark.parametrize("what", ["table", "figure"])
def test_a_kind_that_there_is_not_is_refused_with_those_there_are(asking: Client, series: Series, what: str) -> None:
    answer = asking.post(
        reverse(f"api_series_{what}", args=[series.pk]), {"kind": "s99"}, content_type="application/json"
    )

    assert answer.status_code == 422
    assert "s1" in answer.json()["detail"]


def test_a_table_tells_its_recipe_and_what_it_rests_on(
    asking: Client, series: Series, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    asking.post(f"/series/{series.pk}/tables/s2")
    slug = SavedTable.objects.get().slug

    with django_assert_max_num_queries(8):
        listed = asking.get(reverse("api_tables"), {"kind": "s2"}).json()["items"]
    told = asking.get(reverse("api_table", args=[slug])).json()

    assert [one["slug"] for one in listed] == [slug]
    assert told["sources"]["τ₁, 0 GPa"].startswith("2.28 ± 0.08 ns")
    assert asking.get(reverse("api_tables"), {"kind": "s1"}).json()["items"] == []
