"""Shimadzu UVProbe spectra: an OLE container of data sets, each with its axis, its values and its method."""

import io
import re
import struct
from typing import TYPE_CHECKING

import numpy as np

from measurements.readers.parts.absorption import curve, technique_of
from measurements.readers.recording import Numbers, Recording, Setting
from measurements.readers.refusal import Unread
from measurements.readers.shimadzu_spc.pages import (
    first_text,
    header_of,
    label_of,
    page_text,
    pages_of,
    settings_of,
    texts_of,
)
from measurements.readers.source import Source

if TYPE_CHECKING:
    from olefile import OleFileIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SPECTRUM = "DataSpectrumStorage"
UNITS = {"absorbance": "A", "transmittance": "%T", "reflectance": "%R"}


def recognises(source: Source) -> bool:
    """Say whether this is an OLE container with a spectrum's storage; a broken one is known by the storage's name."""
    if not source.head.startswith(MAGIC):
        return False
    from olefile import OleFileIO

    is_named = SPECTRUM.encode("utf-16-le") in source.content
    try:
        with OleFileIO(io.BytesIO(source.content)) as container:
            return is_named and (bool(_spectra(container)) or not container.exists("WordDocument"))
    except Exception:  # The library raises whatever a broken container leads it into.
        return is_named


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording for each spectrum of each data set.

    Raises Unread when the container is broken, has no spectrum, or holds other counts than it states.
    """
    from olefile import OleFileIO

    try:
        with OleFileIO(io.BytesIO(source.content)) as container:
            return _recordings(container, source.size_bytes)
    except Unread:
        raise
    except Exception as error:
        raise Unread(f"The OLE container is broken: {error}", offset_bytes=0) from error


def _recordings(container: "OleFileIO", most_bytes: int) -> tuple[Recording, ...]:
    found = _spectra(container)
    if not found:
        raise Unread("The container has no spectrum", offset_bytes=0)
    return tuple(_recording(container, path, len(found), most_bytes) for path in found)


def _spectra(container: "OleFileIO") -> list[list[str]]:
    """Return the paths of the axes' streams, data sets in the order of their numbers."""
    paths = [path for path in container.listdir() if path[-1].startswith("X Data") and path[-3:-2] == [SPECTRUM]]
    return sorted(paths, key=lambda path: [int(digits) for digits in re.findall(r"\d+", "/".join(path))])


def _recording(container: "OleFileIO", path: list[str], spectra: int, most_bytes: int) -> Recording:
    def stream(*names: str) -> bytes:
        if not container.exists(list(names)):
            return b""
        if container.get_size(list(names)) > most_bytes:
            raise Unread(f"{names[-1]} claims more bytes than the file has", offset_bytes=0)
        content = bytes(container.openstream(list(names)).read())
        if len(content) < container.get_size(list(names)):
            raise Unread(f"{names[-1]} is cut off after {len(content):,} bytes", offset_bytes=most_bytes)
        return content

    dataset, ending = path[:-3], path[-1].removeprefix("X Data")
    x, y = (_numbers(stream(*path[:-1], f"{axis} Data{ending}"), f"{axis} Data{ending}") for axis in "XY")
    if not np.all(np.isfinite(x)):
        raise Unread(f"X Data{ending} has values that are no numbers", offset_bytes=0)
    _check(stream(*path[:-1], f"Data Header{ending}"), len(x), len(y), dataset[-1])
    pages = pages_of(stream(*dataset, "MethodStorage", f"PageTexts{page}") for page in range(10))
    name, measured, people, doubts = header_of(stream(*dataset, "DataSetHeaderInfo"))
    history = stream(*dataset, "DataHistoryStorage", "DataSetHistory")
    label = label_of(texts_of(history)) or first_text(stream(*dataset[:-2], "DataStorageName"))
    unit = UNITS.get(page_text(pages, "Measuring Mode:").lower(), "")
    channel, said = curve(x, y, "nm", unit)
    settings: dict[str, Setting] = {"dataset": dataset[-1], "datasets": spectra, **settings_of(pages), **people}
    instrument = people.get("model") or page_text(pages, "Instrument Type:")
    return Recording(
        technique_of("nm", unit),
        (channel,),
        label=label if spectra == 1 else f"{label} - {name or dataset[-1]}",
        instrument=f"Shimadzu {instrument}".strip(),
        measured=measured,
        settings=settings,
        header={**pages, "data set name": (name,), "history": tuple(texts_of(history))},
        cautions=(*said, *doubts),
    )


def _numbers(content: bytes, name: str) -> Numbers:
    if not content or len(content) % 8:
        raise Unread(f"{name} has {len(content):,} bytes, which are no whole numbers", offset_bytes=0)
    return np.frombuffer(content, "<f8").astype(np.float64)


def _check(header: bytes, axis: int, values: int, dataset: str) -> None:
    stated = struct.unpack_from("<I", header)[0] if len(header) >= 4 else axis
    if not stated == axis == values:
        raise Unread(f"{dataset} states {stated:,} points; {axis:,} of x and {values:,} of y are there", offset_bytes=0)
