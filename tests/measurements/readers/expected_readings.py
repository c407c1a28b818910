"""The expected readings of real files: what their manifest says, and a comparison that says what differs."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from measurements.readers.recording import Recording
from measurements.readers.source import Source
from measurements.readers.table import BY_KEY


def expected(shared_data: Path, *folders: str) -> dict[str, Any]:
    """Return the expectations of a manifest's folders by path."""
    with (shared_data / "instruments" / "MANIFEST.csv").open(encoding="utf-8") as manifest:
        rows = [row for row in csv.DictReader(manifest) if row["path"].split("/")[0] in folders]
    return {row["path"]: json.loads(row["expected_json"]) for row in rows}


def read_real(shared_data: Path, path: str, key: str) -> tuple[Recording, ...]:
    """Read one real file with the reader that has to know it."""
    with Source.of_path(shared_data / "instruments" / path) as source:
        assert BY_KEY[key].recognises(source)
        return BY_KEY[key].read(source)


def assert_curve(recording: Recording, wanted: dict[str, Any]) -> None:
    """See that a recording's first channel has the points, ends and extremes that are expected."""
    channel = recording.channels[0]
    x, y = channel.x.values, channel.values
    assert len(x) == wanted["n"]
    assert (x[0], x[-1]) == pytest.approx((wanted["x_first"], wanted["x_last"]), rel=1e-8)
    assert (y[0], y[-1]) == pytest.approx((wanted["y_first"], wanted["y_last"]), rel=1e-8)
    assert y.max() == pytest.approx(wanted["y_max"], rel=1e-8)
    assert x[y.argmax()] == pytest.approx(wanted["x_at_ymax"], rel=1e-8)
