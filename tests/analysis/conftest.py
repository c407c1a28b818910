"""What tests of the analysis floor can ask for: a store of files of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from measurements.storage.stores import store


@pytest.fixture(autouse=True)
def own_store(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Keep the files of each test in a folder of its own."""
    settings.FILES, settings.SPOOL = str(tmp_path / "files"), str(tmp_path / "spool")
    store.cache_clear()
    yield tmp_path / "files"
    store.cache_clear()
