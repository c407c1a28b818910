"""PANalytical XRDML: raw counts are multiplied by the attenuator's factors, finished intensities already are."""

import re
from typing import TYPE_CHECKING

import numpy as np

from measurements.readers.parts.powder_pattern import axis_name, float_or_none, labelled, scan_channels, stated, steps
from measurements.readers.parts.scan_moment import scan_moment
from measurements.readers.parts.xml_tree import header_of, text_at, value_at, xml_of
from measurements.readers.recording import Axis, Caution, Numbers, Recording, Setting, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ROOT = re.compile(r"<(?:\w+:)?xrdMeasurements\b")
SYSTEM = re.compile(r"Diffractometer system=(\S+)")
SCHEMA = re.compile(rb"xrdml\.com/XRDMeasurement/([\d.]+)")
DATA = ("counts", "intensities", "beamAttenuationFactors", "listPositions", "countingTimes", "divergenceCorrections")
FINISHED = {"", "Completed"}
# Numbers as text take thirty times their room while they are read.
MOST_LIST_CHARACTERS = 8_000_000
MOST_BYTES = 32 * 1024 * 1024


def recognises(source: Source) -> bool:
    """Say whether the document's first element is the one of XRDML."""
    first = re.search(r"<[^?!\s]", text := source.head_text)
    return first is not None and ROOT.match(text, first.start()) is not None


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording per scan.

    Raises Unread for broken XML, for a file without scans, and for lists that do not belong together.
    """
    if source.size_bytes > MOST_BYTES:
        raise Unread(f"The file has {source.size_bytes:,} bytes; up to {MOST_BYTES:,} are read", offset_bytes=0)
    root = xml_of(source.content, name="The XRDML document")
    system = _system(root)
    schema = SCHEMA.search(source.head)
    shared = stated(
        sample_name=text_at(root, "sample/name"),
        sample_id=text_at(root, "sample/id"),
        prepared_by=text_at(root, "sample/preparedBy"),
        schema_version=schema[1].decode("ascii") if schema else "",
    )
    header = header_of(root, without=("xrdMeasurement", *DATA))
    pairs = [(measurement, scan) for measurement in root.iter("xrdMeasurement") for scan in measurement.iter("scan")]
    places = [match.start() for match in re.finditer(rb"<(?:\w+:)?scan[\s>]", source.content)]
    found = []
    for index, (measurement, scan) in enumerate(pairs):
        try:
            found.append(_scan(scan, measurement, shared, system, header))
        except Unread as reason:
            # An element does not know its line; where its scan begins is near enough.
            place = places[index] if index < len(places) else 0
            raise Unread(reason.reason, offset_bytes=place) from reason
    if not found:
        raise Unread("The XRDML document has no scans", line=1)
    return labelled(found)


def _system(root: "Element") -> str:
    named = [SYSTEM.search(entry.text or "") for entry in root.iterfind("comment/entry")]
    system = next((match[1] for match in named if match), "") or next(
        ((one.text or "").strip() for one in root.iter("instrumentControlSoftware")), ""
    )
    return f"PANalytical {system}".strip()


def _scan(
    scan: "Element",
    measurement: "Element",
    shared: dict[str, Setting],
    system: str,
    header: dict[str, tuple[str, ...]],
) -> Recording:
    points = scan.find("dataPoints")
    if points is None:
        raise Unread("A scan of the XRDML document has no data points")
    counts, said = _counts(points)
    axis = _axis(points, scan.get("scanAxis", ""), len(counts))
    channels, doubts = scan_channels(axis, counts, "counts")
    measured, unclear = scan_moment(text_at(scan, "header/startTimeStamp"))
    settings = {**shared, **_tube(measurement), **_scan_settings(scan, points, axis)}
    return Recording(
        Technique.XRD,
        channels,
        label=str(shared.get("sample_name", shared.get("sample_id", ""))),
        instrument=system,
        measured=measured,
        settings=settings,
        header={
            **header,
            **header_of(measurement, under="xrdMeasurement", without=("scan", *DATA)),
            **header_of(scan, under="scan", without=DATA),
        },
        cautions=said + _state(scan) + doubts + unclear,
    )


def _numbers(element: "Element") -> Numbers:
    text = element.text or ""
    if "_" in text or len(text) > MOST_LIST_CHARACTERS:
        raise Unread(f"The list <{element.tag}> has an underscore or more than {MOST_LIST_CHARACTERS:,} characters")
    try:
        return np.array(text.split(), dtype=np.float64)
    except ValueError as error:
        raise Unread(f"The list <{element.tag}> has text among its numbers: {error}") from error


def _counts(points: "Element") -> tuple[Numbers, tuple[Caution, ...]]:
    raw, finished = points.find("counts"), points.find("intensities")
    chosen = raw if raw is not None else finished
    if chosen is None:
        raise Unread("A scan of the XRDML document has neither <counts> nor <intensities>")
    values = _numbers(chosen)
    if not len(values):
        raise Unread(f"The list <{chosen.tag}> is empty")
    factors = _factors(points, len(values))
    if factors is None or bool(np.all(factors == 1)):
        return values, _corrections(points)
    span = f"factors {factors.min():g} to {factors.max():g}"
    if raw is None:
        said = Caution(f"the file's intensities are already multiplied by the beam attenuator's {span}")
        return values, (said, *_corrections(points))
    said = Caution(f"counts were multiplied by the beam attenuator's {span}")
    return values * factors, (said, *_corrections(points))


def _factors(points: "Element", count: int) -> Numbers | None:
    listed, common = points.find("beamAttenuationFactors"), points.find("commonBeamAttenuationFactor")
    chosen = listed if listed is not None else common
    if chosen is None:
        return None
    factors = _numbers(chosen)
    if len(factors) not in ({count} if listed is not None else {1}):
        raise Unread(f"{count:,} counts have {len(factors):,} attenuation factors")
    return factors


def _corrections(points: "Element") -> tuple[Caution, ...]:
    if points.find("counts") is None:
        return ()
    listed = points.find("divergenceCorrections"), points.find("commonDivergenceCorrection")
    if all(one is None for one in listed):
        return ()
    return (Caution("the file lists corrections for the divergence slit; they were not applied"),)


def _axis(points: "Element", scanned: str, count: int) -> Axis:
    moving = {
        positions.get("axis", ""): positions
        for positions in points.iterfind("positions")
        if positions.find("commonPosition") is None
    }
    wanted = ("2Theta", scanned, *moving)
    name = next((one for one in wanted if one in moving), None)
    if name is None:
        raise Unread("A scan of the XRDML document has no moving axis")
    positions = moving[name]
    return Axis(axis_name(name), positions.get("unit", "deg"), _positions(positions, count))


def _positions(positions: "Element", count: int) -> Numbers:
    listed = positions.find("listPositions")
    if listed is not None:
        values = _numbers(listed)
        if len(values) != count:
            raise Unread(f"{count:,} counts have {len(values):,} positions")
        return values
    start, end = float_or_none(text_at(positions, "startPosition")), float_or_none(text_at(positions, "endPosition"))
    if start is None or end is None:
        raise Unread("A moving axis of the XRDML document has no start or end")
    return steps(start, (end - start) / max(count - 1, 1), count)


def _state(scan: "Element") -> tuple[Caution, ...]:
    state = scan.get("status", "")
    if state in FINISHED:
        return ()
    return (Caution(f"the scan is marked as {state}; its end position may be the one that was planned"),)


def _tube(measurement: "Element") -> dict[str, Setting]:
    tube = "incidentBeamPath/xRayTube"
    return stated(
        anode=text_at(measurement, f"{tube}/anodeMaterial"),
        tube_voltage_kv=float_or_none(text_at(measurement, f"{tube}/tension")),
        tube_current_ma=float_or_none(text_at(measurement, f"{tube}/current")),
        wavelength_alpha1_angstrom=float_or_none(text_at(measurement, "usedWavelength/kAlpha1")),
        wavelength_alpha2_angstrom=float_or_none(text_at(measurement, "usedWavelength/kAlpha2")),
        wavelength_beta_angstrom=float_or_none(text_at(measurement, "usedWavelength/kBeta")),
        alpha2_alpha1_ratio=float_or_none(text_at(measurement, "usedWavelength/ratioKAlpha2KAlpha1")),
        intended_line=value_at(measurement, "usedWavelength", "intended"),
        detector=value_at(measurement, "diffractedBeamPath/detector", "name"),
        goniometer_radius_mm=float_or_none(text_at(measurement, "incidentBeamPath/radius")),
        comment="; ".join(one.text.strip() for one in measurement.iterfind("comment/entry") if one.text),
    )


def _scan_settings(scan: "Element", points: "Element", axis: Axis) -> dict[str, Setting]:
    count = len(axis.values)
    return stated(
        scan_axis=scan.get("scanAxis", ""),
        scan_mode=scan.get("mode", ""),
        operator=text_at(scan, "header/author/name"),
        time_per_step_s=float_or_none(text_at(points, "commonCountingTime")),
        step_deg=float(abs(axis.values[-1] - axis.values[0]) / (count - 1)) if count > 1 else None,
    )
