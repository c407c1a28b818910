"""Watching a folder: which of its files are new and complete, and taking them in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from labbook.models import Lab, User
from measurements.models import FileName, Instrument
from measurements.services.batches import batch_of_the_day
from measurements.services.receiving import file_arrived, safe_folder, store_stream

Look = tuple[int, int]


@dataclass
class FolderWatch:
    """A folder, and how its files looked the last time."""

    folder: Path
    lab: Lab
    by: User
    instrument: Instrument | None = None
    seen: dict[Path, Look] = field(default_factory=dict)
    taken: dict[Path, Look] = field(default_factory=dict)

    def take_in(self, *, still: bool = False) -> Iterator[Path]:
        """Take in the files that look as they did the last time, or all of them when they are known to be `still`."""
        for path in sorted(self.folder.rglob("*")):
            look = look_of(path)
            if look is None or self.taken.get(path) == look:
                continue
            if still or self.seen.get(path) == look:
                if self.is_new(path):
                    self.receive(path)
                    yield path
                self.taken[path] = look
            self.seen[path] = look

    def is_new(self, path: Path) -> bool:
        """Say whether these bytes have not come from this folder under this name before."""
        sha256 = sha256_of(path)
        folder = safe_folder(path.parent.relative_to(self.folder).as_posix())
        known = FileName.objects.filter(
            lab=self.lab, name=path.name, folder=folder, raw_file__sha256=sha256, batch__origin="folder"
        )
        return not known.exists()

    def receive(self, path: Path) -> FileName:
        """Store a file and name it in today's batch of the folder."""
        with path.open("rb") as stream:
            stored = store_stream(stream)
        batch = batch_of_the_day(
            lab=self.lab, by=self.by, origin="folder", instrument=self.instrument, title=self.folder.name
        )
        folder = path.parent.relative_to(self.folder).as_posix()
        return file_arrived(batch=batch, name=path.name, folder=folder, stored=stored, by=self.by)


def look_of(path: Path) -> Look | None:
    """Return a file's size and time of change; nothing for what is no file or is hidden."""
    try:
        if path.name.startswith(".") or not path.is_file():
            return None
        told = path.stat()
    except OSError:
        return None
    return told.st_size, told.st_mtime_ns


def sha256_of(path: Path) -> str:
    """Return the hash of a file's bytes."""
    import hashlib

    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
