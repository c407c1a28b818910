"""The base of every view of the API: who asks, in which lab, and what their role allows there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.views import APIView

from labbook.api.documents import Document, Parameter
from labbook.api.errors import ApiError, field_error
from labbook.http import LabRequest
from labbook.middleware import memberships_of
from labbook.models import Membership
from labbook.roles import may

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
LAB = Parameter("lab", "The lab's short name; needed by people who belong to several labs.")
FORMAT = Parameter("format", "json or csv, as the suffix of the address says it too.")


class LabApiView(APIView):
    """A view of one lab: signed in by token or session, 403 below the least role, the lab's time zone in force."""

    reads: str = "read"
    writes: str = "record"
    needs_lab = True
    # What may stand in the address besides `lab` and `format`.
    parameters: ClassVar[tuple[Parameter, ...]] = ()
    asked: LabRequest

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer in the lab's time zone, and leave the thread's as it was."""
        with timezone.override(timezone.get_current_timezone()):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find the lab and check the role before anything of it is looked at."""
        super().initial(request, *args, **kwargs)
        self.asked = cast(LabRequest, request._request)
        memberships = memberships_of(self.asked)
        if not memberships:
            raise PermissionDenied("You belong to no lab. A manager of the lab can invite you.")
        if self.needs_lab:
            self.enter(chosen_membership(memberships, self.asked.GET.get("lab")))
        self.check_parameters()

    def enter(self, membership: Membership) -> None:
        """Ask in this lab from here on."""
        self.asked.lab, self.asked.membership = membership.lab, membership
        action = self.reads if self.asked.method in SAFE_METHODS else self.writes
        if not may(membership.role, action):
            role = membership.get_role_display()
            raise PermissionDenied(f"Your role here is {role}; a manager of the lab can change that.")
        timezone.activate(membership.lab.zone)

    def check_parameters(self) -> None:
        """Refuse a word in the address that means nothing: a misspelled filter must not give everything."""
        known = {one.name for one in (LAB, FORMAT, *self.known_parameters())}
        unknown = [name for name in self.asked.GET if name not in known]
        if unknown:
            errors = [field_error(name, f"There is no parameter “{name[:40]}” here.") for name in unknown]
            raise ApiError(400, "The address has parameters that mean nothing here.", errors)

    def known_parameters(self) -> Iterable[Parameter]:
        """Return the parameters of this view."""
        return self.parameters

    def document(self, method: str) -> Document:
        """Return what the schema says of a method."""
        raise NotImplementedError


def chosen_membership(memberships: list[Membership], slug: str | None) -> Membership:
    """Return the membership of the lab that the address names, else of the person's only lab."""
    if slug:
        named = next((one for one in memberships if one.lab.slug == slug), None)
        if named is None:
            raise Http404
        return named
    if len(memberships) > 1:
        slugs = ", ".join(one.lab.slug for one in memberships)
        message = f"You belong to several labs: say ?lab= one of {slugs}."
        raise ApiError(400, message, [field_error("lab", message)])
    return memberships[0]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page starts and how many rows it has at most."""

    before: int | None
    limit: int


LIMIT, MOST = 100, 5_000
PAGING = (
    Parameter("cursor", "Where the page before ended, as `next` gives it."),
    Parameter("limit", f"How many rows, at most {MOST:,}; {LIMIT} for JSON and {MOST:,} for CSV when not given."),
    Parameter("fields", "Which fields, such as code,size.edge_length_nm; all when not given."),
)


def cursor_of(params: Mapping[str, Any], *, default: int) -> Cursor:
    """Return the page an address asks for; nonsense is answered 400."""
    before = number_in(params, "cursor", 1, 2**62)
    limit = number_in(params, "limit", 1, MOST)
    return Cursor(before, limit or default)


def number_in(params: Mapping[str, Any], name: str, low: int, high: int) -> int | None:
    """Return a whole number of the address, or nothing when it is not there."""
    text = params.get(name)
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    if not low <= number <= high:
        message = f"“{text[:40]}” is not a number from {low:,} to {high:,}." if high < 2**62 else "No such cursor."
        raise ApiError(400, message, [field_error(name, message)])
    return number
