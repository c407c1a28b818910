"""Recipes are read with their gaps and changed by new versions only."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from labbook.models import Lab, User
from labbook.services.editing import version_token
from samples.forms.recipes import RecipeForm
from samples.models import Recipe, RecipeVersion
from samples.recipes.reading import read_content
from samples.services.furnishing import furnish_lab

# Session, person, membership, versions with their recipes, processes and syntheses counted.
LIST_QUERIES = 6


@pytest.fixture
def oleate(lab: Lab, owner: User) -> Recipe:
    """Cs-oleate in a furnished lab."""
    furnish_lab(lab, owner)
    return Recipe.objects.get(lab=lab, slug="cs-oleate")


def sent(recipe: Recipe, **changes: str) -> dict[str, str]:
    """Return the form of a recipe's next version as a browser sends it, with some boxes changed."""
    form = RecipeForm(content=read_content(recipe.versions.latest("number").content))
    boxes = {name: str(form[name].value() or "") for name in form.fields}
    return {**boxes, **changes, "version": version_token(recipe)}


def test_the_list_shows_all_eight_recipes_for_a_pinned_cost(
    client: Client, guest: User, oleate: Recipe, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(guest)
    client.get("/recipes/")

    with django_assert_num_queries(LIST_QUERIES):
        page = client.get("/recipes/")

    assert len(page.context["cards"]) == 8


@pytest.mark.parametrize("slug", ["pbi2", "precipitation", "tem-grid", "diamond-anvil-load"])
def test_a_recipe_says_what_its_source_does_not_state(client: Client, guest: User, oleate: Recipe, slug: str) -> None:
    client.force_login(guest)

    assert "not stated" in client.get(f"/recipes/{slug}/").content.decode()


def test_the_typing_error_of_the_source_is_on_the_page_with_its_number(
    client: Client, guest: User, oleate: Recipe
) -> None:
    client.force_login(guest)

    page = client.get("/recipes/pbi2/").content.decode()

    assert "<b>E1</b>" in page
    assert "corrected from the source" in page


def test_a_change_makes_a_new_version_and_leaves_the_old_one(client: Client, member: User, oleate: Recipe) -> None:
    client.force_login(member)

    answer = client.post(
        "/recipes/cs-oleate/edit/", sent(oleate, **{"degas.degas_time_min": "45 min", "reason": "wet"})
    )

    first, second = RecipeVersion.objects.filter(recipe=oleate).order_by("number")
    assert answer["Location"] == "/recipes/cs-oleate/"
    assert read_content(first.content).value("degas_time_min").planned == "30 min"
    assert read_content(second.content).value("degas_time_min").planned == "45 min"
    assert (second.number, second.reason, second.created_by) == (2, "wet", member)


def test_an_old_version_can_still_be_read(client: Client, member: User, oleate: Recipe) -> None:
    client.force_login(member)
    client.post("/recipes/cs-oleate/edit/", sent(oleate, **{"degas.degas_time_min": "45 min"}))

    assert client.get("/recipes/cs-oleate/?version=1").context["content"].value("degas_time_min").planned == "30 min"
    assert client.get("/recipes/cs-oleate/?version=9").status_code == 404


@pytest.mark.parametrize(
    ("box", "typed"), [("degas.degas_time_min", "a while"), ("mix.oa", "0.65 flurb"), ("mix.oa", "0.65 K")]
)
def test_a_plan_that_cannot_be_read_is_answered_at_its_box(
    client: Client, member: User, oleate: Recipe, box: str, typed: str
) -> None:
    client.force_login(member)

    answer = client.post("/recipes/cs-oleate/edit/", sent(oleate, **{box: typed}))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [box]
    assert oleate.versions.count() == 1


def test_a_version_of_somebody_elses_reading_is_not_overwritten(client: Client, member: User, oleate: Recipe) -> None:
    client.force_login(member)
    mine = sent(oleate, **{"degas.degas_time_min": "45 min"})
    client.post("/recipes/cs-oleate/edit/", sent(oleate, **{"degas.degas_time_min": "40 min"}))

    answer = client.post("/recipes/cs-oleate/edit/", mine)

    assert answer.status_code == 422
    assert oleate.versions.count() == 2


def test_saving_without_a_change_makes_no_version(client: Client, member: User, oleate: Recipe) -> None:
    client.force_login(member)

    assert client.post("/recipes/cs-oleate/edit/", sent(oleate)).status_code == 422
    assert oleate.versions.count() == 1
