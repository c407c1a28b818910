"""Uploads from the browser, resumable after a cut, and the page of an upload-only link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, find, lab_view
from measurements.curves.recipe import is_id
from measurements.models import Batch, UploadToken
from measurements.services.batches import batch_of_the_day
from measurements.services.receiving import receive_file
from measurements.services.tokens import token_behind
from measurements.tus import Sender, answered, begin, go_on


@lab_view("record")
@require_http_methods(["POST"])
def upload_new(request: LabRequest) -> HttpResponse:
    sender = Sender(request.lab, request.user)

    def batch_of(key: str) -> Batch:
        found: Batch = find(request, Batch.objects, pk=int(key) if is_id(key) else 0)
        return found

    return answered(lambda: begin(request, sender, batch_of=batch_of, part="upload_part"))


@lab_view("record")
@require_http_methods(["HEAD", "PATCH", "DELETE"])
def upload_part(request: LabRequest, key: str) -> HttpResponse:
    sender = Sender(request.lab, request.user)
    return answered(lambda: go_on(request, sender.upload(key)))


# Who holds the link is nobody signed in: there is no session that a forged form could use.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def upload_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Take files from a shared instrument computer; the page shows nothing of the lab but its name."""
    token = token_behind(secret)
    if token is None or token.created_by is None:
        return render(request, "measurements/upload_link_gone.html", status=404)
    if request.method != "POST":
        return render(request, "measurements/upload_link.html", {"token": token})
    taken, refused = take_files(request, token)
    context = {"token": token, "taken": taken, "refusals": refused}
    return render(request, "measurements/upload_link.html", context, status=422 if refused else 200)


def take_files(request: HttpRequest, token: UploadToken) -> tuple[list[str], list[tuple[str, str]]]:
    """Receive the files of a form; return the names that came, and those refused with their reason."""
    taken: list[str] = []
    refused: list[tuple[str, str]] = []
    by = token.created_by
    if by is None:
        return taken, refused
    for file in request.FILES.getlist("files"):
        batch = batch_of_the_day(lab=token.lab, by=by, origin="link", instrument=token.instrument, title=token.title)
        try:
            received = receive_file(batch=batch, name=file.name or "", folder="", stream=file, by=by)
        except Refusal as refusal:
            refused.append((file.name or "", refusal.message))
        else:
            taken.append(received.name)
    return taken, refused
