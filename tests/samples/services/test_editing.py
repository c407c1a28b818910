"""A sample is edited together with its detail row, and search follows."""

import pytest
from django.test import Client

from labbook.errors import Conflict, Refusal
from labbook.models import Lab, Revision, SearchRow, User
from labbook.services.history import restore
from labbook.services.versions import version_token
from samples.models import BottleDetail
from samples.services.editing import edit_sample, edit_synthesis
from tests.samples.services.bench import planned
from tests.walk_world import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_a_bottle_and_its_lot_are_edited_under_one_version(world: World) -> None:
    bottle, by = world.own.bottle, world.people["member"]

    edit_sample(record=bottle, changes={"title": "Cs", "bottle.lot": "L-7"}, token=version_token(bottle), by=by)

    told = Revision.objects.filter(record_type="sample", record_id=bottle.pk).latest("sequence")
    assert BottleDetail.objects.get(sample=bottle).lot == "L-7"
    assert told.changes == {"title": ["Numbat title", "Cs"], "bottle.lot": ["", "L-7"]}


def test_a_lot_that_two_people_change_is_a_conflict_under_its_own_name(world: World) -> None:
    bottle, by = world.own.bottle, world.people["member"]
    token = version_token(bottle)
    edit_sample(record=bottle, changes={"bottle.lot": "L-7"}, token=token, by=by)

    with pytest.raises(Conflict) as caught:
        edit_sample(record=bottle, changes={"bottle.lot": "L-8"}, token=token, by=by)

    assert caught.value.conflicts == [{"field": "bottle.lot", "base": "", "yours": "L-8", "theirs": "L-7"}]


def test_a_lot_comes_back_from_the_history(world: World) -> None:
    bottle, by = world.own.bottle, world.people["member"]
    before = Revision.objects.filter(lab=bottle.lab).latest("sequence").sequence
    edit_sample(record=bottle, changes={"bottle.lot": "L-7"}, token=version_token(bottle), by=by)
    bottle.refresh_from_db()

    restore(record=bottle, sequence=before, field="bottle.lot", token=version_token(bottle), by=by)

    assert BottleDetail.objects.get(sample=bottle).lot == ""


def test_a_detail_that_the_kind_does_not_have_is_refused(world: World) -> None:
    with pytest.raises(Refusal, match="cannot be edited"):
        edit_sample(
            record=world.own.film, changes={"bottle.lot": "x"}, token=version_token(world.own.film),
            by=world.people["member"],
        )  # fmt: skip


def test_a_title_is_found_under_its_new_words(world: World) -> None:
    by = world.people["member"]

    edit_sample(record=world.own.film, changes={"title": "Green"}, token=version_token(world.own.film), by=by)
    edit_synthesis(
        record=world.own.synthesis, changes={"title": "Red"}, token=version_token(world.own.synthesis), by=by
    )

    titles = SearchRow.objects.filter(code__in=[world.own.film.code, world.own.synthesis.code])
    assert set(titles.values_list("title", flat=True)) == {"Green", "Red"}


def test_a_synthesis_edited_on_its_page_is_found_by_its_new_title(client: Client, lab: Lab, member: User) -> None:
    synthesis = planned(lab, member)
    client.force_login(member)

    fields = {"title": "pressure set", "version": version_token(synthesis)}
    answer = client.post(f"/syntheses/{synthesis.code}/edit/", fields)

    assert answer.status_code == 302
    assert SearchRow.objects.get(record_type="synthesis", record_id=synthesis.pk).title == "pressure set"
