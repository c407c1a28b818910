"""What a BRML document says of a scan beside its data: the tube, the operator's words, steps and times."""

from typing import TYPE_CHECKING

import numpy as np

from measurements.readers.bruker_brml.columns import Columns
from measurements.readers.parts.powder_pattern import float_or_none, stated
from measurements.readers.parts.xml_tree import text_at, value_at
from measurements.readers.recording import Numbers, Setting

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def tube_settings(root: "Element") -> dict[str, Setting]:
    """Return what a document says of the tube, its lines and the goniometer."""
    tube = "FixedInformation/Instrument/PrimaryTracks//Tube"
    return stated(
        anode=text_at(root, f"{tube}/TubeMaterial"),
        wavelength_alpha1_angstrom=float_or_none(value_at(root, f"{tube}/WaveLengthAlpha1")),
        wavelength_alpha2_angstrom=float_or_none(value_at(root, f"{tube}/WaveLengthAlpha2")),
        wavelength_average_angstrom=float_or_none(value_at(root, f"{tube}/WaveLengthAverage")),
        wavelength_beta_angstrom=float_or_none(value_at(root, f"{tube}/WaveLengthBeta")),
        alpha2_alpha1_ratio=float_or_none(value_at(root, f"{tube}/WaveLengthRatio")),
        wavelength_angstrom=float_or_none(value_at(root, ".//MethodAlignment/WaveLength")),
        tube_voltage_kv=float_or_none(value_at(root, f"{tube}//Voltage")),
        tube_current_ma=float_or_none(value_at(root, f"{tube}//Current")),
        goniometer_radius_mm=float_or_none(value_at(root, "FixedInformation/Instrument/SecondaryTracks//Radius")),
    )


def described(root: "Element") -> dict[str, Setting]:
    """Return what the operator typed before the measurement."""
    items = {one.get("Name", ""): one.get("Value", "") for one in root.iter("InfoItem")}
    return stated(
        operator=items.get("User"),
        sample_name=items.get("SampleName"),
        sample_position=items.get("SamplePosition"),
        comment=items.get("Comment"),
    )


def scan_settings(route: "Element", columns: Columns, table: Numbers) -> dict[str, Setting]:
    """Return how a route was scanned: its kind, step, time per step, and the absorber's range."""
    scan = "ScanInformation"
    times = table[:, columns.time] if columns.time is not None else np.empty(0)
    is_even = len(times) > 0 and bool(np.all(times == times[0]))
    factors = table[:, columns.absorption] if columns.absorption is not None else np.ones(1)
    return stated(
        scan_type=value_at(route, scan, "VisibleName") or value_at(route, scan, "ScanName"),
        scan_mode=text_at(route, f"{scan}/ScanModeVisibleName") or text_at(route, f"{scan}/ScanMode"),
        step_deg=float_or_none(text_at(route, f"{scan}/ScanAxes/ScanAxisInfo/Increment")),
        time_per_step_s=float(times[0])
        if is_even
        else float_or_none(text_at(route, f"{scan}/TimePerStepEffective") or text_at(route, f"{scan}/TimePerStep")),
        detector=columns.counted.name,
        least_absorption_factor_ratio=float(factors.min()),
        most_absorption_factor_ratio=float(factors.max()),
    )
