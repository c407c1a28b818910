"""Where forms keep their drafts: saving one as it is typed, and discarding it."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from labbook.errors import Refusal
from labbook.models import User
from labbook.services.drafts import discard_draft, save_draft


@require_POST
def draft_save(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User):
        return JsonResponse({"detail": "Sign in again; the draft stays on this device."}, status=401)
    try:
        said = draft_said(request)
        draft = save_draft(user=request.user, **said)
    except Refusal as refusal:
        return JsonResponse({"detail": refusal.message, "field": refusal.field}, status=422)
    return JsonResponse({"saved_at": draft.saved_at.isoformat()})


def draft_said(request: HttpRequest) -> dict[str, Any]:
    """Return form, title and fields from JSON, or from the beacon of a page that is being left.

    Raises Refusal when it is neither.
    """
    if request.content_type != "application/json":
        form, title = request.POST.get("draft_form", ""), request.POST.get("draft_title", "")
        return {"form": form, "title": title, "fields": dict(request.POST.lists())}
    try:
        said = json.loads(request.body)
    except ValueError as error:
        raise Refusal("This is not a draft.") from error
    fields = said.get("fields") if isinstance(said, dict) else None
    if not isinstance(fields, dict) or not all(is_texts(one) for one in fields.values()):
        raise Refusal("This is not a draft.", field="fields")
    return {"form": str(said.get("form", "")), "title": str(said.get("title", "")), "fields": fields}


def is_texts(value: object) -> bool:
    """Say whether a value is a list of texts that the database can hold."""
    return isinstance(value, list) and all(isinstance(one, str) and "\0" not in one for one in value)


@login_required
@require_POST
def draft_discard(request: HttpRequest) -> HttpResponse:
    form = request.POST.get("draft_form", "")
    if isinstance(request.user, User):
        discard_draft(user=request.user, form=form)
    is_ours = form.startswith("/") and url_has_allowed_host_and_scheme(form, allowed_hosts=None)
    return redirect(form if is_ours else "/")
