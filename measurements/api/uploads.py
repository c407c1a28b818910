"""Files through the API: sent whole or in resumable parts, also with a token that may do nothing else."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from labbook.api.asking import LAB, LabApiView
from labbook.api.documents import Document, Parameter
from labbook.api.errors import ApiError, field_error, json_answer
from labbook.errors import Refusal
from labbook.http import LabRequest
from labbook.models import User
from measurements.models import Batch, FileName, UploadToken
from measurements.services.batches import batch_of_the_day
from measurements.services.receiving import Incoming, receive_file
from measurements.services.tokens import PREFIX, token_behind
from measurements.tus import Sender, answered, begin, go_on

BATCH = Parameter("batch", "The id of an open batch; today's own batch when not given.")
NAME = Parameter("name", "The file's name, when the body is the file itself.")
FOLDER = Parameter("folder", "The folder the file lay in.")
BINARY = {"type": "string", "format": "binary"}


class UploadTokenAuthentication(BaseAuthentication):
    """Knows the tokens of instrument computers; they open these views only."""

    def authenticate(self, request: Request) -> tuple[User, UploadToken] | None:
        """Return whose files they will be, or nothing for another kind of token."""
        word, _, secret = get_authorization_header(request).decode(errors="replace").partition(" ")
        if word.lower() not in {"token", "bearer"} or not secret.startswith(PREFIX):
            return None
        token = token_behind(secret)
        if token is None or token.created_by is None:
            raise AuthenticationFailed("This token sends no files any more.")
        return token.created_by, token

    def authenticate_header(self, request: Request) -> str:
        """Say how to sign in."""
        return "Token"


class UploadTokenScheme(OpenApiAuthenticationExtension):
    """Tells the schema of these tokens."""

    target_class = UploadTokenAuthentication
    name = "uploadToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return how such a token is sent."""
        words = "An instrument computer's token, as `Token upload_…`; it sends files and reads nothing."
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": words}


class UploadApiView(LabApiView):
    """A view that takes files: from people who may record, and from computers with an upload-only token."""

    reads = "record"
    authentication_classes = (UploadTokenAuthentication, TokenAuthentication, SessionAuthentication)
    sender: Sender

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find who sends; a computer needs no membership and is in the lab of its token."""
        token = request.auth
        if not isinstance(token, UploadToken):
            super().initial(request, *args, **kwargs)
            self.sender = Sender(self.asked.lab, self.asked.user)
            return
        self.asked = cast(LabRequest, request._request)
        self.asked.lab = token.lab
        self.check_parameters()
        self.sender = Sender(token.lab, cast(User, request.user), token)

    def batch(self, key: str) -> Batch:
        """Return the batch that files go to: a person's named one, else today's of the person or computer."""
        token = self.sender.token
        if key and token is None:
            seen = Batch.objects.visible_to(self.sender.by).filter(lab=self.sender.lab, is_closed=False)
            found = seen.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
            if found is None:
                raise ApiError(404, "There is no such open batch.", [field_error("batch", "There is no such batch.")])
            return found
        title, instrument = (token.title, token.instrument) if token else ("Files through the API", None)
        return batch_of_the_day(
            lab=self.sender.lab, by=self.sender.by, origin="api", instrument=instrument, title=title
        )


class InboxUploadView(UploadApiView):
    """Takes one file whole, or several as a form."""

    parameters = (BATCH, NAME, FOLDER)

    def post(self, request: Request) -> HttpResponse:
        """Store the files and answer what was made of each."""
        asked: HttpRequest = self.asked
        folder, batch = asked.GET.get("folder", ""), self.batch(asked.GET.get("batch", ""))
        files = self.named_streams(asked)
        received = [
            receive_file(batch=batch, name=name, folder=folder, stream=stream, by=self.sender.by)
            for name, stream in files
        ]
        return json_answer({"files": [told(one) for one in received]}, status=201)

    def named_streams(self, asked: HttpRequest) -> list[tuple[str, Incoming]]:
        """Return the files of a form, or the body itself under the name in the address."""
        if asked.content_type == "multipart/form-data":
            files = [file for name in asked.FILES for file in asked.FILES.getlist(name)]
            found: list[tuple[str, Incoming]] = [(file.name or "", file) for file in files]
        else:
            found = [(asked.GET.get("name", ""), asked)]
        if not found or not all(name for name, _ in found):
            raise Refusal("Send files as a form, or one file as the body with ?name=.", field="name")
        return found

    def document(self, method: str) -> Document:
        return Document(
            "inbox_send", "Send raw files to the inbox", "files", {"type": "object"}, status=201,
            body={"type": "object", "properties": {"files": {"type": "array", "items": BINARY}}},
            body_type="multipart/form-data", parameters=(*self.parameters, LAB), errors=(400, 401, 403, 422),
            description="Also one file as the body itself, with its name in the address. An upload-only token will do.",
        )  # fmt: skip


def told(file_name: FileName) -> dict[str, Any]:
    """Return what a sender learns of a file that arrived."""
    raw_file = file_name.raw_file
    raw_file.refresh_from_db()
    return {
        "id": file_name.pk, "name": file_name.name, "folder": file_name.folder, "sha256": raw_file.sha256,
        "size_bytes": raw_file.size_bytes, "state": raw_file.state, "reader": raw_file.reader,
        "refused": raw_file.refused, "batch": file_name.batch_id,
    }  # fmt: skip


class UploadNewView(UploadApiView):
    """Begins a resumable upload by the tus protocol."""

    def post(self, request: Request) -> HttpResponse:
        """Begin; the header Location says where it goes on."""
        return answered(lambda: begin(self.asked, self.sender, batch_of=self.batch, part="api_upload_part"))

    def document(self, method: str) -> Document:
        return Document(
            "upload_begin", "Begin a resumable upload (tus 1.0)", "files", {"type": "object"}, status=201,
            parameters=(LAB,), errors=(400, 401, 403, 422),
        )  # fmt: skip


class UploadPartView(UploadApiView):
    """Continues a resumable upload."""

    def head(self, request: Request, key: str) -> HttpResponse:
        """Say how many bytes have arrived."""
        return self.go_on(key)

    def patch(self, request: Request, key: str) -> HttpResponse:
        """Take the next bytes."""
        return self.go_on(key)

    def delete(self, request: Request, key: str) -> HttpResponse:
        """Give the upload up."""
        return self.go_on(key)

    def go_on(self, key: str) -> HttpResponse:
        """Answer by the tus protocol."""
        return answered(lambda: go_on(self.asked, self.sender.upload(key)))

    def document(self, method: str) -> Document:
        return Document(
            f"upload_{method.lower()}", "Continue, ask for or give up a resumable upload", "files", {"type": "object"},
            status=204, parameters=(LAB,), errors=(400, 401, 403, 404),
        )  # fmt: skip
