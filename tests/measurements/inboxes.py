"""Makes what the tests of the inbox need: samples with codes, and files as if they had been read."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from labbook.journal import journal_of
from labbook.models import Lab, Project, User
from measurements.models import Batch, Curve, FileName, Instrument, RawFile, ReadingState, Recording
from measurements.services.batches import start_batch
from measurements.techniques import Technique
from samples.kinds import ProcessKind, SampleKind, Unit
from samples.models import Sample
from samples.services.graph import Made, make_process, make_sample, use

MADE_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
MEASURED_AT = datetime(2026, 3, 8, 10, 20, tzinfo=UTC)
PIECES = {
    "NC-024-F2-a": SampleKind.VIAL, "NC-024-F2-FL1": SampleKind.FILM, "NC-024-F2-XF1": SampleKind.XRD_FILM,
    "NC-024-F2-TG1": SampleKind.TEM_GRID, "NC-024-F2-DAC1": SampleKind.LOAD,
}  # fmt: skip


def make_samples(lab: Lab, by: User, project: Project | None = None, fraction: str = "NC-024-F2") -> dict[str, Sample]:
    """Make a fraction and its pieces; the codes of the pieces follow from the fraction's."""
    with journal_of(lab, by=by) as journal:
        received = make_process(journal, kind=ProcessKind.RECEIVED, at=MADE_AT, project=project)
        whole = Made(kind=SampleKind.FRACTION, code=fraction, unit=Unit.UL, amount=Decimal(3000))
        samples = {fraction: make_sample(journal, process=received, made=whole)}
        for model, kind in PIECES.items():
            code = model.replace("NC-024-F2", fraction)
            process = make_process(journal, kind=ProcessKind.SPIN_COATING, at=MADE_AT, project=project)
            use(journal, process=process, sample=samples[fraction], amount=Decimal(1))
            piece = Made(kind=kind, code=code, unit=Unit.PIECE, amount=Decimal(1), fraction=samples[fraction])
            samples[code] = make_sample(journal, process=process, made=piece)
    return samples


def make_batch(lab: Lab, by: User, **facts: Any) -> Batch:
    """Open a batch."""
    with journal_of(lab, by=by) as journal:
        return start_batch(journal, **facts)


def make_instrument(lab: Lab, **facts: Any) -> Instrument:
    """Make a spectrometer whose files name it by its serial number."""
    known = {"title": "Maya 2000 Pro", "technique": Technique.PL, "serial_number": "MAYP110987"}
    return Instrument.objects.create(lab=lab, **{**known, **facts})


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader found in a file of a test."""

    technique: str = "PL"
    label: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    cautions: tuple[str, ...] = ()
    shape: tuple[int, ...] = (512,)
    x_first: float = 560.0
    x_last: float = 826.0
    y_max: float = 900.0
    zone_state: str = "not stated"
    at: datetime | None = MEASURED_AT


def arrive(batch: Batch, path: str, *reads: Read, content: str = "", reader: str = "ocean_optics_txt") -> FileName:
    """Put a file into a batch as the upload does, read as a reader would have; no reads means unread."""
    folder, _, name = path.rpartition("/")
    digest = sha256((content or path).encode()).hexdigest()
    raw_file, is_new = RawFile.objects.get_or_create(
        lab=batch.lab, sha256=digest,
        defaults={
            "size_bytes": 100, "state": ReadingState.READ if reads else ReadingState.UNKNOWN,
            "reader": reader if reads else "", "refused": "" if reads else "No reader knows this content (byte 0)",
        },
    )  # fmt: skip
    for position, read in enumerate(reads if is_new else ()):
        write_read(raw_file, position, read, reader)
    made, _ = FileName.objects.get_or_create(lab=batch.lab, raw_file=raw_file, name=name, folder=folder, batch=batch)
    return made


def write_read(raw_file: RawFile, position: int, read: Read, reader: str) -> None:
    """Write a recording with one curve."""
    recording = Recording.objects.create(
        raw_file=raw_file, position=position, reader=reader, reader_version=1, technique=read.technique,
        label=read.label, instrument="Ocean Optics Maya2000 Pro", settings=read.settings,
        cautions=list(read.cautions), time_as_written="8 Mar 2026 10:20:00", time_zone_state=read.zone_state,
        instrument_time=read.at,
    )  # fmt: skip
    Curve.objects.create(
        recording=recording, position=0, name="intensity", role="signal", shape=list(read.shape),
        point_count=read.shape[-1], x_first=read.x_first, x_last=read.x_last, x_unit="nm", y_min=10.0,
        y_max=read.y_max, store_key="00", sparkline=[0, 20, 100, 30, 5],
    )  # fmt: skip
