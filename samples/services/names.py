"""Names and labels of samples: aliases that search matches, and the queue of labels to print."""

from collections.abc import Iterable

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.models import Code
from labbook.services import codes
from samples.models import LabelRequest, Sample
from samples.services.indexing import index_sample


def give_alias(journal: Journal, *, sample: Sample, text: str) -> None:
    """Give a sample another name under which search and the inbox find it."""
    name = text.strip()
    if not codes.normalized(name):
        raise Refusal("A name needs at least one letter or digit.", field="text")
    if len(name) > 120:
        raise Refusal("A name has at most 120 characters.", field="text")
    codes.add_alias(code=Code.objects.get(record_type="sample", record_id=sample.pk), text=name)
    sample.version += 1
    sample.save(update_fields=["version"])
    journal.changed(sample, "alias added", {"alias": (None, name)})
    index_sample(sample)


def request_labels(journal: Journal, *, samples: Iterable[Sample]) -> int:
    """Put samples into the label queue, each once; returns how many were added."""
    waiting = set(LabelRequest.objects.filter(lab=journal.lab, printed_at=None).values_list("sample_id", flat=True))
    wanted = [LabelRequest(lab=journal.lab, sample=sample) for sample in samples if sample.pk not in waiting]
    return len(LabelRequest.objects.bulk_create(wanted))


def withdraw_labels(*, samples: Iterable[Sample]) -> int:
    """Take samples out of the label queue; returns how many labels waited."""
    ids = [sample.pk for sample in samples]
    return LabelRequest.objects.filter(sample__in=ids, printed_at=None).delete()[0]
