"""Spectra saved by Ocean Optics SpectraSuite as ProcSpec: a zip with XML in which arrays refer to each other."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from measurements.readers.ocean_optics_procspec.tree import Tree
from measurements.readers.parts.archive import Archive
from measurements.readers.parts.ocean_optics_header import model_of
from measurements.readers.parts.text import is_number
from measurements.readers.parts.written_date import is_plausible
from measurements.readers.recording import (
    Axis,
    Caution,
    Channel,
    Instant,
    Numbers,
    Recording,
    Role,
    Setting,
    Technique,
    Zone,
    ascending,
)
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MEMBER = re.compile(r"(?:.*/)?ps_\d+\.xml$")
UNITS = {
    "CountsIntensityDescriptor": ("counts", Technique.SPECTRUM),
    # The program calls a reflection so, too.
    "TransmissionIntensityDescriptor": ("%", Technique.ABSORBANCE),
    "ReflectionIntensityDescriptor": ("%R", Technique.ABSORBANCE),
    "ReflectanceIntensityDescriptor": ("%R", Technique.ABSORBANCE),
    "AbsorbanceIntensityDescriptor": ("A", Technique.ABSORBANCE),
}
KEYS = {
    "boxcarWidth": "boxcar_width",
    "scansToAverage": "accumulations",
    "spectrometerSerialNumber": "serial_number",
    "userName": "operator",
    "spectrometerFirmwareVersion": "firmware",
    "spectrometerNumberOfPixels": "pixels",
}
COUNTS = {"boxcarWidth", "scansToAverage", "spectrometerNumberOfPixels"}
ROLES = (("darkSpectrum", "dark", Role.DARK), ("referenceSpectrum", "reference", Role.REFERENCE))


def recognises(source: Source) -> bool:
    """Say whether a zip has the members that SpectraSuite writes."""
    if not source.head.startswith(b"PK"):
        return False
    try:
        return any(MEMBER.match(name) for name in Archive(source).names)
    except Unread:
        return False


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording per spectrum in the zip."""
    archive = Archive(source)
    names = sorted((name for name in archive.names if MEMBER.match(name)), key=lambda name: (len(name), name))
    if not names:
        raise Unread("The zip has no spectrum")
    return tuple(_recording(Tree(archive.read(name), name), archive) for name in names)


def _recording(tree: Tree, archive: Archive) -> Recording:
    certificates = [one for one in tree.root.iter() if one.tag.endswith("ProcessedSpectrumCertificate")]
    source = next((one for one in tree.root.iter() if one.find("pixelValues") is not None), None)
    channels, technique, said = _channels(tree, source, certificates)
    settings = _settings(tree, source)
    if settings.get("saturated"):
        said.append(Caution("the program says that the detector was saturated"))
    measured = _measured(tree, source)
    if measured is not None and measured.moment is None:
        said.append(Caution(f"the time {measured.as_written} is impossible and was left out"))
    return Recording(
        technique=technique,
        channels=channels,
        label=tree.name,
        instrument=model_of(str(settings.get("serial_number", ""))),
        measured=measured,
        settings=settings,
        header=_header(source, archive),
        cautions=tree.said + tuple(said),
    )


def _channels(
    tree: Tree, source: "Element | None", certificates: "list[Element]"
) -> tuple[tuple[Channel, ...], Technique, list[Caution]]:
    last = certificates[-1] if certificates else None
    holder = last if last is not None and last.find("processedPixels") is not None else tree.root
    wavelength = Axis("wavelength", "nm", tree.numbers(source, "channelWavelengths"))
    if np.isnan(wavelength.values).any():
        raise Unread(f"The wavelengths in {tree.name} have gaps", offset_bytes=0)
    unit, technique = _unit(last)
    percent = "the processed values are percent, of transmission or of reflection: the file does not say"
    said = [Caution(percent)] if unit == "%" else []
    channels = []
    processed = (tree.numbers(holder, "processedPixels"), unit)
    for name, values, own_unit, role in _arrays(tree, source, certificates, processed):
        if len(values) != len(wavelength.values):
            stated = f"{len(values):,} values of {name} over {len(wavelength.values):,} wavelengths"
            raise Unread(stated, offset_bytes=0)
        if gaps := int(np.count_nonzero(np.isnan(values))):
            said.append(Caution(f"{gaps:,} values of {name} are no numbers and stay gaps"))
        turned, axes, cautions = ascending(values, wavelength)
        channels.append(Channel(name, own_unit, turned, axes, role))
        said += [one for one in cautions if one not in said]
    return tuple(channels), technique, said


def _arrays(
    tree: Tree, source: "Element | None", certificates: "list[Element]", processed: tuple[Numbers, str]
) -> Iterator[tuple[str, Numbers, str, Role]]:
    """Yield what is to be shown first, then the counts it was made of."""
    raw = tree.numbers(source, "pixelValues")
    yield "processed", *processed, Role.SIGNAL
    if not np.array_equal(raw, processed[0], equal_nan=True):
        yield "sample", raw, "counts", Role.SIGNAL
    for tag, name, role in ROLES:
        holder = next((one for one in reversed(certificates) if one.find(tag) is not None), None)
        spectrum = tree.child(holder, tag)
        if spectrum is not None and spectrum.find("pixelValues") is not None:
            yield name, tree.numbers(spectrum, "pixelValues"), "counts", role


def _unit(certificate: "Element | None") -> tuple[str, Technique]:
    found = None if certificate is None else certificate.find("yUnits")
    name = "" if found is None else found.get("class", "").rsplit(".", 1)[-1]
    return UNITS.get(name, ("", Technique.SPECTRUM))


def _settings(tree: Tree, source: "Element | None") -> dict[str, Setting]:
    settings: dict[str, Setting] = {}
    for key, name in KEYS.items():
        value = _text(tree.child(source, key))
        if value and (key not in COUNTS or value.isdigit()):
            settings[name] = int(value) if key in COUNTS else value
    if is_number(time_us := _text(tree.child(source, "integrationTime"))):
        settings["integration_time_s"] = float(time_us) / 1e6
    settings["saturated"] = _text(tree.child(source, "saturated")) == "true"
    if is_number(laser := _text(tree.child(source, "laserWavelength"))) and float(laser) > 0:
        settings["laser_nm"] = float(laser)
    return settings


def _text(element: "Element | None") -> str:
    return "" if element is None else (element.text or "").strip()


def _measured(tree: Tree, source: "Element | None") -> Instant | None:
    written = _text(tree.child(tree.child(source, "acquisitionTime"), "milliTime"))
    if not written:
        return None
    try:
        moment = datetime.fromtimestamp(int(written) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return Instant(written, None)
    return Instant(written, moment, Zone.UTC) if is_plausible(moment) else Instant(written, None)


def _header(source: "Element | None", archive: Archive) -> dict[str, tuple[str, ...]]:
    """Return every plain value that is written with the spectrum, and the version of the container."""
    header: dict[str, tuple[str, ...]]
    header = {child.tag: (_text(child),) for child in (source if source is not None else ()) if _text(child)}
    if "OOIVersion.txt" in archive.names:
        header["OOIVersion"] = (archive.read("OOIVersion.txt").decode("latin-1").strip(),)
    return header
