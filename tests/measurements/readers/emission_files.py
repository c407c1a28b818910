"""What the tests of emission readers share: reading bytes, and what the manifests expect of real files."""

import csv
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from measurements.readers.recording import Recording
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from measurements.readers.table import BY_KEY


def read(key: str, content: bytes | str) -> tuple[Recording, ...]:
    """Return what a reader makes of a file, which it must recognise."""
    source = source_of(content)
    assert BY_KEY[key].recognises(source)
    return BY_KEY[key].read(source)


def read_one(key: str, content: bytes | str) -> Recording:
    """Return the only recording of a file."""
    (recording,) = read(key, content)
    return recording


def refusal(key: str, content: bytes | str) -> Unread:
    """Return why a reader refuses a file."""
    with pytest.raises(Unread) as refused:
        BY_KEY[key].read(source_of(content))
    return refused.value


def recognises(key: str, content: bytes | str) -> bool:
    """Say whether a reader knows a file."""
    return bool(import_module(f"measurements.readers.{key}").recognises(source_of(content)))


def source_of(content: bytes | str) -> Source:
    """Return a source without a name, so that only the content can tell."""
    return Source.of_bytes(content.encode() if isinstance(content, str) else content)


def cautions(recording: Recording) -> str:
    """Return all cautions as one text."""
    return "\n".join(str(caution) for caution in recording.cautions)


def expected(shared_data: Path, path: str) -> dict[str, Any]:
    """Return what the manifest of real instrument files expects of one of them."""
    with (shared_data / "instruments" / "MANIFEST.csv").open(encoding="utf-8", newline="") as lines:
        row = next(row for row in csv.DictReader(lines) if row["path"] == path)
    found: dict[str, Any] = json.loads(row["expected_json"])
    return found


def campaign_rows(shared_data: Path, instrument: str) -> list[dict[str, str]]:
    """Return the campaign's files of one instrument."""
    with (shared_data / "campaign" / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["instrument"] == instrument]


def assert_as_expected(recording: Recording, wanted: dict[str, Any]) -> None:
    """Compare the first channel with the manifest, whose first and last are those of the file's own order."""
    channel = recording.channels[0]
    x, values = channel.x.values, np.atleast_2d(channel.values)
    ends = sorted([(wanted["x_first"], wanted["y_first"]), (wanted["x_last"], wanted["y_last"])])
    assert len(x) == wanted["n"]
    assert x[[0, -1]] == pytest.approx([end[0] for end in ends], rel=1e-6)
    assert values[0][[0, -1]] == pytest.approx([end[1] for end in ends], rel=1e-6)
    assert np.all(np.diff(x) > 0)
    row, column = np.unravel_index(int(np.argmax(values)), values.shape)
    assert values[row][column] == pytest.approx(wanted.get("all_max", wanted["y_max"]), rel=1e-6)
    assert x[column] == pytest.approx(wanted["x_at_ymax"], rel=1e-6)
