"""Watches a shared instrument folder and takes in its files: `watch_folder DIR [--lab SLUG] [--instrument TITLE]`."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from labbook.errors import Refusal
from labbook.models import Lab
from measurements.models import Instrument
from measurements.services.rereading import keeper_of
from measurements.services.watching import FolderWatch


class Command(BaseCommand):
    """Takes in each file once its size has stood still; what was taken in before is not taken twice."""

    help = "Take in the files of a folder that instruments write into, and go on watching it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the folder, and the lab and instrument it belongs to."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--lab", help="the lab's short name; needed when there are several")
        parser.add_argument("--instrument", help="the instrument whose files these are")
        parser.add_argument("--interval", type=float, default=5.0, help="how often to look, in seconds")
        parser.add_argument("--once", action="store_true", help="take in what is there, then end")

    def handle(self, *_args: Any, folder: Path, once: bool, interval: float, **options: Any) -> None:
        """Look again and again, until told to stop."""
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder")
        lab = chosen_lab(options["lab"])
        by = keeper_of(lab)
        if by is None:
            raise CommandError(f"{lab} has no owner in whose name files could be taken in")
        watch = FolderWatch(folder, lab=lab, by=by, instrument=chosen_instrument(lab, options["instrument"]))
        while True:
            try:
                for path in watch.take_in(still=once):
                    self.stdout.write(f"{path}")
            except Refusal as refusal:
                self.stderr.write(str(refusal))
            if once:
                return
            time.sleep(max(interval, 0.1))


def chosen_lab(slug: str | None) -> Lab:
    """Return the named lab, or the only one there is."""
    labs = list(Lab.objects.filter(slug=slug) if slug else Lab.objects.all()[:2])
    if len(labs) != 1:
        raise CommandError(
            "Name the lab with --lab; there are: " + ", ".join(Lab.objects.values_list("slug", flat=True))
        )
    return labs[0]


def chosen_instrument(lab: Lab, title: str | None) -> Instrument | None:
    """Return the named instrument."""
    if not title:
        return None
    found = Instrument.objects.filter(lab=lab, title__iexact=title).first()
    if found is None:
        raise CommandError(f"{lab} has no instrument {title}")
    return found
