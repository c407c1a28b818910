"""The spool: where files lie while they arrive, on the same disk as the local store so that a move is enough."""

from pathlib import Path

from django.conf import settings


def spool_folder() -> Path:
    """Return the folder of files on their way; several web machines share it."""
    folder = Path(settings.SPOOL)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
