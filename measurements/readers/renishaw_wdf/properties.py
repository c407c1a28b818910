"""What a WiRE file says of the measurement in its sets of properties, by names and sets within sets."""

import struct
import zlib
from collections.abc import Mapping
from importlib import import_module
from typing import Any, cast

from measurements.readers.recording import Setting
from measurements.readers.renishaw_wdf.blocks import BLOCK, Block
from measurements.readers.renishaw_wdf.sets import NameOf, SetWalk, Value

# What was asked for, what stood in the beam, and how the camera was.
NAMES = ("WXDM", "WXIS", "WXCS", "WXDA")


def properties_of(content: bytes, blocks: tuple[Block, ...]) -> tuple[dict[str, list[Value]], list[str]]:
    """Return the plain properties of the sets by their block, and the blocks that could not be read."""
    known = cast(NameOf, import_module("wdf.predefinedKeys").getKeyName)
    found: dict[str, list[Value]] = {}
    unread: list[str] = []
    for block in blocks:
        if block.name not in NAMES or block.name in found:
            continue
        start, end = block.offset_bytes + BLOCK.size, block.offset_bytes + block.size_bytes
        try:
            found[block.name] = list(SetWalk(content, known).plain(start, end))
        except (ValueError, struct.error, zlib.error, OverflowError):
            unread.append(block.name)
    return found, unread


def settings_of(found: Mapping[str, list[Value]], header_accumulations: int) -> tuple[dict[str, Setting], str]:
    """Return the settings, and what is uncertain of the accumulations."""
    asked, beam, camera = (dict(reversed(found.get(key, []))) for key in NAMES[:3])
    settings: dict[str, Setting] = {}
    for name, key, place in (
        ("objective", "Objective name", beam),
        ("grating", "Grating", beam),
        ("laser", "Laser", beam),
        ("detector", "CCD", camera),
    ):
        if isinstance(place.get(key), str):
            settings[name] = str(place[key])
    if isinstance(temperature := camera.get("Temperature", camera.get("Target temperature")), int | float):
        settings["detector_temperature_c"] = float(temperature)
    if isinstance(exposure_ms := asked.get("Exposure Time"), int | float) and exposure_ms > 0:
        settings["exposure_s"] = float(exposure_ms) / 1000
    if isinstance(removal := asked.get("Use Cosmic Ray Remove"), int):
        settings["cosmic_ray_removal"] = bool(removal)
    settings["accumulations"], doubt = _accumulations(asked, header_accumulations)
    return settings, doubt


def _accumulations(asked: Mapping[str, Any], in_header: int) -> tuple[int, str]:
    """Return how often was accumulated: what was asked for, because the header also counts two more for cosmic rays."""
    stated = asked.get("Accumulations")
    if isinstance(stated, int) and stated > 0:
        return stated, ""
    return in_header, "the accumulations may count two that only served to remove cosmic rays"
