"""What lists of measurements cost at a hundred thousand of them, beside the least that SQL can do."""

import os
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.bench.figure import Figure, seconds_of
from scripts.console import say

if TYPE_CHECKING:
    from labbook.models import Lab, User

COUNT = int(os.environ.get("LABBOOK_BENCH_ROWS", "100000"))
AT_ONCE = 5_000
# A page of fifty lines is rendered in some milliseconds; what it costs beyond must not grow with the lab.
# Hits are counted up to a thousand, of which the small lab has ten: that much a word may cost more.
MOST_GROWTH = 3.0
PAGES = {
    "measurements, newest": "/measurements/",
    "measurements of one technique": "/measurements/?technique=TRPL",
    "measurements by word": "/measurements/?q=rare",
    "measurements through the API": "/api/v1/measurements?limit=50",
}
FLOOR = "SELECT id, technique, measured_at FROM measurements_measurement WHERE lab_id = %s ORDER BY id DESC LIMIT 50"


def figures() -> Iterator[Figure]:
    """Yield the server time of each page with a thousand and with all measurements."""
    with tempfile.TemporaryDirectory(prefix="labbook-bench-") as folder:
        prepare(Path(folder))
        from django.test import Client

        lab, person = found()
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(person)
        fill(lab, 1_000)
        small = {name: seconds_of(partial(client.get, path)) for name, path in PAGES.items()}
        say(f"Writing {COUNT:,} measurements …")
        fill(lab, COUNT - 1_000)
        floor_s = seconds_of(lambda: newest(lab))
        for name, path in PAGES.items():
            seconds = seconds_of(partial(client.get, path))
            yield Figure(f"{name}, {COUNT:,}", seconds * 1e3, "ms", "the newest 50 by SQL", seconds / floor_s)
            growth = seconds / small[name]
            yield Figure(f"{name}, growth from 1,000", growth, "times", "1,000 measurements", growth, MOST_GROWTH)


def prepare(folder: Path) -> None:
    """Make an empty SQLite notebook in a folder."""
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"LABBOOK_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "labbook.settings"}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def found() -> "tuple[Lab, User]":
    """Found a lab and return it with its owner."""
    from labbook.models import User
    from labbook.services.labs import found_lab

    person = User.objects.create_user("bench@labbook.example", name="Bench")
    return found_lab(name="Bench", slug="bench", owner=person, initials="BE"), person


def fill(lab: "Lab", count: int) -> None:
    """Write measurements with their search rows, a hundredth of them of one technique and word."""
    from django.db import transaction

    from measurements.models import Measurement
    from measurements.services.indexing import index_measurements

    for start in range(0, count, AT_ONCE):
        with transaction.atomic():
            made = Measurement.objects.bulk_create(
                Measurement(
                    lab=lab,
                    technique="TRPL" if number % 100 == 0 else "PL",
                    reference_kind="dark",
                    title="rare" if number % 100 == 0 else f"common {number}",
                )
                for number in range(start, min(start + AT_ONCE, count))
            )
            index_measurements(made)


def newest(lab: "Lab") -> None:
    """Ask the database for the newest fifty, and nothing else."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(FLOOR, [lab.pk])
        cursor.fetchall()
