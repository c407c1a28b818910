"""What the precipitation table starts from: the volume in the tube, the recipe's numbers, bottles, rotors, places."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from labbook.models import Lab, User
from samples.kinds import ProcessKind, SampleKind
from samples.models import (
    Equipment,
    EquipmentKind,
    Place,
    PlaceKind,
    RecipeVersion,
    Sample,
    SampleStatus,
)

# How the bottles of the two solvents are named on their labels.
NAMES = {
    "meoac": ("MeOAc", "methyl acetate"),
    "hexane": ("hexane", "n-hexane", "hexane, n-"),
}


@dataclass(frozen=True, slots=True)
class RecipeNumbers:
    """The numbers of a round as the recipe has them, as they are typed."""

    ratio: Decimal
    rpm: str
    minutes: str
    hexane_ml: str


def precipitation_recipe(lab: Lab) -> RecipeVersion | None:
    """Return the newest version of the lab's precipitation recipe."""
    versions = RecipeVersion.objects.filter(
        recipe__lab=lab, recipe__kind=ProcessKind.PRECIPITATION, recipe__is_retired=False
    )
    return versions.select_related("recipe").order_by("recipe_id", "-number").first()


def recipe_numbers(recipe: RecipeVersion | None) -> RecipeNumbers:
    """Return what a row starts with; without a recipe the source's own numbers."""
    content: dict[str, Any] = recipe.content if recipe else {"steps": ()}
    own = [step for step in content["steps"] if not step.get("process")]
    planned = {one["key"]: one.get("planned", "") for step in own for one in step.get("values", ())}
    amounts = {one["key"]: one.get("amount", "") for step in own for one in step.get("inputs", ())}
    return RecipeNumbers(
        ratio=Decimal(planned.get("meoac_ratio") or "3"),
        rpm=planned.get("spin_speed_rpm", "").removesuffix("rpm").strip(),
        minutes=planned.get("spin_time_min", "").removesuffix("min").strip(),
        hexane_ml=amounts.get("hexane", "").removesuffix("ml").strip(),
    )


def solvent_bottles(lab: Lab, user: User) -> dict[str, list[Sample]]:
    """Return the usable bottles of each solvent, the one opened last first, in one query."""
    words = [name for names in NAMES.values() for name in names]
    named = Q()
    for name in words:
        named |= Q(bottle__short__iexact=name) | Q(bottle__chemical__iexact=name)
    bottles = Sample.objects.visible_to(user).filter(lab=lab, kind=SampleKind.BOTTLE, status=SampleStatus.IN_USE)
    found = bottles.filter(named).select_related("bottle").order_by("-bottle__opened_on", "-pk")
    solvents: dict[str, list[Sample]] = {key: [] for key in NAMES}
    for bottle in found:
        its = {bottle.bottle.short.lower(), bottle.bottle.chemical.lower()}
        for key, names in NAMES.items():
            if its & {name.lower() for name in names}:
                solvents[key].append(bottle)
    return solvents


def rotors_of(lab: Lab, user: User) -> QuerySet[Equipment]:
    """Return the lab's rotors in use."""
    rotors = Equipment.objects.visible_to(user).filter(lab=lab, kind=EquipmentKind.ROTOR, is_retired=False)
    return rotors.order_by("title")


def places_of(lab: Lab, user: User) -> QuerySet[Place]:
    """Return the flat list of places."""
    return Place.objects.visible_to(user).filter(lab=lab, is_retired=False).order_by("title")


def first_place(places: list[Place], kind: PlaceKind) -> Place | None:
    """Return the first place of a kind, or nothing."""
    return next((place for place in places if place.kind == kind), None)
