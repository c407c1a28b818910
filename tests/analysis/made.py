"""Makes measured spectra for tests: written as an instrument writes them, taken in as people do."""

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from labbook.journal import journal_of
from labbook.models import Lab, User
from measurements.models import Batch, Calibration, CalibrationKind, FileName, InboxRow, Instrument, Measurement, Series
from measurements.services.batches import start_batch
from measurements.services.calibrations import add_calibration
from measurements.services.committing import commit_rows
from measurements.services.proposing import propose_for
from measurements.services.reading import read_soon
from measurements.services.receiving import name_file, store_stream
from tests.measurements.inboxes import make_samples

HEAD = (
    "SpectraSuite Data File\n++++++++++++++++++++++++++++++++++++\nDate: Fri Mar 06 12:40:00 GMT 2026\n"
    "User: LM\nSpectrometers: MAYP110987\nIntegration Time (usec): 500000 (MAYP110987)\n"
    "Spectra Averaged: 1 (MAYP110987)\nNumber of Pixels in Processed Spectrum: {count}\n"
    ">>>>>Begin Processed Spectral Data<<<<<\n"
)
TAIL = ">>>>>End Processed Spectral Data<<<<<\n"


@dataclass(frozen=True, slots=True)
class Line:
    """A PL line as it is written: where, how wide, how bright."""

    energy_ev: float = 1.85
    fwhm_ev: float = 0.09
    height_counts: float = 4000.0
    background_counts: float = 40.0
    seed: int = 1


def spectrum_text(line: Line) -> bytes:
    """Return the file of a spectrum with Poisson noise, 256 pixels from 600 to 760 nm."""
    nm = np.linspace(600.0, 760.0, 256)
    ev = 1239.841984332 / nm
    sigma = line.fwhm_ev / 2.3548200450309493
    mean = line.height_counts * np.exp(-((ev - line.energy_ev) ** 2) / (2 * sigma**2)) * (ev / line.energy_ev) ** 2
    counts = np.random.default_rng(line.seed).poisson(mean + line.background_counts)
    rows = "".join(f"{x:.4f}\t{y:.2f}\n" for x, y in zip(nm, counts, strict=True))
    return (HEAD.format(count=len(nm)) + rows + TAIL).encode()


def take_in(lab: Lab, by: User, files: dict[str, bytes], **facts: Any) -> Batch:
    """Receive files in a batch of their own, have them read and proposed."""
    with journal_of(lab, by=by) as journal:
        batch = start_batch(journal, title="a day", **facts)
        names = [keep(journal, batch, name, content) for name, content in files.items()]
    for one in names:
        read_soon(one.raw_file, by=by)
    propose_for(batch, names)
    return batch


def keep(journal: Any, batch: Batch, name: str, content: bytes) -> FileName:
    """Keep the bytes of one file."""
    return name_file(journal, batch=batch, name=name, folder="", stored=store_stream(io.BytesIO(content)))


def assigned(batch: Batch, by: User) -> list[Measurement]:
    """Commit every line of a batch and return the measurements."""
    with journal_of(batch.lab, by=by) as journal:
        receipt = commit_rows(journal, batch, list(InboxRow.objects.filter(batch=batch)))
    return list(receipt.measurements.order_by("pk"))


def measured(lab: Lab, by: User, name: str = "NC-024-F2-FL1_PL.txt", line: Line | None = None) -> Measurement:
    """Return the measurement of one spectrum of a sample that the file names; samples are made when there are none."""
    if not lab_has_samples(lab):
        make_samples(lab, by)
    return assigned(take_in(lab, by, {name: spectrum_text(line or Line())}), by)[0]


def lab_has_samples(lab: Lab) -> bool:
    """Say whether a lab has samples already."""
    from samples.models import Sample

    return Sample.objects.filter(lab=lab, code="NC-024-F2").exists()


def ladder(lab: Lab, by: User, energies_ev: dict[str, float]) -> Series:
    """Measure a load at pressures, one spectrum each, and return its series."""
    if not lab_has_samples(lab):
        make_samples(lab, by)
    files = {
        f"NC-024-F2-DAC1_PL_{pressure}GPa.txt": spectrum_text(Line(energy_ev=energy, seed=index))
        for index, (pressure, energy) in enumerate(energies_ev.items())
    }
    assigned(take_in(lab, by, files), by)
    return Series.objects.get(lab=lab, sample__code="NC-024-F2-DAC1")


def calibrate(instrument: Instrument, by: User, kind: CalibrationKind, value: str) -> Calibration:
    """Give an instrument a calibration."""
    with journal_of(instrument.lab, by=by) as journal:
        return add_calibration(journal, instrument=instrument, kind=kind, facts={"value": Decimal(value), "unit": "nm"})
