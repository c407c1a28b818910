"""What workers do for the measurements floor: read large files, and read again what an older reader has read."""

from typing import Any

from labbook.jobs.run import Run
from labbook.journal import journal_of
from measurements.models import FileName, RawFile
from measurements.queries.files import outdated_files
from measurements.services.proposing import propose_for
from measurements.services.reading import name_of, packed_reading, write_reading


def read_raw_file(run: Run) -> dict[str, Any]:
    """Read one file and propose where it belongs."""
    raw_file = RawFile.objects.get(pk=run.arguments["raw_file"], lab=run.lab)
    run.report(0, 1, f"Reading {name_of(raw_file)}")
    reading = packed_reading(raw_file)
    with run.finishing(), journal_of(run.lab, by=run.by) as journal:
        raw_file = write_reading(journal, raw_file=raw_file, reading=reading)
    propose_again(raw_file)
    return {"raw_file": raw_file.pk, "state": raw_file.state, "refused": raw_file.refused}


def reread_files(run: Run) -> dict[str, Any]:
    """Read every file of the lab again that an older version of its reader has read; say how many changed."""
    files = outdated_files(run.lab)
    changed = 0
    for number, raw_file in enumerate(files, start=1):
        run.report(number - 1, len(files), f"Reading {name_of(raw_file)} again")
        before = list(raw_file.recordings.filter(is_current=True).values_list("curves__store_key", flat=True))
        with journal_of(run.lab, by=run.by, reason="a newer reader") as journal:
            write_reading(journal, raw_file=raw_file, reading=packed_reading(raw_file))
        after = list(raw_file.recordings.filter(is_current=True).values_list("curves__store_key", flat=True))
        changed += before != after
    return {"read": len(files), "changed": changed}


def propose_again(raw_file: RawFile) -> None:
    """Bring the match tables that hold a file up to date."""
    names = FileName.objects.filter(raw_file=raw_file, batch__isnull=False, batch__is_closed=False)
    for file_name in names.select_related("batch"):
        if file_name.batch:
            propose_for(file_name.batch, [file_name])
