"""Bruker BRML: a zip of XML documents, one per scan, whose rows say themselves what their columns are."""

import re

from measurements.readers.bruker_brml.scan import read_scan
from measurements.readers.parts.archive import Archive, are_members
from measurements.readers.parts.powder_pattern import labelled, stated
from measurements.readers.parts.xml_tree import text_at, value_at, xml_of
from measurements.readers.recording import Recording, Setting
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

# What the beginning of a container shows when its end, where the directory is, is lost.
EARLY_NAMES = (b"Experiment0/", b"RawData0.xml")
RAW_DATA = re.compile(r"(?:(.*)/)?RawData(\d+)\.xml$")
CONTAINER = re.compile(r"(?:.*/)?DataContainer\.xml$")
# Numbers as text take thirty times their room while they are read.
MOST_SCAN_BYTES = 16 * 1024 * 1024
INSTRUMENT = "Bruker diffractometer (BRML)"


def recognises(source: Source) -> bool:
    """Say whether the content is a zip whose members are those of a BRML file."""
    return are_members(source, _belong, early=EARLY_NAMES)


def _belong(names: list[str]) -> bool:
    return any(RAW_DATA.match(name) for name in names) and any(
        CONTAINER.match(name) or name == "experimentCollection.xml" for name in names
    )


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording per measured scan, in the order of their numbers.

    Raises Unread for a broken container and for rows that do not fit their columns.
    """
    archive = Archive(source)
    shared, instrument = _shared(archive)
    found = [
        one
        for name in _scan_names(archive.names)
        for one in read_scan(xml_of(_held(archive, name), name=name), name, shared, instrument)
    ]
    if not found:
        raise Unread("The container has no measured scan", offset_bytes=0)
    return labelled(found)


def _scan_names(names: list[str]) -> list[str]:
    # The order of the container is not that of the measurement.
    numbered = [(match[1] or "", int(match[2]), name) for name in names if (match := RAW_DATA.match(name))]
    return [name for _, _, name in sorted(numbered)]


def _held(archive: Archive, name: str) -> bytes:
    content = archive.read(name)
    if len(content) > MOST_SCAN_BYTES:
        raise Unread(f"{name} has more than {MOST_SCAN_BYTES:,} bytes", offset_bytes=0)
    return content


def _shared(archive: Archive) -> tuple[dict[str, Setting], str]:
    name = next((name for name in archive.names if CONTAINER.match(name)), None)
    if name is None:
        return {}, INSTRUMENT
    root = xml_of(archive.read(name), name=name)
    settings = stated(
        operator=value_at(root, ".//MeasurementInfo", "UserName"),
        sample_name=value_at(root, ".//MeasurementInfo", "SampleName"),
        comment=value_at(root, ".//MeasurementInfo", "Comment"),
        sample_position=value_at(root, ".//MeasurementInfo", "SamplePosition"),
        program_version=text_at(root, "CreatingVersion"),
        instrument=text_at(root, ".//InstrumentDescription/InstrumentName"),
        serial_number=text_at(root, ".//InstrumentDescription/SerialNo"),
    )
    kind = text_at(root, ".//InstrumentDescription/DeviceTypeDesc")
    return settings, f"Bruker {kind}" if kind else INSTRUMENT
