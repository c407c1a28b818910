"""Imports a folder of tables: `import_records DIR [--dry-run] [--lab SLUG] [--by E-MAIL]`."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from labbook.models import Lab, User
from samples.demonstration.loading import found_first_lab
from samples.importing.running import import_tables
from samples.importing.tables import sources_in


class Command(BaseCommand):
    """Prints one JSON line; exits 1 when there are errors, and then nothing was written."""

    help = "Import a folder of tables (CSV, TSV, XLSX), all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the folder and whose import it is."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check everything and write nothing")
        parser.add_argument("--lab", help="the lab's slug; needed when there are several labs")
        parser.add_argument("--by", help="e-mail of the person who imports")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import."""
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder")
        with transaction.atomic():
            report = import_tables(
                lab=chosen_lab(options["lab"]),
                by=chosen_person(options["by"]),
                sources=sources_in(folder),
                dry_run=options["dry_run"],
            )
            if report.errors or report.is_dry_run:
                # Nor does a lab that was founded for this import stay.
                transaction.set_rollback(True)
        self.stdout.write(json.dumps(report.plain(), ensure_ascii=False))
        if report.errors:
            sys.exit(1)


def chosen_lab(slug: str | None) -> Lab:
    """Return the named lab, or the only one there is; an installation without a lab gets its first one."""
    if not Lab.objects.exists():
        return found_first_lab(name=slug or "Lab", slug=slug or "first-lab")
    labs = list(Lab.objects.filter(slug=slug) if slug else Lab.objects.all()[:2])
    if len(labs) != 1:
        names = ", ".join(Lab.objects.values_list("slug", flat=True)[:20])
        raise CommandError(f"Name the lab with --lab; there are: {names}")
    return labs[0]


def chosen_person(email: str | None) -> User | None:
    """Return the person with this e-mail, or nobody when none is named."""
    if email is None:
        return None
    found = User.objects.filter(email=email.lower()).first()
    if found is None:
        raise CommandError(f"Nobody here has the e-mail {email}")
    return found
