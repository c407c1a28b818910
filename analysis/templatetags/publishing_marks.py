"""What can be made of a series, for its page."""

from typing import Any

from django import template
from django.template.context import Context

from analysis.queries.making import what_can_be_made
from measurements.models import Series

register = template.Library()


@register.inclusion_tag("analysis/_series_makers.html", takes_context=True)
def series_makers(context: Context, series: Series) -> dict[str, Any]:
    """Draw a button for every table and figure of a ladder: what is there is opened, the rest is made."""
    request = context["request"]
    return {
        "series": series,
        "making": what_can_be_made(series, request.user),
        "may_record": context.get("may_record", False),
        "csrf_token": context.get("csrf_token"),
    }
