"""Keeps tables that a person has sent and seen checked, until they are imported."""

import io
import zipfile
from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from labbook.models import Lab, User
from samples.importing.tables import LARGEST_FILE_BYTES, Source
from samples.models import CheckedUpload

# A person who has not said "import" by then sends the tables again.
KEPT_FOR = timedelta(days=1)
MOST_FILES = 40


def keep_upload(*, lab: Lab, user: User, sources: Sequence[Source]) -> CheckedUpload:
    """Keep the files of one upload; older ones of the same person are dropped."""
    CheckedUpload.objects.filter(user=user).delete()
    CheckedUpload.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for source in sources:
            archive.writestr(source.file, source.content)
    return CheckedUpload.objects.create(lab=lab, user=user, files=packed.getvalue())


def kept_sources(*, lab: Lab, user: User, upload_id: int) -> list[Source]:
    """Return the files of a person's own upload; nothing when it is not theirs or was dropped."""
    upload = CheckedUpload.objects.filter(lab=lab, user=user, pk=upload_id).first()
    if upload is None:
        return []
    with zipfile.ZipFile(io.BytesIO(bytes(upload.files))) as archive:
        return [Source(name, archive.read(name)) for name in archive.namelist()]


def drop_upload(*, user: User, upload_id: int) -> None:
    """Drop an upload that was imported."""
    CheckedUpload.objects.filter(user=user, pk=upload_id).delete()


def is_too_large(size: int) -> bool:
    """Say whether a file is larger than any table of records."""
    return size > LARGEST_FILE_BYTES
