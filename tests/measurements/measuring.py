"""Makes measurements, their files and series for tests, through the services where people use them."""

from typing import Any

from django.utils import timezone

from labbook.journal import journal_of
from labbook.models import Lab, Project, User
from measurements.models import Batch, Measurement, MeasurementRecording
from measurements.services.indexing import index_measurements
from measurements.services.measurements import add_measurement
from samples.kinds import SampleKind
from samples.models import Sample
from tests.samples.services.making import received
from tests.walk_measured import make_file


def make_sample(lab: Lab, by: User, code: str, kind: SampleKind = SampleKind.FRACTION) -> Sample:
    """Receive a sample of a code."""
    with journal_of(lab, by=by) as journal:
        return received(journal, code, kind=kind)


def measure(lab: Lab, by: User, sample: Sample | None, technique: str = "PL", **facts: Any) -> Measurement:
    """Keep a measurement of a sample, measured now."""
    kind = facts.pop("reference_kind", "")
    told = {"technique": technique, "measured_at": timezone.now(), "operator": "LM", **facts}
    with journal_of(lab, by=by) as journal:
        return add_measurement(journal, sample=sample, reference_kind=kind, facts=told)


def with_file(measurement: Measurement, name: str, project: Project | None = None) -> MeasurementRecording:
    """Give a measurement a file that was read."""
    batch = Batch.objects.create(lab=measurement.lab, project=project)
    raw_file, file_name, recording, _ = make_file(measurement.lab, project, batch, name)
    part = MeasurementRecording.objects.create(
        measurement=measurement, raw_file=raw_file, file_name=file_name, recording=recording
    )
    index_measurements([measurement])
    return part
