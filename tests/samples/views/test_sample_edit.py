"""A sample's words are corrected on its page: merged, refused at 409 when two people mean it, and put back."""

import re

import pytest
from django.test import Client

from labbook.models import Lab, Project, Revision, User
from labbook.services.history import restore
from labbook.services.projects import start_project
from labbook.services.versions import version_token
from tests.samples.lineage.story import Story, tell

FILM = "/s/NC-024-F1-FL1"


@pytest.fixture
def story(lab: Lab, owner: User) -> Story:
    """The story of a film."""
    return tell(lab, owner)


@pytest.fixture
def reader(client: Client, owner: User) -> Client:
    """A browser in which a member is signed in."""
    client.force_login(owner)
    return client


def sent(story: Story, **changes: str) -> dict[str, str]:
    """Return the form as a browser sends it, with some fields changed."""
    film = story["NC-024-F1-FL1"]
    words = {"title": film.title, "note": film.note, "solvent": film.solvent, "look": film.look}
    details = {"specimen.substrate": "glass", "specimen.substrate_lot": "", "specimen.substrate_cleaning": ""}
    return {**words, **details, "specimen.detail": "", "version": version_token(film), **changes}


def test_words_and_the_detail_of_a_film_are_saved_together(story: Story, reader: Client) -> None:
    answer = reader.post(f"{FILM}/edit/", sent(story, title="Green", note="**dull**", **{"specimen.substrate": "mica"}))

    film = story["NC-024-F1-FL1"]
    told = Revision.objects.filter(record_type="sample", record_id=film.pk).latest("sequence")
    assert (answer.status_code, answer["Location"]) == (302, FILM)
    assert told.changes == {"title": ["", "Green"], "note": ["", "**dull**"], "specimen.substrate": ["glass", "mica"]}
    assert "<strong>dull</strong>" in reader.get(FILM).content.decode()


def test_the_form_shows_what_is_saved_and_asks_no_gasket_of_a_film(story: Story, reader: Client) -> None:
    form = reader.get(f"{FILM}/edit/").context["form"]

    assert form["specimen.substrate"].value() == "glass"
    assert "specimen.gasket" not in form.fields
    assert "project" not in form.fields


def test_the_same_field_changed_twice_is_asked_about_and_nothing_is_written(story: Story, reader: Client) -> None:
    mine = sent(story, title="Mine", look="clear")
    reader.post(f"{FILM}/edit/", sent(story, title="Theirs"))

    answer = reader.post(f"{FILM}/edit/", mine)

    film = story["NC-024-F1-FL1"]
    assert answer.status_code == 409
    assert (film.title, film.look) == ("Theirs", "")
    assert {"Mine", "Theirs"} <= set(re.findall(r"Mine|Theirs", answer.content.decode()))


def test_different_fields_of_two_people_are_merged(story: Story, reader: Client) -> None:
    mine = sent(story, look="clear")
    reader.post(f"{FILM}/edit/", sent(story, title="Theirs"))

    assert reader.post(f"{FILM}/edit/", mine).status_code == 302

    film = story["NC-024-F1-FL1"]
    assert (film.title, film.look) == ("Theirs", "clear")


def test_a_corrected_substrate_comes_back_from_the_history(story: Story, reader: Client, owner: User) -> None:
    before = Revision.objects.filter(lab=story.lab).latest("sequence").sequence
    reader.post(f"{FILM}/edit/", sent(story, **{"specimen.substrate": "mica"}))
    film = story["NC-024-F1-FL1"]

    restore(record=film, sequence=before, field="specimen.substrate", token=version_token(film), by=owner)

    film.specimen.refresh_from_db()
    assert film.specimen.substrate == "glass"


def test_a_sample_is_placed_in_a_project_the_person_sees(story: Story, reader: Client, owner: User) -> None:
    project = start_project(lab=story.lab, name="Shelf life", is_restricted=False, by=owner)

    reader.post(f"{FILM}/edit/", sent(story, project=str(project.pk)))

    assert story["NC-024-F1-FL1"].project == project


def test_a_project_of_others_is_no_choice(story: Story, reader: Client, member: User) -> None:
    start_project(lab=story.lab, name="Open", is_restricted=False, by=member)
    secret = start_project(lab=story.lab, name="Secret", is_restricted=True, by=member)

    answer = reader.post(f"{FILM}/edit/", sent(story, project=str(secret.pk)))

    assert answer.status_code == 422
    assert story["NC-024-F1-FL1"].project is None
    assert Project.objects.count() == 2


def test_a_bottle_is_edited_on_its_own_page(story: Story, reader: Client) -> None:
    assert reader.get("/s/BT-PB-024/edit/")["Location"] == "/stock/BT-PB-024/edit/"
