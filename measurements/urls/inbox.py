"""Addresses of the inbox: uploads, match table, receipts."""

from django.urls import URLPattern, URLResolver, path

from measurements.views import inbox, inbox_batch, inbox_columns, inbox_line, inbox_receipts

urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/", inbox.inbox_list, name="inbox_list"),
    path("inbox/new", inbox.inbox_new, name="inbox_new"),
    path("inbox/post", inbox.inbox_post, name="inbox_post"),
    path("inbox/name", inbox.inbox_name, name="inbox_name"),
    path("inbox/waiting", inbox.inbox_waiting, name="inbox_waiting"),
    path("inbox/codes", inbox.inbox_codes, name="inbox_codes"),
    path("inbox/<int:batch_id>", inbox_batch.inbox_batch, name="inbox_batch"),
    path("inbox/<int:batch_id>/shared", inbox_batch.inbox_shared, name="inbox_shared"),
    path("inbox/<int:batch_id>/cells", inbox_batch.inbox_cells, name="inbox_cells"),
    path("inbox/<int:batch_id>/rows", inbox_batch.inbox_rows, name="inbox_rows"),
    path("inbox/<int:batch_id>/rows/<int:row_id>", inbox_line.inbox_line, name="inbox_line"),
    path("inbox/<int:batch_id>/rows/<int:row_id>/act", inbox_line.inbox_line_act, name="inbox_line_act"),
    path("files/<int:file_id>/columns", inbox_columns.file_columns, name="file_columns"),
    path("inbox/receipts/<int:receipt_id>", inbox_receipts.inbox_receipt, name="inbox_receipt"),
    path("inbox/receipts/<int:receipt_id>/undo", inbox_receipts.inbox_undo, name="inbox_undo"),
]
