"""Marks of measurements: the small picture of a curve, and the badge of a technique."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from measurements.techniques import TECHNIQUES, Technique

register = template.Library()

WIDTH, HEIGHT = 96, 28


@register.simple_tag
def sparkline(heights: Sequence[float] | None) -> SafeString:
    """Draw a curve's heights, 0 to 100, as a small line; what has none, such as an image, draws nothing."""
    if not heights or len(heights) < 2:
        return SafeString("")
    line = points_of(heights, WIDTH, HEIGHT)
    drawn = '<svg class="sparkline" viewBox="0 0 {} {}" aria-hidden="true"><polyline points="{}"/></svg>'
    return format_html(drawn, WIDTH, HEIGHT, line)


def points_of(heights: Sequence[float], width: float, height: float, *, margin: float = 2) -> str:
    """Return the points of a line through heights from 0 to 100, the highest at the top."""
    step = (width - 2 * margin) / (len(heights) - 1)
    scale = (height - 2 * margin) / 100
    return " ".join(
        f"{margin + index * step:.1f},{height - margin - one * scale:.1f}" for index, one in enumerate(heights)
    )


@register.simple_tag
def wide_line(heights: Sequence[float] | None, width: float, height: float) -> str:
    """Return the points of the same line at another size, for a polyline of a plot."""
    return points_of(heights, width, height, margin=0) if heights and len(heights) > 1 else ""


@register.filter
def badge(technique: str) -> str:
    """Return the short name of a technique."""
    return TECHNIQUES[Technique(technique)].badge
