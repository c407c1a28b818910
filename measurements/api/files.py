"""Raw files through the API: what is there, its bytes, and where files are sent to."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.urls import URLPattern, URLResolver, path
from rest_framework import serializers
from rest_framework.request import Request

from labbook.api.asking import LAB, LabApiView
from labbook.api.documents import Document, Parameter
from labbook.api.resources import Names, Resource, by_id, detail_path, list_paths
from labbook.http import LabRequest
from measurements.api.uploads import BINARY, InboxUploadView, UploadNewView, UploadPartView
from measurements.models import FileName
from measurements.views.files import raw_answer


class FileSerializer(serializers.Serializer[FileName]):
    """A raw file under one of its names."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    folder = serializers.CharField()
    sha256 = serializers.CharField(source="raw_file.sha256")
    size_bytes = serializers.IntegerField(source="raw_file.size_bytes")
    state = serializers.CharField(source="raw_file.state")
    reader = serializers.CharField(source="raw_file.reader")
    reader_version = serializers.IntegerField(source="raw_file.reader_version")
    refused = serializers.CharField(source="raw_file.refused")
    batch = serializers.IntegerField(source="batch_id", allow_null=True)
    created_at = serializers.DateTimeField()


def file_rows(asked: LabRequest, _names: Names) -> QuerySet[FileName]:
    return FileName.objects.visible_to(asked.user).filter(lab=asked.lab).select_related("raw_file")


def narrow(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the files of a hash, a name, a state or a batch."""
    lookups = {"sha256": "raw_file__sha256", "name": "name", "state": "raw_file__state"}
    wanted = {lookup: asked.GET[name] for name, lookup in lookups.items() if asked.GET.get(name)}
    batch = asked.GET.get("batch", "")
    if batch:
        wanted["batch"] = batch if batch.isascii() and batch.isdigit() and len(batch) < 19 else "0"
    return rows.filter(**wanted)


FILES = Resource(
    "files", "file", "Raw files", file_rows, FileSerializer, narrow=narrow, lookup=by_id, is_versioned=False,
    parameters=(
        Parameter("sha256", "The hash of the bytes."), Parameter("name", "The exact name."),
        Parameter("state", "read, refused, waiting, not recognised, several."), Parameter("batch", "A batch's id."),
    ),
)  # fmt: skip


class FileDownloadView(LabApiView):
    """Gives a file's bytes back."""

    def get(self, request: Request, key: str) -> FileResponse:
        """Answer exactly the bytes that came."""
        return raw_answer(FILES.find(self.asked, key))

    def document(self, method: str) -> Document:
        return Document(
            "file_download", "The bytes of a raw file", "files", BINARY, parameters=(LAB,), errors=(401, 403, 404)
        )


urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/", InboxUploadView.as_view(), name="api_inbox_send"),
    path("inbox/uploads/", UploadNewView.as_view(), name="api_upload_new"),
    path("inbox/uploads/<str:key>", UploadPartView.as_view(), name="api_upload_part"),
    *list_paths(FILES),
    detail_path(FILES),
    path("files/<str:key>/download", FileDownloadView.as_view(), name="api_file_download"),
]
