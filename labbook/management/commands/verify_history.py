"""Checks that no history row was changed, removed or reordered."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from labbook.models import Lab
from labbook.queries.chain import Head, first_break
from labbook.queries.history import published_head


class Command(BaseCommand):
    """`manage.py verify_history [LAB] [--head LENGTH:HASH]`."""

    help = "Walk the hash chain of one lab, or of every lab, and name the first broken row; exit 1 if there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("lab", nargs="?", help="the lab's short name; without it every lab")
        parser.add_argument("--head", help="a head kept by an earlier export, as LENGTH:HASH; needs a lab")

    def handle(self, *_args: Any, lab: str | None = None, head: str | None = None, **_options: Any) -> None:
        labs = Lab.objects.order_by("slug").filter(**({"slug": lab} if lab else {}))
        if not labs or (head and not lab):
            raise CommandError(f"There is no lab {lab}." if lab else "Name the lab that the head belongs to.")
        broken = [text for one in labs if (text := self.report(one, read_head(head)))]
        if broken:
            raise CommandError("\n".join(broken))

    def report(self, lab: Lab, kept_head: Head | None) -> str | None:
        """Say that a lab's chain is whole, or return what breaks it."""
        problem = first_break(lab, kept_head=kept_head)
        if problem:
            return f"{lab.slug}: {problem}"
        length, last_hash = published_head(lab)
        self.stdout.write(f"{lab.slug}: {length} rows, whole; head {length}:{last_hash}")
        return None


def read_head(text: str | None) -> Head | None:
    """Return a head from LENGTH:HASH."""
    if not text:
        return None
    length, _, last_hash = text.partition(":")
    if not length.isdigit() or len(last_hash) != 64:
        raise CommandError("A head is written LENGTH:HASH.")
    return int(length), last_hash
