"""Equipment of a lab: added here, changed field by field like any record."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, User
from samples.models import Equipment


def add_equipment(*, lab: Lab, by: User, facts: Mapping[str, object]) -> Equipment:
    """Write a new piece of equipment with its editable columns; raises Refusal("title") when the name is taken."""
    made = Equipment(lab=lab, created_by=by, **{name: facts[name] for name in Equipment.EDITABLE if name in facts})
    with journal_of(lab, by=by) as journal:
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as error:
            raise Refusal(f"This lab already has equipment called {made.title}.", field="title") from error
        journal.created(made, title=made.title, kind=made.get_kind_display())
    return made
