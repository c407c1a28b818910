"""What tests of the measurements floor can ask for: a store of their own, a batch, and a file as it comes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from labbook.journal import journal_of
from labbook.models import Lab, User
from measurements.models import Batch
from measurements.services.batches import start_batch
from measurements.storage.stores import store


@pytest.fixture(autouse=True)
def own_store(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Keep the files of each test in a folder of its own."""
    settings.FILES, settings.SPOOL = str(tmp_path / "files"), str(tmp_path / "spool")
    store.cache_clear()
    yield tmp_path / "files"
    store.cache_clear()


@pytest.fixture
def batch(lab: Lab, member: User) -> Batch:
    """An open batch of the lab."""
    with journal_of(lab, by=member) as journal:
        return start_batch(journal, title="PL of a day")


@pytest.fixture
def spectrum() -> bytes:
    """A spectrum as an Ocean Optics spectrometer writes it: 64 points of a line at 680 nm."""
    head = (
        "SpectraSuite Data File\n++++++++++++++++++++++++++++++++++++\nDate: Fri Mar 06 12:40:00 GMT 2026\n"
        "User: LM\nSpectrometers: MAYP110987\nIntegration Time (usec): 500000 (MAYP110987)\n"
        "Spectra Averaged: 10 (MAYP110987)\nNumber of Pixels in Processed Spectrum: 64\n"
        ">>>>>Begin Processed Spectral Data<<<<<\n"
    )
    lines = [f"{640 + index:.2f}\t{60 + 900 / (1 + ((index - 40) / 6) ** 2):.2f}\n" for index in range(64)]
    return (head + "".join(lines) + ">>>>>End Processed Spectral Data<<<<<\n").encode()
