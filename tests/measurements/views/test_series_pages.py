"""Pages of series: the ladder with its gaps, rungs that are added, corrected and merged."""

from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from labbook.journal import journal_of
from labbook.models import Lab, User
from measurements.models import Series
from measurements.services.series import start_series
from tests.measurements.measuring import make_sample, measure, with_file

VALUES = [Decimal(0), Decimal(1), Decimal(2)]


@pytest.fixture
def ladder(lab: Lab, member: User) -> Series:
    """A pressure series of three rungs; PL on two of them, TRPL on one, ruby before and after on one."""
    sample = make_sample(lab, member, "NC-024-F2")
    with journal_of(lab, by=member) as journal:
        series = start_series(journal, sample=sample, along="pressure", values=VALUES, branch="compression")
    low, middle, _ = series.rungs.all()
    for technique, rung, part in (
        ("PL", low, ""), ("PL", middle, ""), ("TRPL", low, ""), ("ruby", low, "before"), ("ruby", low, "after"),
    ):  # fmt: skip
        with_file(measure(lab, member, sample, technique, rung=rung, part=part), f"{technique}_{rung.pk}_{part}.txt")
    return series


def test_the_ladder_shows_gaps_as_gaps(
    client: Client, member: User, ladder: Series, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(member)
    client.get(f"/series/{ladder.pk}")

    with django_assert_max_num_queries(12):
        answer = client.get(f"/series/{ladder.pk}")

    text = answer.content.decode()
    assert answer.context["ladder"].gaps == ["2 of 3 rungs have PL", "1 of 3 rungs have TRPL"]
    assert "1 before, 1 after" in text
    assert "Pressures here are nominal" in text


def test_each_rung_suggests_the_name_of_its_next_file(client: Client, member: User, ladder: Series) -> None:
    client.force_login(member)

    rows = client.get(f"/series/{ladder.pk}").context["ladder"].rows

    assert rows[1].names == ["NC-024-F2_PL_1GPa_02.txt", "NC-024-F2_TRPL_1GPa_01.txt"]


def test_a_series_is_begun_with_its_rungs(client: Client, lab: Lab, member: User) -> None:
    make_sample(lab, member, "NC-024-F3")
    client.force_login(member)
    sent = {"sample": "NC-024-F3", "along": "temperature", "values": "80, 120 K, 25 °C", "branch": "warming"}

    answer = client.post("/series/new", sent)

    series = Series.objects.get()
    assert answer.headers["Location"] == f"/series/{series.pk}"
    assert [str(one) for one in series.rungs.all()] == ["80 K, warming", "120 K, warming", "298.15 K, warming"]


def test_a_rung_of_the_wrong_unit_is_refused(client: Client, member: User, ladder: Series) -> None:
    client.force_login(member)

    answer = client.post(f"/series/{ladder.pk}/rungs", {"values": "3 K"})

    assert answer.status_code == 422
    assert ladder.rungs.count() == 3


def test_rungs_are_corrected_and_merged_on_their_pages(client: Client, member: User, ladder: Series) -> None:
    low, middle, high = ladder.rungs.all()
    client.force_login(member)

    refused = client.post(f"/series/{ladder.pk}/rungs/{high.pk}", {"nominal": "2.1", "branch": "compression"})
    client.post(
        f"/series/{ladder.pk}/rungs/{high.pk}", {"nominal": "2100 MPa", "branch": "compression", "reason": "misread"}
    )
    client.post(f"/series/{ladder.pk}/rungs/{middle.pk}/merge", {"into": low.pk, "reason": "the same"})

    assert refused.status_code == 422
    assert [str(one) for one in ladder.rungs.all()] == ["0 GPa", "2.1 GPa"]
    assert low.measurements.count() == 5


def test_the_list_of_series_counts_rungs_and_measurements(client: Client, member: User, ladder: Series) -> None:
    client.force_login(member)

    found = client.get("/series/").context["series"]

    assert [(one.rung_count, one.measurement_count) for one in found] == [(3, 5)]


def test_a_series_without_a_title_is_called_by_its_sample(client: Client, member: User, ladder: Series) -> None:
    client.force_login(member)

    page, listed = (client.get(address).content.decode() for address in (f"/series/{ladder.pk}", "/series/"))

    assert "<h1>NC-024-F2 along pressure</h1>" in page
    assert "NC-024-F2 along pressure</a>" in listed
