"""Writes of the API: the pages' messages, once per key, versions, refusals with their offers."""

from decimal import Decimal

from labbook.models import Revision, User
from samples.models import Place, Sample
from tests.samples.api.conftest import Asker
from tests.samples.lineage.story import Story

VIAL = "samples/NC-024-F1-a"


def test_a_use_debits_the_vial_and_answers_with_what_is_left(story: Story, asker: Asker) -> None:
    answer = asker.post(f"{VIAL}/use", {"amount": "0.2 ml", "purpose": "stability cuvette"})

    assert answer.status_code == 200
    assert answer.json()["said"] == "The use is recorded."
    assert answer.json()["record"]["balance"] == 500
    assert Revision.objects.latest("sequence").by == story.by


def test_a_number_without_its_unit_is_asked_about_and_never_guessed(story: Story, asker: Asker) -> None:
    bare = asker.post(f"{VIAL}/use", {"amount": 200, "purpose": "test"})
    spelled = asker.post(f"{VIAL}/use", {"amount": {"value": 200, "unit": "µl"}, "purpose": "test"})

    assert bare.status_code == 422
    assert bare.json()["errors"][0]["field"] == "amount"
    assert spelled.json()["record"]["balance"] == 500


def test_fields_that_do_not_exist_are_named_and_nothing_is_written(story: Story, asker: Asker) -> None:
    answer = asker.post(f"{VIAL}/use", {"amount": "0.2 ml", "purpose": "test", "colour": "red"})

    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"field": "colour", "message": "There is no field “colour” here."}]
    assert story["NC-024-F1-a"].balance == 700


def test_a_use_beyond_the_balance_is_refused_with_the_recount_that_makes_it_possible(
    story: Story, asker: Asker
) -> None:
    body = {"amount": "0.9 ml", "purpose": "test"}
    refused = asker.post(f"{VIAL}/use", body)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "amount"
    offer = refused.json()["offer"]["recount"]
    agreed = asker.post(f"{VIAL}/use", {**body, "recount": offer})
    assert agreed.status_code == 200, agreed.content
    assert story["NC-024-F1-a"].balance == 0


def test_the_same_key_gives_the_first_answer_and_writes_once(story: Story, asker: Asker) -> None:
    body = {"amount": "0.2 ml", "purpose": "test"}
    first = asker.post(f"{VIAL}/use", body, Idempotency_Key="k1")
    again = asker.post(f"{VIAL}/use", body, Idempotency_Key="k1")
    other = asker.post(f"{VIAL}/use", {**body, "amount": "0.1 ml"}, Idempotency_Key="k1")

    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert other.status_code == 422
    assert other.json()["errors"][0]["field"] == "idempotency_key"
    assert story["NC-024-F1-a"].balance == 500


def test_an_edit_needs_the_version_that_was_read_and_a_genuine_one(story: Story, asker: Asker) -> None:
    etag = asker.get(VIAL)["ETag"]

    assert asker.patch(VIAL, {"title": "x"}).status_code == 428
    assert asker.patch(VIAL, {"title": "x"}, If_Match='"1:forged"').status_code == 400
    assert asker.patch(VIAL, {"title": "x"}, If_Match=asker.get("samples/NC-024-F1-b")["ETag"]).status_code == 400
    saved = asker.patch(VIAL, {"title": "for pressure"}, If_Match=f"W/{etag}")
    assert saved.status_code == 200
    assert saved.json()["title"] == "for pressure"
    assert saved["ETag"] != etag


def test_edits_of_other_fields_are_merged_and_of_the_same_field_answered_with_both(
    story: Story, asker: Asker, keeper: Asker
) -> None:
    etag = asker.get(VIAL)["ETag"]
    assert keeper.patch(VIAL, {"note": "theirs"}, If_Match=etag).status_code == 200

    merged = asker.patch(VIAL, {"title": "mine"}, If_Match=etag)
    clash = asker.patch(VIAL, {"note": "mine"}, If_Match=etag)

    assert (merged.json()["title"], merged.json()["note"]) == ("mine", "theirs")
    assert clash.status_code == 409
    assert clash.json()["conflicts"] == [{"field": "note", "base": "", "yours": "mine", "theirs": "theirs"}]


def test_an_edit_binds_only_what_was_sent(story: Story, asker: Asker) -> None:
    bottle = "bottles/BT-PB-024"
    before = asker.get(bottle)
    saved = asker.patch(bottle, {"bottle": {"lot": "NEW-1"}}, If_Match=before["ETag"])

    assert saved.status_code == 200, saved.content
    assert saved.json()["bottle"] == {**before.json()["bottle"], "lot": "NEW-1"}


def test_guests_read_and_do_not_write(story: Story, guest: User) -> None:
    asker = Asker(guest)
    etag = asker.get(VIAL)["ETag"]

    assert asker.post(f"{VIAL}/use", {"purpose": "test"}).status_code == 403
    assert asker.patch(VIAL, {"title": "x"}, If_Match=etag).status_code == 403


def test_several_specimens_are_made_at_once(story: Story, asker: Asker) -> None:
    body = {"source": "NC-024-F1-c", "series": "TG", "count": 3, "amount": "5 µl"}
    answer = asker.post("specimens", body)

    assert answer.status_code == 201, answer.content
    assert answer.json()["made"] == ["NC-024-F1-TG1", "NC-024-F1-TG2", "NC-024-F1-TG3"]
    assert story["NC-024-F1-c"].balance == Decimal(1385)


def test_many_samples_are_moved_or_none(story: Story, asker: Asker) -> None:
    Place.objects.create(lab=story.lab, title="Freezer 2", kind="freezer")
    codes = ["NC-024-F1-a", "NC-024-F1-b"]

    moved = asker.post("samples/move", {"samples": codes, "place": "Freezer 2"})
    missing = asker.post("samples/move", {"samples": [*codes, "NC-9"], "place": "Freezer 2"})

    assert moved.status_code == 200, moved.content
    assert missing.status_code == 422
    assert Sample.objects.filter(place__title="Freezer 2").count() == 2


def test_samples_are_pooled_with_what_is_taken_of_each(story: Story, asker: Asker) -> None:
    shares = [{"sample": "NC-024-F1-a", "amount": "100 µl"}, {"sample": "NC-024-F1-b", "amount": "0.2 ml"}]
    answer = asker.post("samples/pool", {"shares": shares, "title": "both"})
    wrong = asker.post("samples/pool", {"shares": [*shares, {"sample": "NC-024-F1-c", "amount": "3"}]})

    assert answer.status_code == 201, answer.content
    assert answer.json()["record"]["made_amount"] == 300
    assert wrong.json()["errors"][0]["field"] == "shares.3.amount"


def test_a_malformed_body_is_refused_without_a_trace(story: Story, asker: Asker) -> None:
    def sent(text: str) -> int:
        answer = asker.client.post(f"/api/v1/{VIAL}/use", text, content_type="application/json")
        return int(answer.status_code)

    assert [sent(text) for text in ("{", "[]", '{"amount": NaN}', "[" * 100_000)] == [400] * 4
    assert sent('{"purpose": "' + "x" * 1_000_000 + '"}') == 422
    assert story["NC-024-F1-a"].balance == 700


def test_every_act_on_a_vial_answers_as_its_page_does(story: Story, asker: Asker) -> None:
    Place.objects.create(lab=story.lab, title="Fridge 1", kind="fridge")
    acts = {
        "treat": {"kind": "filtering", "amount_after": "0.65 ml"},
        "recount": {"counted": "600 µl", "reason": "weighed again"},
        "size": {"edge_length_nm": "9 nm"},
        "alias": {"text": "old name 7"},
        "move": {"place": "fridge 1"},
        "label": {},
        "split": {"count": 2, "amount": "0.1 ml"},
        "dilute": {"amount": "0.1 ml", "solvent_amount": "0.9 ml", "solvent_name": "n-hexane"},
        "discard": {"reason": "broken"},
        "keep": {"reason": "not broken"},
    }
    for name, body in acts.items():
        answer = asker.post(f"{VIAL}/{name}", body)
        assert answer.status_code in {200, 201}, f"{name}: {answer.content}"
        assert answer.json()["said"]
    assert asker.get(VIAL).json()["names"] == ["old name 7"]
    assert asker.get(VIAL).json()["size"]["edge_length_nm"] == 9
