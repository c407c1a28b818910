"""Finds the lab of a request and the person's role in it, keeps pages out of caches, and answers their scripts."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone
from django.views.defaults import bad_request

from labbook.http import LabRequest
from labbook.models import Membership, User
from labbook.queries.addresses import GLOBAL_PREFIXES
from labbook.services.idempotency import forget_old_answers

Answer = Callable[[HttpRequest], HttpResponse]


class LabMiddleware:
    """Puts `request.lab` and `request.membership` in place.

    Somebody in one lab sees bare addresses. In several labs the lab's slug stands in front of every
    address; it is taken off here and given back to `reverse()` as the script prefix, so that no
    view and no template needs to know.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the lab, or send the browser to the address that names it."""
        memberships = memberships_of(request)
        first = request.path_info.lstrip("/").partition("/")[0]
        if not memberships:
            return self.get_response(request)
        named = next((one for one in memberships if one.lab.slug == first), None)
        chosen = named or memberships[0]
        keep_signed_in(request)
        lab_request = cast(LabRequest, request)
        lab_request.lab, lab_request.membership = chosen.lab, chosen
        lab_request.labs = [one.lab for one in memberships]
        # Days begin and times are read where the lab is.
        with timezone.override(chosen.lab.zone):
            return self.answer_in(request, named, chosen, len(memberships))

    def answer_in(
        self, request: HttpRequest, named: Membership | None, chosen: Membership, lab_count: int
    ) -> HttpResponse:
        """Answer in the lab that the address names, or the person's only or oldest one."""
        first, _, rest = request.path_info.lstrip("/").partition("/")
        # What follows the slug is stripped of slashes: "//elsewhere" would lead out of the notebook.
        bare = f"/{rest.lstrip('/')}"
        if named and lab_count > 1:
            return self.answer_under(first, bare, request)
        if named and request.method == "GET":
            return redirect(with_query(request, get_script_prefix() + bare[1:]))
        if named:
            request.path_info = bare
        elif lab_count > 1 and request.method == "GET" and first not in GLOBAL_PREFIXES:
            there = f"{get_script_prefix()}{chosen.lab.slug}{request.path_info}"
            return redirect(with_query(request, there))
        return self.get_response(request)

    def answer_under(self, slug: str, bare: str, request: HttpRequest) -> HttpResponse:
        """Answer with the lab's slug in front of every address that is made meanwhile."""
        before = get_script_prefix()
        request.path_info = bare
        set_script_prefix(f"{before}{slug}/")
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(before)


class PrivateMiddleware:
    """Keeps what a signed-in person reads out of every cache, and addresses that no database can hold out of views.

    A tablet at the bench is shared: after signing out, no way back shows the pages of the one before.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse a NUL in the address, else answer and say who may keep the answer."""
        if "\0" in request.path or any("\0" in text for pair in request.GET.lists() for text in (pair[0], *pair[1])):
            raise SuspiciousOperation("The address holds the character with the number zero.")
        answer = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in answer.headers:
            answer.headers["Cache-Control"] = "private, no-store"
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 400 to a number or a day that no column holds; everything else goes on as it is."""
        return bad_request(request, exception) if isinstance(exception, DataError | OverflowError) else None


class SafeFormMiddleware:
    """Tells the script that sends forms where a redirect leads, since `fetch` would follow it unseen.

    A form sent with the header `Labbook-Form` gets 200 and `Labbook-Location` for a redirect, and 401
    when that redirect leads to the sign-in page. Nothing is saved or signed in here.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Turn a redirect into an answer that a script can read."""
        answer = self.get_response(request)
        if "Labbook-Form" not in request.headers or answer.status_code not in {301, 302, 303}:
            return answer
        place = answer.headers["Location"]
        is_sign_in = place.partition("?")[0] == resolve_url(settings.LOGIN_URL)
        told = HttpResponse(status=401 if is_sign_in else 200, headers={"Labbook-Location": place})
        told.cookies = answer.cookies
        if request.user.is_authenticated:
            told.headers["Labbook-Person"] = str(request.user.pk)
        return told


def memberships_of(request: HttpRequest) -> list[Membership]:
    """Return the signed-in person's memberships with their labs, oldest first; they are looked up once a request."""
    if not request.user.is_authenticated:
        return []
    kept, person = cast(LabRequest, request), request.user.pk
    # A token signs somebody in after the session was looked at.
    if getattr(kept, "memberships_owner", None) != person:
        found = Membership.objects.filter(user_id=person, is_active=True)
        kept.memberships, kept.memberships_owner = list(found.select_related("lab").order_by("pk")), person
    return kept.memberships


def keep_signed_in(request: HttpRequest) -> None:
    """Let the session slide and sweep what is old: once a day, not on every request."""
    today = timezone.now().date().isoformat()
    if request.session.get("last_day") != today:
        request.session["last_day"] = today
        forget_old_answers(cast(User, request.user))


def with_query(request: HttpRequest, path: str) -> str:
    """Return a path with the request's own query."""
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
