"""Every error of the API in one shape: a detail, the fields it is about, and what would make it possible."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer

from labbook.errors import Conflict, Refusal

FieldError = dict[str, str | None]


class ApiError(Exception):
    """A request that the API does not answer: its status, the sentence, and the fields it is about."""

    def __init__(self, status: int, detail: str, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, list(errors)


def field_error(field: str | None, message: str) -> FieldError:
    """Return one error of the list; a null field means the request as a whole."""
    return {"field": field, "message": message}


def form_error(form: BaseForm) -> ApiError:
    """Return what a form that did not validate says, field by field, in the words of the pages."""
    errors = [
        field_error(None if name == "__all__" else name, message)
        for name, messages in form.errors.items()
        for message in map(str, messages)
    ]
    return ApiError(422, "Some fields need a change; nothing was written.", errors)


def refusal_body(refusal: Refusal) -> dict[str, Any]:
    """Return a refusal as the API says it; `offer` is there when something would make it possible."""
    body: dict[str, Any] = {
        "detail": refusal.message,
        "errors": [field_error(refusal.field, refusal.message)],
    }
    if isinstance(refusal, Conflict):
        body["conflicts"] = refusal.conflicts
    if refusal.offer:
        body["offer"] = refusal.offer
    return body


def json_answer(body: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Return a finished JSON answer, which can be kept under an idempotency key."""
    content = JSONRenderer().render(body)
    return HttpResponse(content, status=status, content_type="application/json", headers=dict(headers or {}))


def error_answer(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Answer an exception of a view; null lets an unforeseen one through to the log."""
    if isinstance(error, ApiError):
        return json_answer({"detail": error.detail, "errors": error.errors}, status=error.status)
    if isinstance(error, Refusal):
        return json_answer(refusal_body(error), status=409 if isinstance(error, Conflict) else 422)
    if isinstance(error, exceptions.APIException):
        header = getattr(error, "auth_header", None)
        return said(error.status_code, str(error.detail), {"WWW-Authenticate": header} if header else None)
    status, sentence = next((row[1:] for row in FORESEEN if isinstance(error, row[0])), (0, ""))
    return said(status, (str(error) if status == 403 else "") or sentence) if status else None


FORESEEN: tuple[tuple[type[Exception], int, str], ...] = (
    (Http404, 404, "There is no such record here."),
    (PermissionDenied, 403, "Your role does not allow this."),
    (RequestDataTooBig, 413, "This is too large; tables arrive as files."),
)


def said(status: int, detail: str, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Return an error that is about the request as a whole."""
    return json_answer({"detail": detail, "errors": []}, status=status, headers=headers)
