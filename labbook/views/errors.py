"""What is answered when a form's safety token does not fit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that nothing is lost; the header lets the page's script try again with a fresh token."""
    answer = render(request, "403_csrf.html", {"reason": reason}, status=403)
    answer.headers["Labbook-Form"] = "expired"
    return answer
