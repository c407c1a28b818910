"""Prints what instrument files hold, one JSON line per file; no database is asked."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from measurements.reading.sandbox import read_file


class Command(BaseCommand):
    """`manage.py recognise PATH… [--reader KEY]`."""

    help = "Print one JSON line per file: what it is, its channels, settings and warnings, or why it is not read."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, or a folder with all files below it")
        parser.add_argument("--reader", help="read with this reader instead of the one that knows the content")

    def handle(self, *_args: Any, paths: list[str], reader: str | None = None, **_options: Any) -> None:
        from measurements.readers.description import described

        was_refused = False
        for path in files_of(paths):
            reading = read_file(path, reader_key=reader)
            was_refused |= reading.refused is not None
            self.stdout.write(json.dumps(described(str(path), reading), allow_nan=False))
            self.stdout.flush()
        if was_refused:
            sys.exit(1)


def files_of(paths: list[str]) -> Iterator[Path]:
    """Return the named files, and those of the named folders in order of their path."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from sorted(one for one in path.rglob("*") if not one.is_dir())
        else:
            yield path
