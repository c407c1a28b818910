"""What making a specimen looks up."""

from labbook.models import Lab
from samples.models import RecipeVersion
from samples.services.specimens import FORMS_BY_PREFIX


def specimen_recipe(lab: Lab, prefix: str) -> RecipeVersion | None:
    """Return the newest version of the lab's recipe for a kind of specimen, if it has one."""
    versions = RecipeVersion.objects.filter(recipe__lab=lab, recipe__is_retired=False)
    kind = FORMS_BY_PREFIX[prefix].process
    return versions.filter(recipe__kind=kind).select_related("recipe").order_by("-recipe_id", "-number").first()
