"""Marks of analyses: a number with the error it was rounded to, as every table of results shows it."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from analysis.models import Fit
from analysis.publishing.rounding import Printed
from analysis.publishing.symbols import runs
from analysis.queries.fit_page import title_of
from analysis.queries.fit_states import state_of
from analysis.queries.series_page import SeriesAnalysis
from analysis.services.plots import first_plot
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


@register.simple_tag
def residual_line(fit: Fit) -> SafeString:
    """Draw the residuals of a fit's first curve as a small line; what has none draws nothing."""
    from analysis.drawing.residual_line import residual_points

    plot = first_plot(fit)
    points = residual_points(plot) if plot is not None else ""
    if not points:
        return SafeString("")
    drawn = (
        '<svg class="residual-line" viewBox="0 0 96 22" aria-hidden="true">'
        '<line x1="0" x2="96" y1="11" y2="11"/><polyline points="{}"/></svg>'
    )
    return format_html(drawn, points)


@register.filter
def symbol(text: str) -> SafeString:
    """Return a symbol with its lowered and raised parts, as papers set it."""
    marks = {"sub": "<sub>{}</sub>", "sup": "<sup>{}</sup>", "": "{}"}
    return format_html_join("", "{}", ((format_html(marks[one.place], one.text),) for one in runs(text)))


register.filter("fit_state", state_of)
register.filter("fit_title", title_of)


@register.filter
def less(number: float, other: float) -> float:
    """Return a number less another, for the places of a picture."""
    return number - other
