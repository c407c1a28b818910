"""Addresses of raw files: on their way, in the store, and of links that may only send them."""

from django.urls import URLPattern, URLResolver, path

from measurements.views import files, upload_tokens, uploads

urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/uploads/", uploads.upload_new, name="upload_new"),
    path("inbox/uploads/<str:key>", uploads.upload_part, name="upload_part"),
    path("inbox/links/", upload_tokens.upload_token_list, name="upload_token_list"),
    path("inbox/links/<int:token_id>/revoke", upload_tokens.upload_token_revoke, name="upload_token_revoke"),
    path("u/<str:secret>", uploads.upload_link, name="upload_link"),
    path("files/<int:file_id>/download", files.file_download, name="file_download"),
    path("recordings/<int:recording_id>/header", files.recording_header, name="recording_header"),
]
