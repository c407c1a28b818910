"""Serves the joined style sheets under a name that changes with their content."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from labbook.styles import joined


@require_safe
def style_sheet(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with the sheets; only the current name may be kept for ever."""
    styles = joined()
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(styles.packed if packs else styles.plain, content_type="text/css; charset=utf-8")
    if packs:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if name == styles.name else "no-cache"
    return answer
