"""Overlays: curves of several samples in one plot, and the same plot as a figure for paper."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from labbook.http import LabRequest, lab_view
from labbook.roles import may
from measurements.curves.presets import PRESETS, USUAL
from measurements.curves.recipe import MOST_TRACES, recipe_of
from measurements.queries.overlays import OverlaySamples, samples_for_overlay
from measurements.queries.traces import traces_of


@require_safe
@lab_view("read")
def overlay(request: LabRequest) -> HttpResponse:
    """Show the measurements and curves in the address as one plot; `s` names samples, `technique` what of them."""
    from measurements.curves.drawing import draw
    from measurements.curves.plot import plot_of

    recipe = recipe_of(request.GET)
    codes = request.GET.getlist("s")
    samples = samples_for_overlay(codes, request.lab, request.user)
    technique = request.GET.get("technique") or samples.usual()
    ids = dict.fromkeys([*recipe.measurements, *samples.ids(technique)])
    recipe = recipe.changed(measurements=tuple(ids)[:MOST_TRACES])
    plot = plot_of(draw(recipe, traces_of(recipe, request.lab, seen_by=request.user)), name="overlay")
    if not codes:
        samples = samples_for_overlay(plot.sample_codes, request.lab, request.user)
        shown = {trace.technique for trace in plot.drawing.traces}
        technique = shown.pop() if len(shown) == 1 else ""
    context = {
        "plot": plot,
        "technique": technique,
        "chips": technique_chips(samples, technique),
        "missing": samples.missing(technique) if codes else [],
        "borrowed": samples.borrowed(technique) if codes else [],
        "presets": PRESETS.values(),
        "preset": PRESETS.get(recipe.preset, PRESETS[USUAL]),
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "measurements/overlay.html", context)


def technique_chips(samples: OverlaySamples, technique: str) -> list[dict[str, object]]:
    """Return the ways to another technique of the same samples, each with how many have it."""
    codes = [("s", code) for code in samples.told]
    return [
        {
            "text": name,
            "count": count,
            "is_on": name == technique,
            "address": f"{reverse('overlay')}?{urlencode([*codes, ('technique', name)])}",
        }
        for name, count in samples.techniques
    ]
