"""The inbox: the drop zone with the open batches, a new batch, files of a plain form, and the tester of names."""

from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, find, lab_view
from labbook.journal import journal_of
from labbook.roles import may
from measurements.matching.codes import codes_in
from measurements.matching.evidence import Evidence
from measurements.matching.proposal import confidence_word, propose
from measurements.matching.rungs import said
from measurements.models import Batch
from measurements.queries.inbox import newest_waiting, open_batches, unassigned_count
from measurements.queries.inbox_surroundings import surroundings_of
from measurements.services.batches import start_batch
from measurements.services.receiving import receive_file
from samples.models import Sample

EXAMPLE = "NC-024-F2-DAC1_PL_1.27GPa_01.txt"
LONGEST_NAME = 255
MOST_CODES = 20


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def inbox_list(request: LabRequest) -> HttpResponse:
    context = {
        "batches": open_batches(request.lab, request.user),
        "waiting_count": unassigned_count(request.lab, request.user),
        "may_record": may(request.membership.role, "record"),
        "may_manage": may(request.membership.role, "manage"),
        "example": EXAMPLE,
    }
    return render(request, "measurements/inbox_list.html", context)


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def inbox_waiting(request: LabRequest) -> HttpResponse:
    """Say how many files wait, as a part of the page of the day."""
    count = unassigned_count(request.lab, request.user)
    newest = newest_waiting(request.lab, request.user) if count else None
    return render(request, "measurements/_inbox_waiting.html", {"waiting_count": count, "newest": newest})


@lab_view("record")
@require_http_methods(["POST"])
def inbox_new(request: LabRequest) -> HttpResponse:
    """Open a batch for files that are just being dropped, and say where it is."""

    def write() -> HttpResponse:
        with journal_of(request.lab, by=request.user) as journal:
            batch = start_batch(journal, title=request.POST.get("title", "").replace("\0", "")[:120])
        return JsonResponse({"batch": batch.pk, "address": reverse("inbox_batch", args=[batch.pk])}, status=201)

    return answer_once(request, write)


@lab_view("record")
@require_http_methods(["POST"])
def inbox_post(request: LabRequest) -> HttpResponse:
    """Receive the files of a plain form, into the batch it names or a new one."""
    files = request.FILES.getlist("files")
    if not files:
        messages.warning(request, "Choose the files first.")
        return redirect("inbox_list")
    batch = given_batch(request)
    for file in files:
        try:
            path = PurePosixPath((file.name or "").replace("\\", "/"))
            receive_file(batch=batch, name=path.name, folder="", stream=bytes_of(file), by=request.user)
        except Refusal as refusal:
            messages.error(request, f"{(file.name or '')[:80]}: {refusal.message}")
    return redirect("inbox_batch", batch.pk)


def bytes_of(file: UploadedFile[Any]) -> BinaryIO:
    """Return an uploaded file as the stream of bytes it is."""
    return cast(BinaryIO, file)


def given_batch(request: LabRequest) -> Batch:
    """Return the batch that a form names, else a new one."""
    key = request.POST.get("batch", "")
    if key.isascii() and key.isdigit() and len(key) < 19:
        found: Batch = find(request, Batch.objects, pk=int(key))
        return found
    with journal_of(request.lab, by=request.user) as journal:
        return start_batch(journal)


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def inbox_name(request: LabRequest) -> HttpResponse:
    """Say what a file of a name would be matched with."""
    path = PurePosixPath(request.GET.get("name", "").replace("\0", "").replace("\\", "/")[-LONGEST_NAME:].strip())
    asked = Batch(lab=request.lab, created_by=request.user)
    around = surroundings_of(asked, [path.name, *path.parts[:-1]])
    evidence = Evidence(path.name, "/".join(path.parts[:-1]))
    found = propose(evidence, around)
    readable = propose(Evidence(path.name, evidence.folder, found.technique or "spectrum"), around)
    context = {
        "name": path.name,
        "code": around.code_of(readable.sample_id),
        "codes": [around.code_of(one) for one in readable.candidates[:MOST_CODES]],
        "is_known": bool(codes_in(evidence.stem, around.book)),
        "proposal": readable,
        "rung": said(readable.rung),
        "confidence": confidence_word(readable.confidence_percent),
    }
    return render(request, "measurements/_inbox_name.html", context)


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def inbox_codes(request: LabRequest) -> HttpResponse:
    """Return the codes that begin as what is being typed, for the cells of the table."""
    begun = request.GET.get("q", "").replace("\0", "").strip()[:60]
    if len(begun) < 2:
        return JsonResponse({"codes": []})
    seen = Sample.objects.visible_to(request.user).filter(lab=request.lab, code__istartswith=begun)
    return JsonResponse({"codes": list(seen.order_by("code").values_list("code", flat=True)[:MOST_CODES])})
