"""Raw files: those of a lab that a newer reader would read anew, and one under a name."""

from labbook.models import Lab
from measurements.models import RawFile
from measurements.models.files import RawFileQuerySet


def outdated_files(lab: Lab) -> list[RawFile]:
    """Return the files that an older version of a reader has read, oldest first."""
    from measurements.readers.table import READERS

    found: list[RawFile] = []
    for reader in READERS:
        mine = RawFile.objects.filter(lab=lab, reader=reader.key, reader_version__lt=reader.version)
        found += list(mine.order_by("pk"))
    return found


def files_with_names(files: RawFileQuerySet) -> RawFileQuerySet:
    """Return files with the names they came under."""
    return files.prefetch_related("names")
