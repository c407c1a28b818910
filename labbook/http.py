"""What views share: the typed request, who may call them, and how a write is answered once."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import DataError, models, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django_htmx.middleware import HtmxDetails

from labbook.errors import Refusal
from labbook.models import Lab, Membership, User
from labbook.roles import may
from labbook.services.drafts import discard_draft
from labbook.services.idempotency import GivenAnswer, claim_key, fingerprint, keep_answer
from labbook.services.retrying import again_after_deadlock

Arguments = ParamSpec("Arguments")

# Fields of a form that change from tap to tap without the person's doing.
SAFETY_FIELDS = {"csrfmiddlewaretoken", "idempotency_key", "draft_form", "sent_ms"}
KEPT_HEADERS = ("Content-Type", "Location", "ETag", "HX-Redirect", "HX-Trigger")


class LabRequest(HttpRequest):
    """A request by a signed-in person in a lab, as `lab_view` hands it on."""

    user: User
    lab: Lab
    membership: Membership
    # Every lab of the person, the oldest first.
    labs: list[Lab]
    # Every membership of the person whose id stands beside it.
    memberships: list[Membership]
    memberships_owner: int
    htmx: HtmxDetails


LabView = Callable[Concatenate[LabRequest, Arguments], HttpResponseBase]
PlainView = Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]


def lab_view(action: str) -> Callable[[LabView[Arguments]], PlainView[Arguments]]:
    """Let a view be called only by a signed-in person whose role in the lab may do the action."""

    def decorate(view: LabView[Arguments]) -> PlainView[Arguments]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
            membership = getattr(request, "membership", None)
            if membership is None:
                raise PermissionDenied(f"{request.user} belongs to no lab yet. A manager of the lab can invite you.")
            if not may(membership.role, action):
                role = membership.get_role_display()
                raise PermissionDenied(f"Your role here is {role}; a manager of the lab can change that.")
            return view(cast(LabRequest, request), *args, **kwargs)

        return cast(PlainView[Arguments], login_required(guarded))

    return decorate


Found = TypeVar("Found", bound=models.Model)
Found_co = TypeVar("Found_co", bound=models.Model, covariant=True)


class Visible(Protocol[Found_co]):
    """A manager or queryset of a lab's records that knows who may see them."""

    def visible_to(self, user: User, /) -> "models.QuerySet[Found_co]":
        """Keep what this person may see."""


def find(request: LabRequest, records: Visible[Found], **lookup: object) -> Found:
    """Return the one record of this lab that the person may see, else answer 404 as if it did not exist."""
    return get_object_or_404(records.visible_to(request.user).filter(lab=request.lab), **lookup)


def chosen_codes(request: HttpRequest, *, most: int) -> list[str]:
    """Return the codes that were ticked in a list; one with the character zero names nothing in any database."""
    return [code for code in request.POST.getlist("chosen")[:most] if "\0" not in code]


def answer_once(
    request: HttpRequest, write: Callable[[], HttpResponse], *, said: str | bytes | None = None
) -> HttpResponse:
    """Write once per idempotency key and give every later tap or retry the first one's answer.

    The key comes from the field `idempotency_key` or the header `Idempotency-Key` and commits together
    with the write. A refusal, an answer of 400 or more, and a page that shows the form again leave the
    key free; everything written inside an answer of 400 or more is undone. The same key with other
    content is answered 422. `said` replaces the body where a parser has already consumed it.
    """
    try:
        return again_after_deadlock(lambda: answer_first(request, write, said))
    except (DataError, OverflowError):
        # What no field caught and no column holds, such as the character zero: everything was undone with it.
        return refused(request, Refusal("Something typed here cannot be kept: a character, a length or a number."))


def answer_first(request: HttpRequest, write: Callable[[], HttpResponse], said: str | bytes | None) -> HttpResponse:
    """Write, or give the answer that the key already got; see `answer_once`."""
    key = request.headers.get("Idempotency-Key") or request.POST.get("idempotency_key", "")
    if not key or not request.user.is_authenticated:
        return write_or_undo(write)
    with transaction.atomic():
        try:
            row, given = claim_key(user=request.user, key=key, request_hash=hash_of(request, said))
        except Refusal as refusal:
            return refused(request, refusal)
        if given:
            return HttpResponse(given.body, status=given.status, headers=given.headers)
        answer = write_or_undo(write)
        if is_final(request, answer):
            keep_answer(row, as_given(answer))
            discard_draft(user=request.user, form=request.POST.get("draft_form", ""))
        else:
            row.delete()
        return answer


def write_or_undo(write: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the answer of a write, all of it undone when the answer says that it failed."""
    with transaction.atomic():
        answer = write()
        if answer.status_code >= 400:
            transaction.set_rollback(True)
        return answer


def is_final(request: HttpRequest, answer: HttpResponse) -> bool:
    """Say whether an answer ends its form; a page that answers a plain POST with 200 shows the form again."""
    is_page = request.headers.get("HX-Request") != "true" and answer.headers["Content-Type"].startswith("text/html")
    return answer.status_code < 400 and not (is_page and answer.status_code == 200)


def hash_of(request: HttpRequest, said: str | bytes | None) -> str:
    """Return the fingerprint of what a request asks for, without what changes from tap to tap."""
    place = (request.method or "", request.path_info)
    if said is not None:
        return fingerprint(*place, said)
    if request.content_type not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return fingerprint(*place, request.body)
    fields = [
        part
        for name, values in sorted(request.POST.lists())
        if name not in SAFETY_FIELDS
        for part in (name, *map(str, values))
    ]
    files = [
        f"{name} {file.name} {file.size}" for name in sorted(request.FILES) for file in request.FILES.getlist(name)
    ]
    return fingerprint(*place, *fields, *files)


def as_given(answer: HttpResponse) -> GivenAnswer:
    """Return the parts of an answer that are kept for its later taps."""
    headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
    return GivenAnswer(answer.status_code, headers, answer.content.decode())


def refused(request: HttpRequest, refusal: Refusal, *, status: int = 422) -> HttpResponse:
    """Answer a refusal that belongs to no form: JSON under /api/, else a page with the reason."""
    if request.path_info.startswith("/api/"):
        errors = [{"field": refusal.field, "message": refusal.message}]
        return JsonResponse({"detail": refusal.message, "errors": errors}, status=status)
    return render(request, "labbook/refused.html", {"refusal": refusal}, status=status)


def attach_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Show a refusal at the form field it belongs to ("bottle.lot" at "lot"), or above the form."""
    names = (refusal.field or "", (refusal.field or "").rpartition(".")[2])
    form.add_error(next((name for name in names if name in form.fields), None), refusal.message)
