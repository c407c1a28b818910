"""The rows of the permission walk for raw files: sent, on their way, in the store, and links that only send."""

from collections.abc import Callable
from typing import Any

from tests.walk_world import Records

Named = Callable[[Records], dict[str, Any]]
NO_UPLOAD = "00000000-0000-0000-0000-000000000000"


def file(records: Records) -> dict[str, Any]:
    """Name the file."""
    return {"file_id": records.measured.file_name.pk}


def file_key(records: Records) -> dict[str, Any]:
    """Name the file as the API does."""
    return {"key": records.measured.file_name.pk}


# Name, least action to read, least action to write, record, what the address needs besides, whole lab's.
FILE_ROWS: tuple[tuple[str, str, str, Named | None, dict[str, Any], bool], ...] = (
    ("upload_new", "record", "record", None, {}, False),
    # Kept per sender: somebody else's upload is answered like one that is gone.
    ("upload_part", "record", "record", None, {"key": NO_UPLOAD}, False),
    ("upload_token_list", "manage", "manage", None, {}, False),
    ("upload_token_revoke", "manage", "manage", lambda r: {"token_id": r.measured.token.pk}, {}, True),
    ("file_download", "read", "read", file, {}, False),
    ("recording_header", "read", "read", lambda r: {"recording_id": r.measured.recording.pk}, {}, False),
    ("plot_data", "read", "read", None, {}, False),
    ("plot_table", "read", "read", None, {"shape": "wide"}, False),
    ("api_inbox_send", "record", "record", None, {}, False),
    ("api_upload_new", "record", "record", None, {}, False),
    ("api_upload_part", "record", "record", None, {"key": NO_UPLOAD}, False),
    ("api_files", "read", "record", None, {}, False),
    ("api_files_as", "read", "record", None, {"format": "csv"}, False),
    ("api_file", "read", "record", file_key, {}, False),
    ("api_file_download", "read", "record", file_key, {}, False),
)
