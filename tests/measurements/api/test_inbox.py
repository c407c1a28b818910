"""The inbox through the API: a batch is opened, its lines read, set, assigned and undone."""

import pytest

from labbook.models import Lab, User
from measurements.models import Batch, InboxRow, Measurement, Receipt
from measurements.services.proposing import propose_for
from tests.measurements.inboxes import Read, arrive, make_batch, make_samples
from tests.samples.api.conftest import Asker

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(lab: Lab, member: User) -> Batch:
    make_samples(lab, member)
    batch = make_batch(lab, member)
    paths = ("NC-024-F2-DAC1_PL_0.13GPa.txt", "scan 3 PL.txt")
    propose_for(batch, [arrive(batch, path, Read(y_max=number)) for number, path in enumerate(paths, start=1)])
    return batch


@pytest.fixture
def asking(member: User) -> Asker:
    return Asker(member)


def test_a_batch_is_opened_and_read_back(lab: Lab, asking: Asker) -> None:
    made = asking.post("batches", {"title": "Session of March"})

    assert made.status_code == 201
    assert asking.get("batches").json()["items"][0]["title"] == "Session of March"


def test_lines_say_what_is_proposed_and_why(batch: Batch, asking: Asker) -> None:
    lines = {line["file"]: line for line in asking.get(f"batches/{batch.pk}/lines").json()["items"]}

    sure = lines["NC-024-F2-DAC1_PL_0.13GPa.txt"]
    assert (sure["sample"], sure["technique"], sure["rung"]) == ("NC-024-F2-DAC1", "PL", "0.13 GPa")
    assert (sure["confidence"], sure["why"]) == ("certain", "NC-024-F2-DAC1 in the name")
    assert lines["scan 3 PL.txt"]["sample"] is None


def test_lines_are_set_assigned_and_undone(batch: Batch, asking: Asker) -> None:
    scan = InboxRow.objects.get(file_name__name="scan 3 PL.txt")

    done = asking.post(f"batches/{batch.pk}/set", {"lines": [scan.pk], "sample": "NC-024-F2-FL1", "rung": "280 K"})
    assigned = asking.post(f"batches/{batch.pk}/assign", {"lines": list(InboxRow.objects.values_list("pk", flat=True))})
    receipt = Receipt.objects.get()
    links = asking.get(f"receipts/{receipt.pk}").json()["lines"]
    undone = asking.post(f"receipts/{receipt.pk}/undo")

    assert (done.status_code, assigned.status_code, undone.status_code) == (200, 200, 200)
    assert {link["sample"] for link in links} == {"NC-024-F2-DAC1", "NC-024-F2-FL1"}
    assert not Measurement.objects.filter(is_void=False).exists()


def test_without_named_lines_only_sure_ones_are_assigned(batch: Batch, asking: Asker) -> None:
    asking.post(f"batches/{batch.pk}/assign")

    assert [part.file_name.name for part in Measurement.objects.get().parts.all()] == ["NC-024-F2-DAC1_PL_0.13GPa.txt"]


def test_lines_of_another_batch_are_refused(batch: Batch, member: User, asking: Asker) -> None:
    other = make_batch(batch.lab, member)
    row = InboxRow.objects.first()

    answer = asking.post(f"batches/{other.pk}/assign", {"lines": [row.pk if row else 0]})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["message"] == "One of these lines is not in the batch."
