"""The page behind a one-time sign-in link."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from labbook.queries.sign_in_links import usable_link
from labbook.services.sign_in_links import use_sign_in_link

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Offer one button; only pressing it uses the link up, so no preview of the address can."""
    if request.method == "POST":
        user = use_sign_in_link(token=token)
        if user:
            login(request, user, backend=BACKEND)
            return redirect(settings.LOGIN_REDIRECT_URL)
        link = None
    else:
        link = usable_link(token)
    return render(request, "labbook/sign_in_link.html", {"link": link}, status=200 if link else 410)
