"""A restricted project is seen by its members only, and what moves into it is hidden in the same transaction."""

import pytest

from labbook.errors import Refusal
from labbook.models import Lab, Project, Revision, SearchRow, User
from labbook.services.editing import edit_record
from labbook.services.projects import change_project, start_project
from labbook.services.versions import version_token
from samples.models import Sample
from tests.walk_world import World, make_world


@pytest.fixture
def secret(lab: Lab, member: User) -> Project:
    return start_project(lab=lab, name="Patent", is_restricted=True, by=member)


def test_only_members_see_a_restricted_project_the_owner_included(secret: Project, member: User, owner: User) -> None:
    assert list(Project.objects.visible_to(member)) == [secret]
    assert not Project.objects.visible_to(owner).exists()
    assert not Revision.objects.visible_to(owner).exists()


def test_members_come_from_the_lab_and_one_stays(secret: Project, member: User, stranger: User) -> None:
    for members in ([], [stranger]):
        with pytest.raises(Refusal) as caught:
            change_project(
                project=secret, name="Patent", is_restricted=True, members=members,
                token=version_token(secret), by=member,
            )  # fmt: skip
        assert caught.value.field == "members"


def test_opening_a_project_shows_it_to_the_lab(secret: Project, member: User, owner: User) -> None:
    change_project(
        project=secret, name="Patent", is_restricted=False, members=[member], token=version_token(secret), by=member
    )

    assert Project.objects.visible_to(owner).exists()


def test_two_projects_of_one_name_have_two_addresses(secret: Project, lab: Lab, owner: User) -> None:
    assert start_project(lab=lab, name="Patent", is_restricted=False, by=owner).slug != secret.slug


class TestARecordThatMoves:
    @pytest.fixture
    def world(self, db: None) -> World:
        return make_world()

    def test_into_a_restricted_project_leaves_search_and_history_of_the_others(self, world: World) -> None:
        film, insider, owner = world.own.film, world.people["insider"], world.people["owner"]

        edit_record(record=film, changes={"project": world.hidden.project}, token=version_token(film), by=insider)

        about = {"record_type": "sample", "record_id": film.pk}
        assert SearchRow.objects.visible_to(insider).filter(**about).exists()
        assert not SearchRow.objects.visible_to(owner).filter(**about).exists()
        assert Revision.objects.visible_to(insider).filter(**about).count() == 3
        assert not Revision.objects.visible_to(owner).filter(**about).exists()
        assert not Sample.objects.visible_to(owner).filter(pk=film.pk).exists()

    def test_out_of_it_does_not_tell_the_name_of_the_project(self, world: World) -> None:
        film, insider = world.hidden.film, world.people["insider"]

        edit_record(record=film, changes={"project": None}, token=version_token(film), by=insider)

        told = Revision.objects.filter(record_type="sample", record_id=film.pk).latest("sequence")
        assert "Quokka project" not in str(told.changes)

    def test_cannot_go_where_the_person_does_not_see(self, world: World) -> None:
        film = world.own.film

        for project in (world.hidden.project, world.foreign.project):
            with pytest.raises(Refusal, match="no such"):
                edit_record(
                    record=film, changes={"project": project}, token=version_token(film), by=world.people["owner"]
                )
