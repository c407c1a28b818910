"""The line above a form that offers what was typed earlier and not saved."""

from typing import Any

from django import template
from django.template.context import Context

from labbook.queries.drafts import RESTORED, draft_of, form_address

register = template.Library()


@register.inclusion_tag("labbook/_draft_line.html", takes_context=True)
def draft_line(context: Context) -> dict[str, Any]:
    """Draw "Draft from 10:42 · restore · discard"; it stands inside the form it belongs to."""
    request = context["request"]
    draft = draft_of(request) if request.method == "GET" else None
    return {
        "draft": draft,
        "address": form_address(request),
        "is_wanted": bool(request.GET.get("draft")),
        "is_restored": RESTORED in request.META,
    }
