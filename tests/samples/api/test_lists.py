"""Lists of the API: the page's own query, cursor pages, chosen fields, tables, and a constant number of queries."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labbook.journal import journal_of
from labbook.models import Lab, User
from samples.models import Sample
from tests.samples.api.conftest import Asker
from tests.samples.lineage.story import Story
from tests.samples.services.making import received

LISTS = (
    "samples", "bottles", "precursors", "specimens", "syntheses", "processes", "places", "equipment", "recipes",
    "labels", "search?q=kind:any", "members", "projects", "revisions", "aliases",
)  # fmt: skip


def table(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


@pytest.mark.parametrize("address", LISTS)
def test_every_list_answers_as_json_and_as_a_table(address: str, story: Story, asker: Asker) -> None:
    plain = asker.get(address)
    name, _, query = address.partition("?")
    as_table = asker.get(f"{name}.csv?{query}")

    assert plain.status_code == as_table.status_code == 200
    assert as_table["Content-Type"] == "text/csv; charset=utf-8"
    assert len(table(as_table)) == len(plain.json()["items"]) == plain.json()["count"]


def test_the_samples_list_is_the_one_of_the_page_with_the_same_query(story: Story, asker: Asker) -> None:
    def codes(query: str) -> set[str]:
        return {one["code"] for one in asker.get(f"samples?{query}").json()["items"]}

    assert codes("") == {one.code for one in Sample.objects.filter(kind__in=["fraction", "vial", "film"])}
    assert codes("kind=film") == codes("q=kind:film") == {"NC-024-F1-FL1"}
    assert "PB-024" in codes("kind=any")


def test_a_query_that_is_not_understood_is_refused_and_not_run_without_it(story: Story, asker: Asker) -> None:
    typo, unknown = asker.get("samples?q=injT:warm"), asker.get("samples?colour=red")

    assert typo.status_code == unknown.status_code == 400
    assert typo.json()["errors"][0]["field"] == "injT:warm"
    assert unknown.json()["errors"] == [{"field": "colour", "message": "There is no parameter “colour” here."}]


def test_pages_follow_each_other_without_gap_or_repetition(story: Story, asker: Asker) -> None:
    seen: list[str] = []
    address = "samples?kind=any&limit=3"
    while address:
        page = asker.get(address).json()
        seen += [one["code"] for one in page["items"]]
        address = (page["next"] or "").partition("/api/v1/")[2]

    assert len(seen) == len(set(seen)) == Sample.objects.count()


def test_fields_are_chosen_also_within_a_nested_record_and_in_the_order_asked(story: Story, asker: Asker) -> None:
    rows = table(asker.get("bottles.csv?fields=bottle.short,code"))

    assert list(rows[0]) == ["bottle.short", "code"]
    assert asker.get("bottles?fields=code,bottle.lot").json()["items"][0].keys() == {"code", "bottle"}
    assert asker.get("bottles?fields=colour").status_code == 400


def test_a_table_has_no_cell_that_a_spreadsheet_computes(lab: Lab, member: User, asker: Asker) -> None:
    with journal_of(lab, by=member) as journal:
        sample = received(journal, "RX-001")
    Sample.objects.filter(pk=sample.pk).update(title="=HYPERLINK(1)", balance="0.5")

    assert table(asker.get("samples.csv"))[0]["title"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("address", ["samples?kind=any", "processes", "bottles", "syntheses", "samples.csv?kind=any"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    address: str, story: Story, lab: Lab, member: User, asker: Asker
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert asker.get(address).status_code == 200
        return len(captured)

    few = queries()
    with journal_of(lab, by=member) as journal:
        for number in range(20):
            received(journal, f"RX-{number:03}")

    assert queries() == few <= 20


def test_a_record_is_found_by_code_tag_and_id(story: Story, asker: Asker) -> None:
    film = story["NC-024-F1-FL1"]

    for key in (film.code, film.tag, film.tag.lower(), str(film.pk), "nc024f1fl1"):
        assert asker.get(f"samples/{key}").json()["id"] == film.pk


def test_another_labs_record_is_answered_like_one_that_does_not_exist(
    story: Story, other_lab: Lab, stranger: User
) -> None:
    asker = Asker(stranger)

    for address in ("samples/NC-024-F1", f"samples/{story['NC-024-F1'].pk}", "syntheses/NC-024", "samples/NC-9"):
        answer = asker.get(address)
        assert answer.status_code == 404
        assert answer.json() == {"detail": "There is no such record here.", "errors": []}
    assert asker.get("samples?kind=any").json()["items"] == []
