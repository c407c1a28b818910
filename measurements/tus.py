"""The tus 1.0 protocol over our uploads: begin, ask how far, continue, give up. Browser and API share it."""

import base64
import binascii
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from labbook.errors import Refusal
from labbook.models import Lab, User
from measurements.models import Batch, Upload, UploadToken
from measurements.services.uploading import Busy, OffsetMismatch, append, begin_upload, give_up, offset_of

VERSION = "1.0.0"
BODY_TYPE = "application/offset+octet-stream"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: a person, or a computer with an upload-only token."""

    lab: Lab
    by: User
    token: UploadToken | None = None

    def upload(self, key: str) -> Upload:
        """Return the sender's own upload, or answer 404 as if it did not exist."""
        if not is_uuid(key):
            raise Http404
        mine = Upload.objects.select_related("batch", "batch__lab", "batch__project", "lab", "by", "file_name")
        found = mine.filter(lab=self.lab, by=self.by, token=self.token, key=key).first()
        if found is None:
            raise Http404
        return found


def is_uuid(key: str) -> bool:
    """Say whether a text can be the key of an upload."""
    try:
        uuid.UUID(key)
    except ValueError:
        return False
    return True


def answered(act: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer a refusal with the status that a tus client understands."""
    try:
        answer = act()
    except OffsetMismatch as refusal:
        answer = HttpResponse(refusal.message, status=409, content_type="text/plain; charset=utf-8")
    except Busy as refusal:
        answer = HttpResponse(refusal.message, status=423, content_type="text/plain; charset=utf-8")
    except Refusal as refusal:
        answer = HttpResponse(refusal.message, status=422, content_type="text/plain; charset=utf-8")
    answer.headers["Tus-Resumable"] = VERSION
    answer.headers["Cache-Control"] = "no-store"
    return answer


def begin(request: HttpRequest, sender: Sender, *, batch_of: Callable[[str], Batch], part: str) -> HttpResponse:
    """Begin an upload; its first bytes may come along. `part` is the URL name of an upload under way."""
    told = metadata(request.headers.get("Upload-Metadata", ""))
    size_bytes = whole_number(request.headers.get("Upload-Length", ""), "Upload-Length")
    upload = begin_upload(
        batch=batch_of(told.get("batch", "")), name=told.get("name", told.get("filename", "")),
        folder=told.get("folder", ""), size_bytes=size_bytes, by=sender.by, token=sender.token,
    )  # fmt: skip
    if request.content_type == BODY_TYPE or not size_bytes:
        upload = append(upload, offset_bytes=0, body=request)
    answer = progress(upload, status=201)
    answer.headers["Location"] = reverse(part, args=[upload.key])
    return answer


def go_on(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Answer one request about an upload under way."""
    if request.method == "HEAD":
        answer = progress(upload, status=200)
        answer.headers["Upload-Length"] = str(upload.size_bytes)
        return answer
    if request.method == "DELETE":
        give_up(upload)
        return HttpResponse(status=204)
    if request.content_type != BODY_TYPE:
        return HttpResponse(f"Send {BODY_TYPE}.", status=415, content_type="text/plain")
    offset_bytes = whole_number(request.headers.get("Upload-Offset", ""), "Upload-Offset")
    return progress(append(upload, offset_bytes=offset_bytes, body=request), status=204)


def progress(upload: Upload, *, status: int) -> HttpResponse:
    """Say how far an upload is, and which file it became."""
    answer = HttpResponse(status=status)
    answer.headers["Upload-Offset"] = str(offset_of(upload))
    if upload.file_name_id:
        answer.headers["Labbook-File"] = str(upload.file_name_id)
    return answer


def metadata(header: str) -> dict[str, str]:
    """Return the words of the header Upload-Metadata, each with its decoded value."""
    told = {}
    for pair in header.split(","):
        name, _, coded = pair.strip().partition(" ")
        try:
            told[name] = base64.b64decode(coded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Refusal(f"The header Upload-Metadata cannot be read at {name[:40]}.") from error
    return told


def whole_number(text: str, name: str) -> int:
    """Return a number of bytes from a header."""
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Refusal(f"The header {name} is missing or no number of bytes.")
    return int(text)
