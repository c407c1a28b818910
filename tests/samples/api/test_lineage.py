"""Lineage through the API: every film leads to its lots, and what is restricted stays hidden."""

from labbook.models import User
from labbook.services.editing import edit_record, version_token
from labbook.services.projects import start_project
from tests.samples.api.conftest import Asker
from tests.samples.lineage.story import Story

FILM = "samples/NC-024-F1-FL1"


def test_a_film_leads_to_the_bottles_of_both_salts_and_back(story: Story, asker: Asker) -> None:
    up = asker.get(f"{FILM}/ancestors").json()
    codes = {one["code"] for one in up["nodes"]}

    assert {"BT-PB-024", "BT-CS-024", "PB-024", "CS-024", "NC-024-F1"} <= codes
    assert all({edge["parent"], edge["child"]} <= {one["id"] for one in up["nodes"]} for edge in up["edges"])
    down = asker.get("samples/BT-PB-024/descendants").json()
    assert "NC-024-F1-FL1" in {one["code"] for one in down["nodes"]}


def test_the_edges_are_a_table_too(story: Story, asker: Asker) -> None:
    lines = asker.get(f"{FILM}/ancestors.csv").content.decode().splitlines()

    assert lines[0].startswith("parent,parent_code,child,child_code,process")
    assert len(lines) - 1 == len(asker.get(f"{FILM}/ancestors").json()["edges"])


def test_a_restricted_sample_is_a_node_without_a_name(story: Story, asker: Asker, manager: User) -> None:
    secret = start_project(lab=story.lab, name="Secret", is_restricted=True, by=story.by)
    batch = story["PB-024"]
    edit_record(record=batch, changes={"project": secret}, token=version_token(batch), by=story.by)
    seen = Asker(manager).get(f"{FILM}/ancestors")

    hidden = [one for one in seen.json()["nodes"] if one["is_restricted"]]
    assert [(one["id"], one["code"], one["title"]) for one in hidden] == [(batch.pk, None, None)]
    assert "PB-024" not in seen.content.decode().replace("BT-PB-024", "")
    assert Asker(manager).get("samples/PB-024").status_code == 404
    assert asker.get("samples/PB-024").status_code == 200


def test_the_statement_tells_the_chain_and_what_is_not_recorded(story: Story, asker: Asker) -> None:
    told = asker.get(f"{FILM}/statement").json()

    assert told["sample"] == "NC-024-F1-FL1"
    assert any("BT-PB-024" in used for step in told["steps"] for used in step["used"])
    assert told["gaps"]
    assert told["versions"]["NC-024-F1-FL1"] >= 1


def test_history_ledger_and_moves_belong_to_their_record(story: Story, asker: Asker) -> None:
    ledger = asker.get("samples/NC-024-F1-a/ledger").json()["items"]
    history = asker.get("samples/NC-024-F1-a/history").json()["items"]

    assert [one["kind"] for one in ledger] == ["made"]
    assert {one["record"] for one in history} == {"NC-024-F1-a"}
    assert asker.get("samples/NC-024-F1-a/moves").json()["items"] == []
