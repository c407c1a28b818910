"""Raw files: their bytes exactly as they came, and the whole header of a recording."""

import json
from typing import cast
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render

from labbook.http import LabRequest, find, lab_view
from measurements.models import FileName, RawFile, Recording
from measurements.storage.stores import header_key, raw_key, store


@lab_view("read")
def file_download(request: LabRequest, file_id: int) -> FileResponse:
    """Give back exactly the bytes that came, as a download that no browser runs."""
    file_name = find(request, FileName.objects.select_related("raw_file"), pk=file_id)
    return raw_answer(file_name)


def raw_answer(file_name: FileName) -> FileResponse:
    """Return the answer that carries a file's bytes."""
    raw_file = file_name.raw_file
    try:
        stream = store().open(raw_key(raw_file.sha256))
    except FileNotFoundError as error:
        raise Http404("The bytes of this file are not in the store.") from error
    answer = FileResponse(stream, content_type="application/octet-stream")
    answer.headers["Content-Length"] = str(raw_file.size_bytes)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name.name)}"
    answer.headers["ETag"] = f'"{raw_file.sha256}"'
    return answer


@lab_view("read")
def recording_header(request: LabRequest, recording_id: int) -> HttpResponse:
    """Show every line or tag of a file that the reader did not turn into settings."""
    seen = RawFile.objects.visible_to(request.user).filter(lab=request.lab)
    recording = Recording.objects.filter(raw_file__in=seen, pk=recording_id).select_related("raw_file").first()
    if recording is None:
        raise Http404
    part = "_recording_header" if request.htmx else "recording_header"
    return render(request, f"measurements/{part}.html", {"recording": recording, "lines": lines_of(recording)})


def lines_of(recording: Recording) -> list[tuple[str, list[str]]]:
    """Return a recording's header, line by line; one whose bytes are gone has none."""
    if not recording.header_key:
        return []
    try:
        with store().open(header_key(recording.header_key)) as stream:
            told = cast(dict[str, list[str]], json.load(stream))
    except FileNotFoundError:
        return []
    return list(told.items())
