"""The pages of a sample, its lineage, recall and statement answer before anybody clicks."""

import pytest
from django.test import Client

from labbook.models import Lab, User
from tests.samples.lineage.story import Story, tell


@pytest.fixture
def story(lab: Lab, owner: User) -> Story:
    """The story of a film."""
    return tell(lab, owner)


@pytest.fixture
def reader(client: Client, owner: User) -> Client:
    """A browser in which a member is signed in."""
    client.force_login(owner)
    return client


def text_of(reader: Client, address: str) -> str:
    """Return a page that must answer."""
    answer = reader.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode().replace("\u202f", " ")


def test_the_film_page_shows_both_lots_without_a_click_or_a_script(story: Story, reader: Client) -> None:
    page = text_of(reader, "/s/NC-024-F1-FL1")
    assert "PbI₂ · lot SIM4158" in page
    assert "Cs₂CO₃ · lot SIM4021" in page
    assert "<span>50 µl</span>" in page


@pytest.mark.parametrize("code", ["NC-024-F1-FL1", "NC-024-F1-b", "NC-024-F1", "NC-024-C", "NC-024-S1"])
def test_every_kind_of_sample_has_a_page(story: Story, reader: Client, code: str) -> None:
    assert code in text_of(reader, f"/s/{code}")


@pytest.mark.parametrize("part", ["lineage/", "lineage/?view=tree&direction=up", "lineage/?view=table&solvents=1",
                                  "lineage/?depth=all&direction=down", "recall/", "statement/", "lineage.svg",
                                  "lineage.csv", "recall.csv", "statement.csv"])  # fmt: skip
@pytest.mark.parametrize("code", ["NC-024-F1-FL1", "BT-PB-024", "NC-024-F1"])
def test_every_part_of_a_lineage_answers(story: Story, reader: Client, code: str, part: str) -> None:
    assert text_of(reader, f"/s/{code}/{part}")


def test_the_lineage_says_which_vial_the_film_is_of_in_drawing_tree_table_and_file(
    story: Story, reader: Client
) -> None:
    for part in ("lineage/", "lineage/?view=tree", "lineage/?view=table", "lineage.svg", "lineage.csv"):
        page = text_of(reader, f"/s/NC-024-F1-FL1/{part}")
        assert "NC-024-F1-b" in page, part
        assert "BT-PB-024" in page, part
        assert "BT-ODE-024" not in page, part


def test_solvents_are_shown_when_asked_for(story: Story, reader: Client) -> None:
    assert "BT-ODE-024" in text_of(reader, "/s/NC-024-F1-FL1/lineage/?solvents=1")


def test_recall_of_a_bottle_lists_the_film(story: Story, reader: Client) -> None:
    assert "NC-024-F1-FL1" in text_of(reader, "/s/BT-PB-024/recall/")


def test_the_statement_says_what_is_recorded_and_what_is_not(story: Story, reader: Client) -> None:
    page = text_of(reader, "/s/NC-024-F1-FL1/statement/")
    assert "Film NC-024-F1-FL1 was spin-coated on glass on 18 Feb 2026, 09:00 (AV) from NC-024-F1-b" in page
    assert "storage before use not recorded, 50 µl" in page
    assert "storage of NC-024-F1-b before its use" in page


def test_a_stranger_finds_no_sample(story: Story, client: Client, stranger: User) -> None:
    client.force_login(stranger)
    for part in ("", "/lineage/", "/recall/", "/statement/", "/lineage.csv"):
        assert client.get(f"/s/NC-024-F1-FL1{part}").status_code == 404
