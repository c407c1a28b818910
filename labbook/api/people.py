"""Resources of the ground floor: the person, labs, members, projects, history and other names."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from labbook.api.acts import Act, Call, Edit, check_current, check_genuine, once, token_sent
from labbook.api.asking import LAB, LabApiView
from labbook.api.binding import body_of, bound
from labbook.api.documents import IDEMPOTENCY, IF_MATCH, Document, Parameter
from labbook.api.errors import ApiError, field_error, json_answer
from labbook.api.form_schema import body_schema
from labbook.api.resources import Names, Resource, by_id
from labbook.api.serializers import (
    AliasSerializer,
    LabSerializer,
    MemberSerializer,
    MeSerializer,
    ProjectSerializer,
    RevisionSerializer,
)
from labbook.forms.activity import ActivityForm
from labbook.forms.people import InviteForm, LabForm, MemberForm, ProjectForm, ProjectMembersForm
from labbook.http import LabRequest
from labbook.middleware import memberships_of
from labbook.models import Alias, Membership, Project, Revision
from labbook.queries.history import activity_in
from labbook.queries.people import initials_in, members_of
from labbook.queries.projects import projects_of
from labbook.roles import may
from labbook.search.find import visible_rows
from labbook.services.editing import version_token
from labbook.services.labs import change_lab
from labbook.services.people import change_member, invite_person
from labbook.services.projects import change_project, start_project

PEOPLE = "people"


class MeView(LabApiView):
    """Who asks, and in which labs they are what."""

    needs_lab = False

    def get(self, request: Request) -> Response:
        """Answer the person with their labs."""
        user = self.asked.user
        person = {"email": user.email, "name": user.name, "labs": memberships_of(self.asked)}
        return Response(MeSerializer(person).data)

    def document(self, method: str) -> Document:
        return Document("me", "The person the token belongs to", PEOPLE, MeSerializer)


class LabView(LabApiView):
    """The lab that is asked in, which its owners may change."""

    writes = "own"

    def get(self, request: Request) -> Response:
        """Answer the lab with the person's role in it."""
        headers = {"ETag": f'"{version_token(self.asked.lab)}"'}
        return Response(LabSerializer(self.asked.membership).data, headers=headers)

    def patch(self, request: Request) -> HttpResponse:
        """Change the lab's name or time zone."""
        asked = self.asked
        token, body = token_sent(asked, is_needed=True), body_of(asked)
        check_genuine(asked.lab, token)

        def write() -> HttpResponse:
            form = bound(LabForm, body, only_sent=True)
            lab = change_lab(lab=asked.lab, changes=form.cleaned_data, token=token, by=asked.user)
            asked.membership.lab = lab
            headers = {"ETag": f'"{version_token(lab)}"'}
            return json_answer(LabSerializer(asked.membership).data, headers=headers)

        return once(asked, write)

    def document(self, method: str) -> Document:
        if method != "PATCH":
            return Document("lab", "The lab", PEOPLE, LabSerializer, parameters=(LAB,))
        return Document(
            "lab_change", "Change the lab", PEOPLE, LabSerializer, body=body_schema(LabForm, is_partial=True),
            parameters=(LAB,), headers=(IF_MATCH, IDEMPOTENCY), errors=(400, 401, 403, 409, 422, 428),
        )  # fmt: skip


def initials(asked: LabRequest, _records: list[Any]) -> dict[str, Any]:
    """Return everybody's initials, by the person's id."""
    return {"initials": initials_in(asked.lab)}


def shows_email(asked: LabRequest, _records: list[Any]) -> dict[str, Any]:
    """Return whether e-mail addresses are shown: to those who keep the lab's people, as on the page."""
    return {"shows_email": may(asked.membership.role, "manage")}


def member_rows(asked: LabRequest, _names: Names) -> QuerySet[Membership]:
    return members_of(asked.lab, seen_by=asked.user)


def project_rows(asked: LabRequest, _names: Names) -> QuerySet[Project]:
    return projects_of(asked.lab, seen_by=asked.user).prefetch_related("members")


def revision_rows(asked: LabRequest, _names: Names) -> QuerySet[Revision]:
    form = ActivityForm(asked.GET, lab=asked.lab)
    if not form.is_valid():
        errors = [field_error(name, str(messages[0])) for name, messages in form.errors.items()]
        raise ApiError(400, "The address has parameters that mean nothing here.", errors)
    return activity_in(asked.lab, form.wanted(), seen_by=asked.user)


def alias_rows(asked: LabRequest, _names: Names) -> QuerySet[Alias]:
    seen = visible_rows(asked.lab, asked.user).filter(
        record_type=OuterRef("code__record_type"), record_id=OuterRef("code__record_id")
    )
    return Alias.objects.filter(Exists(seen), lab=asked.lab).select_related("code")


def project_named(rows: QuerySet[Project], key: str) -> Project | None:
    """Find a project by its short name, else by its id."""
    found: Project | None = rows.filter(slug=key).first() or by_id(rows, key)
    return found


MEMBERS = Resource(
    "members", "member", "People of the lab", member_rows, MemberSerializer, context=shows_email, lookup=by_id,
    tag=PEOPLE,
)  # fmt: skip
PROJECTS = Resource(
    "projects", "project", "Projects of the lab", project_rows, ProjectSerializer, context=initials,
    lookup=project_named, tag=PEOPLE,
)  # fmt: skip
REVISIONS = Resource(
    "revisions", "revision", "Every change of every record", revision_rows, RevisionSerializer, key="sequence",
    context=initials, is_versioned=False, tag="history",
    parameters=(
        Parameter("person", "The person's id.", "integer"),
        Parameter("record", "Part of a record's name."),
        Parameter("first_day", "From this day on."),
        Parameter("last_day", "Up to and including this day."),
    ),
)  # fmt: skip
ALIASES = Resource(
    "aliases", "alias", "Other names of records", alias_rows, AliasSerializer, is_versioned=False, tag="samples"
)


def start(call: Call) -> str:
    """Start a project."""
    call.made = start_project(lab=call.asked.lab, by=call.asked.user, **call.data)
    return f"{call.made} is there."


def invite(call: Call) -> str:
    """Invite a person; the one-time link is for the page, where it is shown once."""
    invitation = invite_person(lab=call.asked.lab, by=call.asked.user, **call.data)
    call.made = invitation.membership
    return f"{invitation.membership.initials} belongs to the lab now; a manager gives the sign-in link on the page."


def save_member(asked: LabRequest, record: Membership, form: Any, token: str) -> None:
    """Change a member's role, initials or whether they belong to the lab."""
    check_current(record, token)
    told = {"role": record.role, "initials": record.initials, "is_active": record.is_active}
    change_member(membership=record, token=token, by=asked.user, **{**told, **form.cleaned_data})


def save_project(asked: LabRequest, record: Project, form: Any, token: str) -> None:
    """Change a project's name, members or whether it is restricted."""
    check_current(record, token)
    told = {"name": record.name, "is_restricted": record.is_restricted, "members": record.members.all()}
    change_project(project=record, token=token, by=asked.user, **{**told, **form.cleaned_data})


START_PROJECT = Act("project_start", "Start a project", start, ProjectForm, resource=PROJECTS)
INVITE = Act(
    "member_invite", "Invite a person", invite, InviteForm, resource=MEMBERS, least="manage",
    make=lambda call, data: InviteForm(data, most=call.asked.membership.role),
)  # fmt: skip
EDIT_MEMBER = Edit(MemberForm, lambda _asked, _record, data: MemberForm(data), save_member)
EDIT_PROJECT = Edit(
    ProjectMembersForm, lambda asked, _record, data: ProjectMembersForm(data, lab=asked.lab), save_project
)
