"""What views share: the typed request, who may call them, and how a refusal is answered."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from labbook.models import Lab, Membership, User
from labbook.roles import may

Arguments = ParamSpec("Arguments")


class LabRequest(HttpRequest):
    """A request by a signed-in person in a lab, as `lab_view` hands it on."""

    user: User
    lab: Lab
    membership: Membership
    htmx: HtmxDetails


LabView = Callable[Concatenate[LabRequest, Arguments], HttpResponse]
PlainView = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


def lab_view(action: str) -> Callable[[LabView[Arguments]], PlainView[Arguments]]:
    """Let a view be called only by a signed-in person whose role in the lab may do the action."""

    def decorate(view: LabView[Arguments]) -> PlainView[Arguments]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
            membership = getattr(request, "membership", None)
            if membership is None:
                raise Http404("You are not a member of a lab yet.")
            if not may(membership.role, action):
                role = membership.get_role_display()
                raise PermissionDenied(f"Your role here is {role}; a manager of the lab can change that.")
            return view(cast(LabRequest, request), *args, **kwargs)

        return cast(PlainView[Arguments], login_required(guarded))

    return decorate
