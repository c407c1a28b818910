"""The measured half of the walk's world: instrument, file, recording, curve, series, measurement, batch and more."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from django.utils import timezone

from labbook.journal import Journal
from labbook.models import Lab, Project
from measurements.models import (
    Batch,
    Calibration,
    Curve,
    FileName,
    InboxRow,
    Instrument,
    InstrumentSession,
    Measurement,
    MeasurementRecording,
    RawFile,
    Receipt,
    Recording,
    Rung,
    Series,
    UploadToken,
)
from measurements.services.indexing import index_measurements
from measurements.services.receiving import store_stream
from samples.models import Sample


@dataclass
class Measured:
    """One record of every sort that an instrument leaves behind, all on one side."""

    instrument: Instrument
    session: InstrumentSession
    calibration: Calibration
    token: UploadToken
    batch: Batch
    raw_file: RawFile
    file_name: FileName
    recording: Recording
    curve: Curve
    series: Series
    rung: Rung
    measurement: Measurement
    # A second measurement, which the first names as its blank.
    blank: Measurement
    receipt: Receipt
    inbox_row: InboxRow


def make_measured(
    journal: Journal, *, lab: Lab, project: Project, load: Sample, marker: str, shared: str, number: int
) -> Measured:
    """Write what an instrument left of a load; what is the whole lab's is called `shared`, the rest `marker`."""
    instrument = Instrument.objects.create(lab=lab, title=f"{shared} spectrometer {number}", technique="PL")
    session = InstrumentSession.objects.create(
        lab=lab, project=project, instrument=instrument, day=timezone.localdate(), title=f"{marker} session"
    )
    calibration = Calibration.objects.create(
        lab=lab, instrument=instrument, kind="response", valid_from=timezone.localdate(), note=f"{shared} lamp"
    )
    token = UploadToken.objects.create(
        lab=lab, instrument=instrument, title=f"{shared} computer {number}", token_hash=hash_of(f"{marker} token")
    )
    batch = Batch.objects.create(lab=lab, project=project, title=f"{marker} batch", instrument=instrument)
    raw_file, file_name, recording, curve = make_file(lab, project, batch, f"{load.code}_PL_1.27GPa_{marker}.txt")
    series = Series.objects.create(lab=lab, project=project, sample=load, along="pressure", title=f"{marker} ladder")
    rung = Rung.objects.create(series=series, nominal="1.27", unit="GPa", branch="compression", position=1)
    receipt = Receipt.objects.create(lab=lab, batch=batch, lines=[{"file": file_name.name, "sample": load.code}])
    its = {"lab": lab, "project": project, "technique": "PL", "instrument": instrument, "session": session}
    measurement = Measurement.objects.create(
        **its, sample=load, rung=rung, title=f"{marker} measurement", note=f"{marker} note", receipt=receipt,
        measured_at=timezone.now(), measured_at_origin="person", pressure_gpa="1.27", branch="compression",
    )  # fmt: skip
    blank = Measurement.objects.create(**its, reference_kind="dark", title=f"{marker} dark")
    measurement.references.create(reference=blank, part="dark")
    MeasurementRecording.objects.create(
        measurement=measurement, raw_file=raw_file, file_name=file_name, recording=recording
    )
    row = InboxRow.objects.create(
        batch=batch, file_name=file_name, recording=recording, state="assigned", sample=load, technique="PL",
        measurement=measurement, why=f"{marker} why",
    )  # fmt: skip
    told = (instrument, session, calibration, batch, series, measurement, blank, receipt)
    for one in told:
        journal.created(one, title=str(one))
    index_measurements([measurement, blank])
    return Measured(
        instrument=instrument, session=session, calibration=calibration, token=token, batch=batch, raw_file=raw_file,
        file_name=file_name, recording=recording, curve=curve, series=series, rung=rung, measurement=measurement,
        blank=blank, receipt=receipt, inbox_row=row,
    )  # fmt: skip


def make_file(lab: Lab, project: Project | None, batch: Batch, name: str) -> tuple[RawFile, FileName, Recording, Curve]:
    """Store a file and write its rows as if it had been read; its arrays are not there."""
    stored = store_stream(BytesIO(name.encode()))
    raw_file = RawFile.objects.create(
        lab=lab, sha256=stored.sha256, size_bytes=stored.size_bytes, state="read", reader="ocean_optics_txt",
        reader_version=1,
    )  # fmt: skip
    file_name = FileName.objects.create(
        lab=lab, project=project, raw_file=raw_file, name=name, folder=name.partition("_")[0], batch=batch
    )
    recording = Recording.objects.create(
        raw_file=raw_file, position=0, reader="ocean_optics_txt", reader_version=1, technique="PL", label=name,
        instrument=f"USB2000 {name}", settings={"integration_time_s": 0.1, "comment": name}, cautions=[name],
        header_key=hash_of(f"{name} header"),
    )  # fmt: skip
    curve = Curve.objects.create(
        recording=recording, position=0, name=name, role="signal", unit="counts", x_name="wavelength", x_unit="nm",
        shape=[5], point_count=5, x_first=500, x_last=700, y_min=0, y_max=100, store_key=hash_of(f"{name} curve"),
        sparkline=[0, 20, 100, 30, 5],
    )  # fmt: skip
    return raw_file, file_name, recording, curve


def hash_of(text: str) -> str:
    """Return the SHA-256 of a text."""
    return sha256(text.encode()).hexdigest()
