"""Writes: an act is a form of the pages and the service it calls, answered once per idempotency key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.http import HttpResponse, QueryDict
from django.urls import URLPattern, path
from rest_framework.request import Request

from labbook.api.asking import LAB, LabApiView
from labbook.api.binding import FORMS, Data, body_of, bound, is_plain, texts_of
from labbook.api.documents import IDEMPOTENCY, IF_MATCH, Document
from labbook.api.errors import ApiError, json_answer
from labbook.api.form_schema import answer_shape, body_schema
from labbook.api.resources import DetailView, ListView, Resource, describe, etag_of, list_paths
from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once
from labbook.journal import Journal, journal_of
from labbook.services.editing import check_unchanged, read_version_token


@dataclass
class Call:
    """One call of an act: who asks, about which record, with what."""

    asked: LabRequest
    # The record the address names; null for an act that makes something new.
    record: Any
    body: Mapping[str, Any]
    journal: Journal
    form: Any = None
    # The record the answer shows when it is not the address's: what was made.
    made: Any = None

    @property
    def data(self) -> dict[str, Any]:
        """What the form cleaned."""
        cleaned: dict[str, Any] = self.form.cleaned_data
        return cleaned

    @property
    def initials(self) -> str:
        """The person's initials in the lab."""
        return self.asked.membership.initials


@dataclass(frozen=True)
class Act:
    """One thing that people do: its words, its form, and what it does, which returns the sentence of the page."""

    name: str
    summary: str
    do: Callable[[Call], str]
    form: type[forms.BaseForm] = forms.Form
    # Makes the form of a call; without it the form takes the data alone.
    make: Callable[[Call, Data], forms.BaseForm] | None = None
    resource: Resource | None = None
    least: str = "record"
    # Sent without being a field of the form, with the schema of each.
    extras: dict[str, dict[str, Any]] = field(default_factory=dict)
    # Texts of the form that need a unit.
    amounts: tuple[str, ...] = ()
    # What a body may leave out although the form asks for it.
    defaults: dict[str, Any] = field(default_factory=dict)
    needs_match: bool = False
    # Turns the body into what the form knows, such as a code into an id.
    prepare: Callable[[Call], Mapping[str, Any]] | None = None
    reason: Callable[[Any], str] | None = None
    # Fields that only the form of a record has, for the schema.
    more_fields: dict[str, dict[str, Any]] = field(default_factory=dict)


class ActView(LabApiView):
    """Answers one act about the record that the address names, or about none."""

    act: Act = cast(Act, None)

    def post(self, request: Request, key: str = "") -> HttpResponse:
        """Do it once."""
        return do_once(self.asked, self.act, key)

    def document(self, method: str) -> Document:
        return act_document(self.act)


def do_once(asked: LabRequest, act: Act, key: str = "") -> HttpResponse:
    """Do an act, and answer a repeated request with the first answer."""
    record = act.resource.find(asked, key) if key and act.resource else None
    body = body_of(asked)
    return once(asked, lambda: perform(asked, act, record, body))


def perform(asked: LabRequest, act: Act, record: Any, body: Mapping[str, Any]) -> HttpResponse:
    """Bind, write and answer, all in one transaction; a repeated request has its answer before the version counts."""
    check_match(asked, record, is_needed=act.needs_match)
    agree(asked, record, body)
    with journal_of(asked.lab, by=asked.user, reason=act.reason(record) if act.reason else "") as journal:
        call = Call(asked, record, body, journal)
        sent = {**act.defaults, **(act.prepare(call) if act.prepare else body)}
        make = act.make

        def form_of(data: Data) -> forms.BaseForm:
            return make(call, data) if make else act.form(data)

        call.form = bound(form_of, sent, extras=act.extras, amounts=act.amounts)
        said = act.do(call)
        made = [one.record_label for one in journal.entries if one.action == "created" and one.record_type in CODED]
    return act_answer(asked, act, call, said, made)


def agree(asked: LabRequest, record: Any, body: Mapping[str, Any]) -> None:
    """Put the recount a body agrees to where a page's form would have sent it, with the record's code before it."""
    given = body.get("recount")
    if given is None or not is_plain(given):
        return
    texts = [str(text) for text in texts_of(given)]
    code = getattr(record, "code", "")
    sent = QueryDict(mutable=True)
    sent.setlist("recount", [f"{code} {text}" if code and text[:1].isdigit() else text for text in texts])
    asked.POST = sent  # type: ignore[assignment]


# Records whose label is a code that the answer names as made.
CODED = {"sample", "synthesis"}


def act_answer(asked: LabRequest, act: Act, call: Call, said: str, made: list[str]) -> HttpResponse:
    """Return what was done: the sentence, what was made, and the record as it is now."""
    shown = call.made if call.made is not None else call.record
    body: dict[str, Any] = {"said": said, "made": made, "record": None}
    headers: dict[str, str] = {}
    if shown is not None and act.resource is not None:
        record = act.resource.rows(asked, {}).filter(pk=shown.pk).first()
        if record is not None:
            body["record"], headers = describe(record, act.resource, asked), etag_of(act.resource, record)
    return json_answer(body, status=201 if made or call.made is not None else 200, headers=headers)


def once(asked: LabRequest, write: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a write once per Idempotency-Key; the address's query belongs to what is asked."""
    query = asked.META.get("QUERY_STRING", "").encode()
    match = asked.headers.get("If-Match", "").encode()
    files = b"".join(one.read() for name in sorted(asked.FILES) for one in asked.FILES.getlist(name))
    for name in asked.FILES:
        for one in asked.FILES.getlist(name):
            one.seek(0)
    fields = asked.POST.urlencode().encode() if asked.content_type in FORMS else asked.body
    return answer_once(asked, write, said=b"\n".join((query, match, fields, files)))


def token_sent(asked: LabRequest, *, is_needed: bool) -> str:
    """Return the version that If-Match names, with or without quotes and W/; 428 when it is needed and absent."""
    sent = asked.headers.get("If-Match", "").strip().removeprefix("W/").strip('"').removeprefix("*")
    if is_needed and not sent:
        raise ApiError(428, "Send the record's version in the header If-Match, as ETag gave it.")
    return sent


def check_match(asked: LabRequest, record: Any, *, is_needed: bool) -> None:
    """Refuse an act on a record that is not as the person read it; a version is optional for what only adds."""
    token = token_sent(asked, is_needed=is_needed and record is not None)
    if not token or record is None:
        return
    check_genuine(record, token)
    check_current(record, token)


def check_current(record: Any, token: str) -> None:
    """Answer 412 for a record that changed since its version was read, where nothing can be merged."""
    try:
        check_unchanged(record, token)
    except Refusal as refusal:
        raise ApiError(412, refusal.message) from refusal


def check_genuine(record: Any, token: str) -> None:
    """Answer 400 for a version that is forged or another record's."""
    try:
        read_version_token(record, token)
    except Refusal as refusal:
        raise ApiError(400, "The version in If-Match is not genuine. Read the record again.") from refusal


def act_document(act: Act) -> Document:
    """Return what the schema says of an act."""
    resource = act.resource
    headers = (IDEMPOTENCY, IF_MATCH) if resource and resource.is_versioned else (IDEMPOTENCY,)
    return Document(
        act.name,
        act.summary,
        (resource.tag or resource.name) if resource else "lab",
        answer_shape(resource.serializer if resource else None),
        body=body_schema(act.form, extras={**act.more_fields, **act.extras}, optional=act.defaults),
        parameters=(LAB,),
        headers=headers,
        errors=(400, 401, 403, 404, 412, 422, *((428,) if act.needs_match else ())),
    )


def act_path(address: str, act: Act) -> URLPattern:
    """Return the address of an act."""
    view = ActView.as_view(act=act, writes=act.least, reads=act.least)
    return path(address, view, name=f"api_{act.name}")


class CreatingListView(ListView):
    """A list that a POST adds to."""

    act: Act = cast(Act, None)

    def post(self, request: Request) -> HttpResponse:
        """Make a new record once."""
        return do_once(self.asked, self.act)

    def document(self, method: str) -> Document:
        return act_document(self.act) if method == "POST" else super().document(method)


def creating_paths(resource: Resource, act: Act) -> list[URLPattern]:
    """Return the addresses of a list that a POST adds to."""
    plain, *others = list_paths(resource)
    view = CreatingListView.as_view(resource=resource, act=act, writes=act.least)
    return [path(resource.name, view, name=plain.name), *others]


class EditableView(DetailView):
    """A record that can also be changed: PATCH with the fields that are meant, and If-Match."""

    edit: "Edit" = cast("Edit", None)
    # How the schema calls the change.
    change = "change"

    def patch(self, request: Request, key: str) -> HttpResponse:
        """Change the fields that were sent, merged with what others saved meanwhile."""
        asked = self.asked
        record = self.resource.find(asked, key)
        token = token_sent(asked, is_needed=True)
        check_genuine(record, token)
        body = body_of(asked)
        return once(asked, lambda: self.write(record, body, token))

    def write(self, record: Any, body: Mapping[str, Any], token: str) -> HttpResponse:
        """Write the fields of a body into a record."""
        form = bound(lambda data: self.edit.make(self.asked, record, data), body, only_sent=True)
        self.edit.save(self.asked, record, form, token)
        saved = self.resource.rows(self.asked, {}).get(pk=record.pk)
        return json_answer(describe(saved, self.resource, self.asked), headers=etag_of(self.resource, saved))

    def document(self, method: str) -> Document:
        if method != "PATCH":
            return super().document(method)
        name, tag = f"{self.resource.name}_{self.change}", self.resource.tag or self.resource.name
        return Document(
            name, f"Change a {self.resource.one}", tag,
            self.resource.serializer, description="Only the fields that are sent are changed.",
            body=body_schema(self.edit.form, extras=self.edit.more_fields, is_partial=True), parameters=(LAB,),
            headers=(IF_MATCH, IDEMPOTENCY), errors=(400, 401, 403, 404, 409, 422, 428),
        )  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """How a record is changed: its form, and the service that saves what the form cleaned."""

    form: type[forms.BaseForm]
    make: Callable[[LabRequest, Any, Data], forms.BaseForm]
    save: Callable[[LabRequest, Any, Any, str], object]
    more_fields: dict[str, dict[str, Any]] = field(default_factory=dict)
