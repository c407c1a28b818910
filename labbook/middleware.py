"""Finds the lab a request is about and the person's role in it."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import set_script_prefix

from labbook.http import LabRequest
from labbook.models import Membership

# Addresses that belong to the installation, not to a lab.
GLOBAL_PREFIXES = ("accounts", "api", "static", "q", "sign-in", "me")


class LabMiddleware:
    """Puts `request.lab` and `request.membership` in place.

    Somebody in one lab sees bare addresses. In several labs the lab's slug stands in front of every
    address; it is taken off here and given back to `reverse()` as the script prefix, so that no
    view and no template needs to know.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the lab, or send the browser to the address that names it."""
        memberships = memberships_of(request)
        first, _, rest = request.path_info.lstrip("/").partition("/")
        named = next((one for one in memberships if one.lab.slug == first), None)
        chosen = named or (memberships[0] if memberships else None)
        if chosen:
            lab_request = cast(LabRequest, request)
            lab_request.lab, lab_request.membership = chosen.lab, chosen
        if named:
            if len(memberships) == 1 and request.method == "GET":
                return redirect(request.get_full_path().replace(f"/{first}", "", 1) or "/")
            request.path_info = f"/{rest}"
            set_script_prefix(f"/{first}/")
        elif len(memberships) > 1 and request.method == "GET" and first not in GLOBAL_PREFIXES and chosen:
            return redirect(f"/{chosen.lab.slug}{request.get_full_path()}")
        return self.get_response(request)


def memberships_of(request: HttpRequest) -> list[Membership]:
    """Return the signed-in person's memberships with their labs, oldest first."""
    if not request.user.is_authenticated:
        return []
    found = Membership.objects.filter(user_id=request.user.pk, is_active=True)
    return list(found.select_related("lab").order_by("pk"))
