"""Loads the demonstration lab's measurements by the services that people use: receive, propose, assign what is sure."""

from io import BytesIO

from labbook.journal import Journal, journal_of
from labbook.models import Lab, User
from measurements.demonstration.days import Day, measured_days, waiting_day
from measurements.demonstration.load import LONG_NS, SHORT_NS, response_name
from measurements.matching.proposal import PRESELECTED
from measurements.models import Batch, FileName, InboxRow, Instrument, Measurement, ReferenceUse, RowState
from measurements.services.batches import start_batch
from measurements.services.committing import commit_rows
from measurements.services.proposing import propose_for
from measurements.services.reading import read_soon
from measurements.services.receiving import name_file, store_stream
from measurements.services.references import add_reference
from measurements.techniques import ReferenceKind, Technique

FOLDER = "demonstration"


def load_measurements(lab: Lab, by: User) -> None:
    """Give the demonstration lab a few days at its instruments, and three files that wait; again changes nothing."""
    for day in measured_days():
        batch = batch_of(lab, by, day)
        if batch is not None:
            assign_what_is_sure(batch, by)
            link_responses(batch, by)
    batch_of(lab, by, waiting_day())


def batch_of(lab: Lab, by: User, day: Day) -> Batch | None:
    """Receive the files of a day in a batch of their own, or return nothing when they came before."""
    if Batch.objects.filter(lab=lab, title=day.title, origin="folder").exists():
        return None
    instrument = Instrument.objects.filter(lab=lab, title=day.instrument).first()
    with journal_of(lab, by=by) as journal:
        batch = start_batch(
            journal, title=day.title, origin="folder", instrument=instrument, day=day.day, operator=day.operator
        )
        names = [received(journal, batch, name, content) for name, content in day.files.items()]
    for one in names:
        read_soon(one.raw_file, by=by)
    # All at once: proposing takes as long for a day as for a file.
    propose_for(batch, names)
    return batch


def received(journal: Journal, batch: Batch, name: str, content: bytes) -> FileName:
    """Keep the bytes of a file and name it in a batch."""
    return name_file(journal, batch=batch, name=name, folder=FOLDER, stored=store_stream(BytesIO(content)))


def assign_what_is_sure(batch: Batch, by: User) -> None:
    """Commit the lines that the match table ticks by itself."""
    sure = InboxRow.objects.filter(batch=batch, state=RowState.WAITING, confidence_percent__gte=PRESELECTED)
    with journal_of(batch.lab, by=by) as journal:
        commit_rows(journal, batch, list(sure))


def link_responses(batch: Batch, by: User) -> None:
    """Name each instrument response of the batch as the reference of the decays of its window."""
    of_batch = Measurement.objects.filter(receipt__batch=batch, technique=Technique.TRPL)
    with journal_of(batch.lab, by=by) as journal:
        for window_ns in (SHORT_NS, LONG_NS):
            response = of_batch.filter(
                reference_kind=ReferenceKind.IRF, parts__file_name__name=response_name(window_ns)
            ).first()
            if response is None:
                continue
            for one in of_batch.filter(reference_kind="", parts__file_name__name__endswith=f"_{window_ns:g}ns.img"):
                add_reference(journal, one, reference=response, part=ReferenceUse.Part.IRF)
