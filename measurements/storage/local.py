"""A folder as a store: a file appears whole under its key, or not at all, also when the power fails."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from measurements.storage.stores import StoreUnavailable


class LocalStore:
    """Keeps each key as a file of a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, path: Path) -> None:
        """Move or copy a file under its key, forced to the disk before it gets its name."""
        goal = self.root / key
        if goal.exists():
            return
        try:
            goal.parent.mkdir(parents=True, exist_ok=True)
            arriving = goal.parent / f".{uuid.uuid4().hex}"
            try:
                bring(path, arriving)
                arriving.chmod(0o444)
                arriving.replace(goal)
            finally:
                arriving.unlink(missing_ok=True)
            force(goal.parent)
        except OSError as error:
            raise StoreUnavailable(f"The file could not be stored: {error.strerror}.") from error

    def has(self, key: str) -> bool:
        """Say whether the file is there."""
        return (self.root / key).exists()

    def open(self, key: str) -> BinaryIO:
        """Return the file."""
        return (self.root / key).open("rb")

    @contextmanager
    def as_path(self, key: str) -> Iterator[Path]:
        """Give the file's own path; it is only to be read."""
        path = self.root / key
        if not path.exists():
            raise FileNotFoundError(key)
        yield path


def bring(path: Path, arriving: Path) -> None:
    """Move a file, or copy it from another file system, and force its bytes to the disk."""
    try:
        path.replace(arriving)
    except OSError:
        shutil.copyfile(path, arriving)
    force(arriving)


def force(path: Path) -> None:
    """Force a file's bytes, or a folder's names, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
