"""Whether a record fits its table, said as a refusal at the field that does not."""

from django.core.exceptions import ValidationError
from django.db import models

from labbook.errors import Refusal


def save_fitting(record: models.Model) -> None:
    """Save a record after its model's own checks. Raises Refusal at the first field that does not fit."""
    try:
        record.full_clean(exclude=["created_by"])
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise Refusal(" ".join(messages), field=None if name == "__all__" else name) from error
    record.save()
