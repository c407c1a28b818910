"""Plots of several curves kept as figures: the recipe is the plot's own address."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from analysis.publishing.figure_kinds import FIGURES
from analysis.services.publishing import save_figure
from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, lab_view, refused
from labbook.journal import journal_of
from measurements.curves.presets import PRESETS, USUAL
from measurements.curves.recipe import Recipe, recipe_of
from measurements.models import Measurement
from measurements.queries.traces import traces_of

MOST_QUERY = 20_000


@require_POST
@lab_view("record")
def figure_keep(request: LabRequest) -> HttpResponse:
    """Keep the plot whose address was sent as a figure."""
    recipe = recipe_of(QueryDict(request.POST.get("query", "")[:MOST_QUERY]))
    measurements = drawn_in(request, recipe)

    def save() -> HttpResponse:
        if not measurements:
            return refused(request, Refusal("There is nothing in this plot that could be kept."))
        samples = list({one.sample.pk: one.sample for one in measurements if one.sample}.values())
        title = request.POST.get("title", "").strip()[:200] or FIGURES["overlay"].title
        kept = {"query": recipe.changed(preset="").query(), "preset": preset_in(recipe)}
        try:
            with journal_of(request.lab, by=request.user) as journal:
                made = save_figure(
                    journal, kind="overlay", title=title, samples=samples, measurements=measurements, recipe=kept
                )
        except Refusal as refusal:
            return refused(request, refusal)
        return redirect("figure_detail", made.slug)

    return answer_once(request, save)


def drawn_in(request: LabRequest, recipe: Recipe) -> list[Measurement]:
    """Return the measurements whose curves a plot shows to the person."""
    traces = traces_of(recipe, request.lab, seen_by=request.user)
    ids = [one.measurement_id for one in traces if one.measurement_id]
    seen = Measurement.objects.visible_to(request.user).filter(lab=request.lab, pk__in=ids)
    return list(seen.select_related("project", "sample__project").order_by("pk"))


def preset_in(recipe: Recipe) -> str:
    """Return the preset of a plot's figure."""
    return recipe.preset if recipe.preset in PRESETS else USUAL
