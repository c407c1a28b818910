"""Every real file reads as its manifest says, through what `manage.py recognise` prints."""

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from measurements.readers.description import described
from measurements.readers.reading import read_source
from measurements.readers.source import Source

LAB_ZONE = ZoneInfo("Europe/Rome")
REFUSED_OR_READ = {"yes": True, "partly": True, "sidecar": True, "no": False}
# The manifest's own words for units that `recognise` writes shorter; others are written as they are.
X_UNITS = {"nm": "nm", "1/cm": "1/cm", "deg 2theta": "deg 2theta"}


def seen(path: Path) -> dict[str, Any]:
    """Return what `recognise` says of a file."""
    with Source.of_path(path) as source:
        found = described(path.name, read_source(source))
    # What cannot be written as JSON would fail here.
    return dict(json.loads(json.dumps(found, allow_nan=False)))


def instrument_files(shared_data: Path) -> list[tuple[str, dict[str, Any]]]:
    with (shared_data / "instruments" / "MANIFEST.csv").open(encoding="utf-8") as manifest:
        return [(row["path"], json.loads(row["expected_json"])) for row in csv.DictReader(manifest)]


def campaign_files(shared_data: Path) -> list[dict[str, str]]:
    with (shared_data / "campaign" / "manifest.csv").open(encoding="utf-8") as manifest:
        return list(csv.DictReader(manifest))


def curve_differences(found: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    """Return in what a first channel differs from the expected curve."""
    channel = found["channels"][0]
    ends = sorted((wanted["x_first"], wanted["x_last"]))
    facts = {
        "points": (channel["points"], wanted["n"]),
        "x_first": (channel["x_first"], ends[0]),
        "x_last": (channel["x_last"], ends[1]),
        "y_max": (channel["y_max"], wanted.get("all_max", wanted["y_max"])),
    }
    return [f"{name}: {one} instead of {other}" for name, (one, other) in facts.items() if one != close(other)]


def image_differences(found: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    """Return in what a first image differs from the expected shape and greatest value."""
    channel = found["channels"][0]
    facts = {"shape": (channel["shape"], wanted["shape"]), "max": (channel["y_max"], close(wanted["max"]))}
    return [f"{name}: {one} instead of {other}" for name, (one, other) in facts.items() if one != other]


def close(value: float) -> Any:
    return pytest.approx(value, rel=1e-8, abs=1e-12)


def differences(found: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    """Return in what a file's reading differs from its expectation; a structure has no curve to compare."""
    if found["refused"]:
        return [f"refused: {found['refused']}"]
    if "n" in wanted:
        return curve_differences(found, wanted)
    return image_differences(found, wanted) if "shape" in wanted else []


def test_every_instrument_file_reads_as_expected(shared_data: Path) -> None:
    files = instrument_files(shared_data)

    wrong = {
        path: found
        for path, wanted in files
        if (found := differences(seen(shared_data / "instruments" / path), wanted))
    }

    assert len(files) > 50
    assert not wrong


def test_maps_and_series_keep_their_whole_shape(shared_data: Path) -> None:
    shapes = {
        path: wanted.get("all_shape") or [wanted["rows"], wanted["n"]]
        for path, wanted in instrument_files(shared_data)
        if "n" in wanted and max(wanted.get("rows", 1), *wanted.get("all_shape", [1])[:1], 1) > 1
    }

    found = {path: seen(shared_data / "instruments" / path)["channels"][0]["shape"] for path in shapes}

    assert shapes
    assert found == shapes


def campaign_differences(row: dict[str, str], found: dict[str, Any]) -> list[str]:
    """Return in what a campaign file's reading differs from its manifest's row."""
    is_read = REFUSED_OR_READ[row["parseable"]]
    if (found["refused"] is None) != is_read:
        return [f"{row['parseable']}, but refused: {found['refused']}"]
    if not is_read or not row["n_points"]:
        return []
    channel = found["channels"][0]
    size = 1
    for length in channel["shape"]:
        size *= length
    wrong = [] if size == int(row["n_points"]) else [f"{size} values instead of {row['n_points']}"]
    # A matrix without axes and a list of particles have no x of their own.
    if row["x_unit"] in X_UNITS and channel["x_unit"] != "px":
        ends = sorted((float(row["x_first"]), float(row["x_last"])))
        said = [channel["x_first"], channel["x_last"]]
        wrong += [] if said == pytest.approx(ends, abs=1e-4) else [f"x {said} instead of {ends}"]
        unit = X_UNITS[row["x_unit"]]
        wrong += [] if channel["x_unit"] == unit else [f"{channel['x_unit']} instead of {unit}"]
    return wrong + time_differences(row, found)


def time_differences(row: dict[str, str], found: dict[str, Any]) -> list[str]:
    """Return in what a stated moment differs; one without a zone is the wall clock's of the lab."""
    if not found["measured_at"] or not row["measured_at"]:
        return []
    said, truth = datetime.fromisoformat(found["measured_at"]), datetime.fromisoformat(row["measured_at"])
    local = said.replace(tzinfo=LAB_ZONE) if said.tzinfo is None else said
    return [] if abs((local - truth).total_seconds()) < 61 else [f"measured {said} instead of {truth}"]


def test_every_campaign_file_is_read_or_refused_as_its_manifest_says(shared_data: Path) -> None:
    rows = campaign_files(shared_data)

    wrong = {
        row["file"]: found
        for row in rows
        if (found := campaign_differences(row, seen(shared_data / "campaign" / row["file"])))
    }

    assert len(rows) > 400
    assert not wrong


def test_every_refusal_of_a_campaign_file_names_a_line_or_a_byte(shared_data: Path) -> None:
    refused = [
        seen(shared_data / "campaign" / row["file"])["refused"]
        for row in campaign_files(shared_data)
        if row["parseable"] == "no"
    ]

    assert refused
    assert [reason for reason in refused if "(line " not in reason and "(byte " not in reason] == []


def test_a_file_that_stops_in_the_middle_is_kept_with_a_warning(shared_data: Path) -> None:
    partly = [row["file"] for row in campaign_files(shared_data) if row["parseable"] == "partly"]

    assert partly
    assert all(seen(shared_data / "campaign" / file)["warnings"] for file in partly)
