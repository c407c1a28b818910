"""Rigaku RASX: a zip with, for each scan, a table of angle, intensity and attenuator and its conditions in XML."""

import re
from typing import TYPE_CHECKING

from measurements.readers.parts.archive import Archive, are_members
from measurements.readers.parts.numeric_rows import MOST_TEXT_BYTES, columns
from measurements.readers.parts.powder_pattern import DEGREES, axis_name, float_or_none, labelled, scan_channels, stated
from measurements.readers.parts.rigaku_attenuator import UNITS, unattenuated
from measurements.readers.parts.scan_moment import scan_moment
from measurements.readers.parts.xml_tree import header_of, text_at, xml_of
from measurements.readers.recording import Axis, Caution, Recording, Setting, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source, decoded

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What the beginning of a container shows when its end, where the directory is, is lost.
EARLY_NAMES = (b"Data0/Profile0.txt", b"Data0/MesurementConditions0.xml")
PROFILE = re.compile(r"Data(\d+)/Profile(\d+)\.txt$")
ANGULAR_UNITS = {"deg", "degree", "°", ""}


def recognises(source: Source) -> bool:
    """Say whether the content is a zip with a RASX file's members."""
    return are_members(source, _belong, early=EARLY_NAMES)


def _belong(names: list[str]) -> bool:
    return "root.xml" in names and any(_is_of_data(name) for name in names)


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording per profile, in the order of their numbers.

    Raises Unread for a broken container, images without profiles, and text among the numbers.
    """
    archive = Archive(source)
    numbered = [(int(match[1]), int(match[2]), name) for name in archive.names if (match := PROFILE.match(name))]
    if not numbered:
        raise Unread("The container has no profile; detector images are not read", offset_bytes=0)
    return labelled([_recording(archive, name) for _, _, name in sorted(numbered)])


def _is_of_data(name: str) -> bool:
    return re.match(r"Data\d+/(Profile\d+\.txt|MesurementConditions\d+\.xml|Image\d+)", name) is not None


def _recording(archive: Archive, name: str) -> Recording:
    conditions = _conditions(archive, name)
    content = archive.read(name)
    if len(content) > MOST_TEXT_BYTES:
        raise Unread(f"{name} has more than {MOST_TEXT_BYTES:,} bytes", offset_bytes=0)
    text, _ = decoded(content)
    lines = enumerate(text.splitlines(), 1)
    rows = [(number, line.replace("\t", " ").split()) for number, line in lines if line.strip()]
    if not rows:
        raise Unread(f"{name} is empty", offset_bytes=0)
    width = min(max(len(rows[0][1]), 2), 3)
    table = columns(rows, width)
    counts, attenuated = unattenuated(table[1], table[2] if width == 3 else None)
    scan = "ScanInformation"
    unit = text_at(conditions, f"{scan}/PositionUnit")
    axis = Axis(
        axis_name(text_at(conditions, f"{scan}/AxisName") or "2theta"),
        DEGREES if unit.lower() in ANGULAR_UNITS else unit,
        table[0],
    )
    stated_unit = text_at(conditions, f"{scan}/IntensityUnit")
    channels, said = scan_channels(axis, counts, UNITS.get(stated_unit.lower(), stated_unit))
    measured, unclear = scan_moment(text_at(conditions, f"{scan}/StartTime"))
    settings = _settings(conditions)
    return Recording(
        Technique.XRD,
        channels,
        label=str(settings.get("sample_name", "")),
        instrument=f"Rigaku {text_at(conditions, 'GeneralInformation/SystemName')}".strip(),
        measured=measured,
        settings=settings,
        header=header_of(conditions),
        cautions=_count_cautions(conditions, len(counts), name) + attenuated + said + unclear,
    )


def _conditions(archive: Archive, profile: str) -> "Element":
    name = re.sub(r"Profile(\d+)\.txt$", r"MesurementConditions\1.xml", profile)
    if name in archive.names:
        return xml_of(archive.read(name), name=name)
    return xml_of(b"<MeasurementConditions/>")


def _count_cautions(conditions: "Element", count: int, name: str) -> tuple[Caution, ...]:
    promised = float_or_none(text_at(conditions, "ScanInformation/DataCount"))
    if promised is None or promised == count:
        return ()
    if promised > count:
        raise Unread(f"{promised:,.0f} points are stated and {name} has {count:,}", line=count + 1)
    return (Caution(f"{promised:,.0f} points are stated and {name} has {count:,}"),)


def _settings(conditions: "Element") -> dict[str, Setting]:
    general, tube, scan = "GeneralInformation", "HWConfigurations/XrayGenerator", "ScanInformation"
    speed = float_or_none(text_at(conditions, f"{scan}/Speed"))
    return stated(
        operator=text_at(conditions, f"{general}/Operator"),
        sample_name=text_at(conditions, f"{general}/SampleName"),
        comment=text_at(conditions, f"{general}/Comment"),
        memo=text_at(conditions, f"{general}/Memo"),
        anode=text_at(conditions, f"{tube}/TargetName"),
        wavelength_alpha1_angstrom=float_or_none(text_at(conditions, f"{tube}/WavelengthKalpha1")),
        wavelength_alpha2_angstrom=float_or_none(text_at(conditions, f"{tube}/WavelengthKalpha2")),
        wavelength_beta_angstrom=float_or_none(text_at(conditions, f"{tube}/WavelengthKbeta")),
        tube_voltage_kv=float_or_none(text_at(conditions, f"{tube}/Voltage")),
        tube_current_ma=float_or_none(text_at(conditions, f"{tube}/Current")),
        scan_axis=text_at(conditions, f"{scan}/AxisName"),
        scan_mode=text_at(conditions, f"{scan}/Mode"),
        step_deg=float_or_none(text_at(conditions, f"{scan}/Step")),
        scan_speed_deg_per_min=speed if text_at(conditions, f"{scan}/SpeedUnit") == "deg/min" else None,
        time_per_step_s=speed if text_at(conditions, f"{scan}/SpeedUnit") in {"sec", "s"} else None,
        attenuator_is_automatic=text_at(conditions, f"{scan}/AttenuatorAutoMode") == "true",
    )
