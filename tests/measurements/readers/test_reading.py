"""One file, one reader: none, several and broken content are answers of their own, never a crash."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from measurements.readers.parts.archive import MOST_UNPACKED_BYTES
from measurements.readers.reading import Reading, read_source, read_with, recognised_by
from measurements.readers.recording import Recording
from measurements.readers.source import Source
from measurements.readers.table import BY_KEY, READERS, Reader

# Kept and shown, but measured by no instrument: their lines are read by nobody or by the last resort.
UNKNOWN = {"MANIFEST.csv", "WiRE_update.exe", "notes DAC week 9.docx"}
ENTITIES = b"""<?xml version="1.0"?>
<!DOCTYPE xrdMeasurements [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
"""


def zipped(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name.replace("__", "/"), member)
    return content.getvalue()


def real_files(shared_data: Path) -> list[Path]:
    folders = (shared_data / "instruments", shared_data / "campaign" / "raw")
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size]


def test_every_real_file_is_known_by_exactly_one_reader(shared_data: Path) -> None:
    files = real_files(shared_data)
    known = {}
    for path in files:
        with Source.of_path(path) as source:
            known[path] = [reader.key for reader in recognised_by(source)]

    assert len(files) > 500
    assert {path: keys for path, keys in known.items() if path.name not in UNKNOWN and len(keys) != 1} == {}


def test_a_name_never_decides(shared_data: Path) -> None:
    wrong = []
    for path in real_files(shared_data):
        content = path.read_bytes()
        by_name, nameless = (recognised_by(Source.of_bytes(content, name)) for name in (path.name, "renamed.bin"))
        if by_name != nameless:
            wrong.append(path.name)

    assert not wrong


def test_an_empty_file_is_refused_at_byte_0() -> None:
    assert read_source(Source.of_bytes(b"", "scan.raw")) == Reading(None, 0, refused="The file is empty (byte 0)")


@pytest.mark.parametrize(
    "content", [b"\x7fELF\x02\x01" + bytes(200), b"Dear all,\nno table here.\n", b"\0", b"\xff" * 99]
)
def test_unknown_content_is_refused_at_byte_0(content: bytes) -> None:
    reading = read_source(Source.of_bytes(content, "scan.raw"))

    assert (reading.reader, reading.refused) == (None, "No reader knows this content (byte 0)")


def test_content_that_several_readers_know_is_refused_with_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"bruker_uxd", "craic_txt"}
    monkeypatch.setattr(Reader, "recognises", lambda self, source: self.key in known)

    reading = read_source(Source.of_bytes(b"two formats in one"))

    assert reading.candidates == ("bruker_uxd", "craic_txt")
    assert reading.refused == "Several readers know this content: Bruker UXD and CRAIC text (byte 0)"


def test_a_reader_that_stumbles_does_not_know_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(self: Reader, source: Source) -> bool:
        raise IndexError(self.key)

    monkeypatch.setattr(Reader, "recognises", stumble)

    assert recognised_by(Source.of_bytes(b"x")) == []


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("no such number"), "The content is broken: ValueError: no such number (byte 0)"),
        (MemoryError(), "Reading it needs more memory than a file may take (byte 0)"),
    ],
)
def test_what_a_reader_did_not_foresee_is_a_reason(error: Exception, reason: str) -> None:
    def broken(source: Source) -> tuple[Recording, ...]:
        raise error

    reading = read_with(BY_KEY["bruker_uxd"], Source.of_bytes(b"x"), broken)

    assert reading.refused == reason


def test_a_reader_that_was_chosen_is_asked_even_where_it_does_not_know_the_file() -> None:
    reading = read_source(Source.of_bytes(b"no such file", "x.raw"), reader_key="bruker_raw")

    assert reading.reader == "bruker_raw"
    assert reading.refused


@pytest.mark.parametrize(
    "member", ["Experiment0__DataContainer.xml", "Data0__Profile0.txt", "ps_0.xml", "xl__workbook.xml"]
)
@pytest.mark.parametrize("key", ["bruker_brml", "rigaku_rasx", "ocean_optics_procspec", "plain_table"])
def test_a_zip_bomb_is_refused_by_every_reader_of_containers(member: str, key: str) -> None:
    bomb = zipped(**{member: b" " * (MOST_UNPACKED_BYTES + 1)})

    reading = read_source(Source.of_bytes(bomb), reader_key=key)

    assert len(bomb) < 200_000
    assert reading.refused
    assert "broken: " not in reading.refused


@pytest.mark.parametrize(
    ("key", "body"),
    [
        ("xrdml", b'<xrdMeasurements xmlns="http://www.xrdml.com/XRDMeasurement/1.5">&b;</xrdMeasurements>'),
        ("labspec_xml", b"<LSX_Data>&b;</LSX_Data>"),
    ],
)
def test_declared_entities_are_refused(key: str, body: bytes) -> None:
    reading = read_source(Source.of_bytes(ENTITIES + body), reader_key=key)

    assert reading.refused
    assert "entit" in reading.refused


@pytest.mark.parametrize("key", [reader.key for reader in READERS])
@pytest.mark.parametrize(
    "content",
    [
        b"RAW " + struct.pack("<I", 2**31 - 1) + bytes(200),
        b"RAW1.01" + bytes(5) + struct.pack("<I", 2**31 - 1) + bytes(900),
        b"IM" + struct.pack("<6H", 0, 65535, 65535, 0, 0, 3) + bytes(60),
        b"WDF1" + struct.pack("<60I", *[2**31 - 1] * 60) + bytes(512),
        b"\x80\x4b" + struct.pack("<HI", 0, 2**31 - 1) + bytes(600),
        b"II*\0" + struct.pack("<IH", 8, 2) + struct.pack("<HHII", 256, 4, 1, 2**31 - 1) * 2 + bytes(4),
        b"##TITLE= x\n##NPOINTS= 2147483647\n##XYDATA= (X++(Y..Y))\n1 2 3\n##END=\n",
    ],
)
def test_claims_of_2_to_the_31_points_are_refused_and_not_believed(key: str, content: bytes) -> None:
    reading = read_source(Source.of_bytes(content), reader_key=key)

    assert reading.refused
