"""Reading recipes: those of a lab, their versions, and how often each was used."""

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from labbook.models import Lab, User
from samples.models import Process, Recipe, RecipeVersion, Synthesis
from samples.recipes.contents import RecipeContent
from samples.recipes.reading import read_content


@dataclass(frozen=True, slots=True)
class RecipeCard:
    """A recipe as a list shows it."""

    recipe: Recipe
    latest: RecipeVersion
    content: RecipeContent
    use_count: int


def recipe_cards(lab: Lab, *, seen_by: User) -> list[RecipeCard]:
    """Return the lab's recipes in the order they were added, each with its latest version."""
    latest = RecipeVersion.objects.filter(recipe=OuterRef("recipe")).order_by("-number").values("pk")[:1]
    recipes = Recipe.objects.visible_to(seen_by).filter(lab=lab, is_retired=False)
    versions = RecipeVersion.objects.filter(recipe__in=recipes, pk=Subquery(latest)).select_related("recipe")
    counts = use_counts(lab, seen_by=seen_by)
    return [
        RecipeCard(one.recipe, one, read_content(one.content), counts.get(one.recipe_id, 0))
        for one in versions.order_by("recipe_id")
    ]


def use_counts(lab: Lab, *, seen_by: User) -> dict[int, int]:
    """Return how many processes and syntheses that this person may see were made from each recipe."""
    processes = Process.objects.visible_to(seen_by).filter(lab=lab, recipe__isnull=False)
    # A hot injection carries the recipe of its synthesis; the two count once.
    single = processes.filter(Q(synthesis__isnull=True) | ~Q(synthesis__recipe=F("recipe")))
    syntheses = Synthesis.objects.visible_to(seen_by).filter(lab=lab, recipe__isnull=False)
    found: dict[int, int] = {}
    for rows in (single, syntheses):
        counted = rows.order_by().values("recipe__recipe").annotate(number=Count("pk"))
        for row in counted:
            found[row["recipe__recipe"]] = found.get(row["recipe__recipe"], 0) + row["number"]
    return found


def versions_of(recipe: Recipe, *, seen_by: User) -> QuerySet[RecipeVersion]:
    """Return a recipe's versions, newest first, each with the number of processes this person may see."""
    seen = Q(processes__in=Process.objects.visible_to(seen_by))
    versions = RecipeVersion.objects.filter(recipe=recipe).select_related("created_by")
    return versions.annotate(use_count=Count("processes", filter=seen, distinct=True)).order_by("-number")


def latest_version(recipe: Recipe) -> RecipeVersion:
    """Return a recipe's newest version."""
    return RecipeVersion.objects.filter(recipe=recipe).latest("number")
