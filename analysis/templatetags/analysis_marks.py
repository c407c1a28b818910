"""Marks of analyses: a number with the error it was rounded to, as every table of results shows it."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from analysis.publishing.rounding import Printed
from analysis.queries.fit_states import state_of
from analysis.queries.series_page import SeriesAnalysis
from labbook.quantities.show import MINUS
from measurements.models import Rung

register = template.Library()


@register.simple_tag
def told(number: Printed, unit: str = "") -> SafeString:
    """Return value, quiet error and small unit; an uneven error above and below."""
    error = SafeString("")
    if number.stderr:
        error = format_html(' <span class="error-of">± {}</span>', number.stderr)
    elif number.above:
        error = format_html(' <span class="error-of">+{} {}{}</span>', number.above, MINUS, number.below)
    small = format_html('<span class="unit">{}</span>', unit) if unit else ""
    return format_html('<span class="value">{}{}{}</span>', number.value, error, small)


@register.simple_tag
def ruby_of(analysis: SeriesAnalysis, rung: Rung) -> SafeString:
    """Return the pressure that the ruby gives a rung."""
    known = next((one.told for one in analysis.pressures if one.rung.pk == rung.pk), None)
    return told(known) if known is not None else SafeString("")


register.filter("fit_state", state_of)


@register.filter
def less(number: float, other: float) -> float:
    """Return a number less another, for the places of a picture."""
    return number - other
