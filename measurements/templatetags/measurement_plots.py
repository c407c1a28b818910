"""Plots for templates: what the page of a measurement or of a series draws."""

from collections.abc import Sequence

from django import template
from django.template.context import Context

from measurements.models import Measurement
from measurements.queries.measurements import MeasurementLine
from measurements.queries.page_plots import (
    PagePlot,
    plot_of_ladder,
    plot_of_measurement,
    technique_of,
    techniques_of,
)

register = template.Library()


@register.simple_tag(takes_context=True)
def measurement_plot(context: Context, measurement: Measurement) -> PagePlot:
    """Return the plot or the map of a measurement, as the page's address asks for it."""
    request = context["request"]
    return plot_of_measurement(measurement, request.GET, request.lab, request.user)


@register.simple_tag(takes_context=True)
def ladder_plot(context: Context, lines: Sequence[MeasurementLine]) -> PagePlot:
    """Return the plot of a ladder's measurements of one technique."""
    request = context["request"]
    return plot_of_ladder([line.measurement for line in lines], request.GET, request.lab, request.user)


@register.simple_tag(takes_context=True)
def ladder_techniques(context: Context, lines: Sequence[MeasurementLine]) -> list[dict[str, object]]:
    """Return a chip for each technique of a ladder."""
    measurements = [line.measurement for line in lines]
    chosen = technique_of(measurements, context["request"].GET)
    return [
        {"text": one, "address": f"?technique={one}", "is_on": one == chosen} for one in techniques_of(measurements)
    ]
