"""Places of a lab: added here, changed field by field like any record."""

from decimal import Decimal

from django.db import IntegrityError, transaction

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, User
from samples.models import Place


def add_place(
    *, lab: Lab, title: str, kind: str, by: User, nominal_temperature_c: Decimal | None = None
) -> Place:  # fmt: skip
    """Write a new place; raises Refusal("title") when the lab has one of this name."""
    place = Place(lab=lab, created_by=by, title=title.strip(), kind=kind, nominal_temperature_c=nominal_temperature_c)
    with journal_of(lab, by=by) as journal:
        try:
            with transaction.atomic():
                place.save(force_insert=True)
        except IntegrityError as error:
            raise Refusal(f"This lab already has a place called {place.title}.", field="title") from error
        journal.created(place, title=place.title, kind=place.get_kind_display(), temperature_c=nominal_temperature_c)
    return place
