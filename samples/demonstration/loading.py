"""Founds the demonstration lab and loads its tables by the import that every lab uses."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from labbook.models import Lab, User
from labbook.services.labs import found_lab
from samples.importing.running import ImportReport, import_tables
from samples.importing.tables import sources_in

RECORDS = Path(__file__).parent / "records"
OWNER_EMAIL = "owner@labbook.example"


def found_first_lab(*, name: str, slug: str) -> Lab:
    """Found a lab whose owner signs in by a one-time link only."""
    owner = User.objects.filter(email=OWNER_EMAIL).first()
    if owner is None:
        owner = User.objects.create_user(OWNER_EMAIL, name="Owner of the lab")
    return found_lab(name=name, slug=slug, owner=owner, initials="AV")


@transaction.atomic
def load_demonstration() -> ImportReport:
    """Found the demonstration lab, import its tables, and let the upper floors add what they show.

    Raises ValueError when a table is not in order.
    """
    lab = found_first_lab(name="Demonstration lab", slug="demonstration")
    owner = User.objects.get(email=OWNER_EMAIL)
    report = import_tables(lab=lab, by=owner, sources=sources_in(RECORDS))
    if report.errors:
        raise ValueError("; ".join(f"{one.file} line {one.row}: {one.message}" for one in report.errors[:5]))
    for demonstrate in settings.DEMONSTRATORS:
        import_string(demonstrate)(lab, by=owner)
    return report
