"""Furnishing a new lab: the shipped recipes and a flat list of places."""

from decimal import Decimal

from labbook.journal import Journal, journal_of
from labbook.models import Lab, User
from samples.models import Place, PlaceKind, Recipe
from samples.recipes.reading import shipped_recipes
from samples.services.recipes import add_recipe

# Title, kind and nominal temperature; fridge and freezer as the source has them.
PLACES = (
    ("Lab room", PlaceKind.ROOM, Decimal(22)),
    ("Bench 1", PlaceKind.BENCH, None),
    ("Fridge 1", PlaceKind.FRIDGE, Decimal(5)),
    ("Freezer 1", PlaceKind.FREEZER, Decimal(-21)),
)


def furnish_lab(lab: Lab, by: User | None) -> None:
    """Give a lab the shipped recipes and first places; what it already has stays as it is."""
    with journal_of(lab, by=by, reason="furnishing of a new lab") as journal:
        add_shipped_recipes(journal)
        add_first_places(journal)


def add_shipped_recipes(journal: Journal) -> int:
    """Write the recipes the lab does not have yet; returns how many."""
    known = set(Recipe.objects.filter(lab=journal.lab).values_list("slug", flat=True))
    missing = [content for content in shipped_recipes() if content.slug not in known]
    for content in missing:
        add_recipe(journal, content=content, reason="shipped with the notebook")
    return len(missing)


def add_first_places(journal: Journal) -> int:
    """Write the first places of a lab that has none; returns how many."""
    if Place.objects.filter(lab=journal.lab).exists():
        return 0
    for title, kind, temperature in PLACES:
        place = Place.objects.create(
            lab=journal.lab, created_by=journal.by, title=title, kind=kind, nominal_temperature_c=temperature
        )
        journal.created(place, title=title, kind=place.get_kind_display(), nominal_temperature_c=temperature)
    return len(PLACES)
