"""Editing samples and syntheses, so that what they are found by follows in the same transaction."""

from collections.abc import Mapping
from typing import Any

from labbook.journal import journal_of
from labbook.models import User
from labbook.services.editing import edit
from samples.models import Sample, Synthesis
from samples.services.indexing import index_sample, index_synthesis


def edit_sample(
    *,
    record: Sample,
    changes: Mapping[str, Any],
    token: str,
    by: User,
    reason: str = "",
    action: str = "changed",
    every_field_is_meant: bool = False,
) -> Sample:
    """Change a sample's own fields and those of its detail row ("bottle.lot"); see `edit_record`.

    Raises Conflict on fields that somebody else changed meanwhile, Refusal on a value that does not fit.
    """
    with journal_of(record.lab, by=by, reason=reason) as journal:
        sample = edit(
            journal, record, changes=changes, token=token, action=action, every_field_is_meant=every_field_is_meant
        )
        index_sample(sample)
    return sample


def edit_synthesis(
    *,
    record: Synthesis,
    changes: Mapping[str, Any],
    token: str,
    by: User,
    reason: str = "",
    action: str = "changed",
    every_field_is_meant: bool = False,
) -> Synthesis:
    """Change a synthesis's own fields; see `edit_record`.

    Raises Conflict on fields that somebody else changed meanwhile, Refusal on a value that does not fit.
    """
    with journal_of(record.lab, by=by, reason=reason) as journal:
        synthesis = edit(
            journal, record, changes=changes, token=token, action=action, every_field_is_meant=every_field_is_meant
        )
        index_synthesis(synthesis)
    return synthesis
