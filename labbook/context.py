"""What every page's frame shows."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the lab and the person's membership for the frame."""
    return {"lab": getattr(request, "lab", None), "membership": getattr(request, "membership", None)}
