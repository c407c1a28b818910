"""From the tag on a label to the code of its record."""

from django.db.models import Exists, OuterRef

from labbook.models import Code, SearchRow, User


def tagged(tag: str, *, seen_by: User) -> Code | None:
    """Return the code behind a tag, in any case, when the person may see its record.

    A code row knows no project, so the record's search row, which does, decides.
    """
    row = SearchRow.objects.visible_to(seen_by).filter(
        record_type=OuterRef("record_type"), record_id=OuterRef("record_id")
    )
    mine = Code.objects.visible_to(seen_by).filter(Exists(row), tag=tag.upper())
    return mine.select_related("lab").first()
