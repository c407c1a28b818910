"""Audits the graph of every lab: `audit_graph [LAB]`."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from labbook.models import Lab
from samples.models import Sample
from samples.queries.audit import MOST_NAMED, RULES, Violation, violations_in


class Command(BaseCommand):
    """Prints one JSON line; exits 1 when something does not hold."""

    help = (
        "Check balances, origins, codes, search rows, places, borders between labs and history; exit 1 on a violation."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name one lab, or none for all of them."""
        parser.add_argument("lab", nargs="?", help="the lab's short name; without it every lab")

    def handle(self, *_args: Any, lab: str | None = None, **_options: Any) -> None:
        """Look at one state of the database, however many people write meanwhile."""
        with transaction.atomic():
            hold_still()
            labs = list(Lab.objects.order_by("slug").filter(**({"slug": lab} if lab else {})))
            if lab and not labs:
                raise CommandError(f"There is no lab {lab}.")
            found = [one for lab_ in labs for one in violations_in(lab_)]
            sample_count = Sample.objects.filter(lab__in=labs).count()
        self.stdout.write(json.dumps(report(labs, sample_count, found), ensure_ascii=False))
        if found:
            sys.exit(1)


def hold_still() -> None:
    """Let a transaction see one state from its first query to its last; SQLite does so by itself."""
    if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def report(labs: list[Lab], sample_count: int, found: list[Violation]) -> dict[str, Any]:
    """Return the audit as it is printed: counts by rule, and the first violations by name."""
    return {
        "labs": [one.slug for one in labs],
        "samples": sample_count,
        "violations": {rule: sum(one.rule == rule for one in found) for rule in RULES},
        "first": [one._asdict() for one in found[:MOST_NAMED]],
        "ok": not found,
    }
