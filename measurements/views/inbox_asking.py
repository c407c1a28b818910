"""What a posted match table says: which lines were ticked, which cells were typed, and who typed them."""

import json
from collections.abc import Iterator

from django.core.exceptions import ValidationError

from labbook.errors import Refusal
from labbook.http import LabRequest
from measurements.models import Batch
from measurements.queries.inbox import rows_of
from measurements.services.inbox_editing import CELLS, Editor
from samples.forms.codes import SampleCodeField
from samples.models import Sample

Cells = dict[str, str]


def editor_of(request: LabRequest) -> Editor:
    """Return the person as an editor, who finds the samples that they may see."""
    asking = SampleCodeField(required=False)
    asking.asked_by(request.user, request.lab)

    def find(text: str) -> Sample:
        try:
            found = asking.clean(text.replace("\0", "")[:120])
        except ValidationError as error:
            raise Refusal(" ".join(error.messages), field="sample") from error
        if not isinstance(found, Sample):
            raise Refusal("Say which sample.", field="sample")
        return found

    return Editor(request.membership.initials, find)


def chosen_ids(request: LabRequest, batch: Batch) -> list[int]:
    """Return the ticked lines in the order of the page; lines of files that the person does not see are left out."""
    sent = [int(key) for key in request.POST.getlist("chosen") if key.isascii() and key.isdigit() and len(key) < 19]
    seen = set(rows_of(batch, request.user).filter(pk__in=sent).values_list("pk", flat=True))
    return [one for one in dict.fromkeys(sent) if one in seen]


def cells_sent(request: LabRequest, batch: Batch) -> Iterator[tuple[int, Cells, Cells]]:
    """Yield the lines whose cells were sent: what stands in them, and what stood there when the page was made."""
    sent: dict[int, Cells] = {}
    for name, text in request.POST.items():
        key = name.removeprefix("was-")
        if key != name and key.isascii() and key.isdigit() and len(key) < 19:
            sent[int(key)] = read_was(str(text))
    seen = set(rows_of(batch, request.user).filter(pk__in=sent).values_list("pk", flat=True))
    for row_id, was in sent.items():
        cells = {name: request.POST.get(f"{name}-{row_id}", was[name]) for name in CELLS}
        if row_id in seen and cells != was:
            yield row_id, cells, was


def read_was(text: str) -> Cells:
    """Return the cells of a line as the page kept them; what cannot be read counts as empty cells."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return dict.fromkeys(CELLS, "")
    parts = given if isinstance(given, list) and len(given) == len(CELLS) else ["", "", ""]
    return {name: str(part) for name, part in zip(CELLS, parts, strict=True)}
