"""Recipes of a lab: added, and given a new version."""

from labbook.errors import Refusal
from labbook.journal import Journal, journal_of
from labbook.models import User
from labbook.services.editing import check_unchanged, locked
from samples.models import Recipe, RecipeVersion
from samples.recipes.contents import RecipeContent
from samples.recipes.reading import write_content


def add_recipe(journal: Journal, *, content: RecipeContent, reason: str = "") -> RecipeVersion:
    """Write a new recipe and its version 1; raises Refusal("slug") when the lab has one of this name."""
    if Recipe.objects.filter(lab=journal.lab, slug=content.slug).exists():
        raise Refusal(f"This lab already has a recipe {content.slug}.", field="slug")
    recipe = Recipe.objects.create(
        lab=journal.lab, created_by=journal.by, slug=content.slug, title=content.title, kind=content.kind
    )
    version = _add_version(journal, recipe, content, number=1, reason=reason)
    journal.created(recipe, title=recipe.title, kind=recipe.get_kind_display(), version_number=1)
    return version


def change_recipe(*, recipe: Recipe, content: RecipeContent, token: str, by: User, reason: str = "") -> RecipeVersion:
    """Write a new version of a recipe; records keep the version they were made from.

    Raises Refusal when somebody changed the recipe meanwhile, or when nothing would change.
    """
    with journal_of(recipe.lab, by=by, reason=reason) as journal:
        recipe = locked(recipe)
        check_unchanged(recipe, token)
        last = RecipeVersion.objects.filter(recipe=recipe).latest("number")
        if last.content == written(content):
            raise Refusal("Nothing was changed, so there is no new version.")
        before = recipe.title
        recipe.title = content.title
        recipe.version += 1
        recipe.save(update_fields=["title", "version"])
        version = _add_version(journal, recipe, content, number=last.number + 1, reason=reason)
        changes = {"version_number": (last.number, version.number), "title": (before, recipe.title)}
        journal.changed(recipe, "new version", changes)
        return version


def written(content: RecipeContent) -> object:
    """Return a recipe as the database gives it back, for comparison: JSON knows lists, not tuples."""
    return _as_json(write_content(content))


def _as_json(value: object) -> object:
    if isinstance(value, dict):
        return {name: _as_json(part) for name, part in value.items()}
    return [_as_json(part) for part in value] if isinstance(value, list | tuple) else value


def _add_version(
    journal: Journal, recipe: Recipe, content: RecipeContent, *, number: int, reason: str
) -> RecipeVersion:
    return RecipeVersion.objects.create(
        recipe=recipe, number=number, content=written(content), created_by=journal.by, reason=reason[:300]
    )
