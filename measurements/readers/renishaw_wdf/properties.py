"""What a WiRE file says of the measurement in its sets of properties, by names and sets within sets."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from measurements.readers.recording import Setting
from measurements.readers.renishaw_wdf.blocks import Block

# What was asked for, what stood in the beam, and how the camera was.
NAMES = ("WXDM", "WXIS", "WXCS", "WXDA")
# Packed strings may unpack to a thousand times their size; sets as large as this are not needed.
MOST_PACKED_BYTES = 512 * 1024
PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
DEEPEST = 12
Value = tuple[str, Any]


def properties_of(wdf: Any, content: bytes, blocks: tuple[Block, ...]) -> tuple[dict[str, list[Value]], list[str]]:
    """Return the plain properties of the sets by their block, and the blocks that could not be read."""
    found: dict[str, list[Value]] = {}
    unread: list[str] = []
    for block in blocks:
        if block.name not in NAMES or block.name in found:
            continue
        body = content[block.offset_bytes : block.offset_bytes + block.size_bytes]
        if len(body) > MOST_PACKED_BYTES and PACKED.search(body):
            unread.append(block.name)
            continue
        try:
            top = wdf.get_section_properties(int.from_bytes(block.name.encode("latin-1"), "little"), block.number)
            found[block.name] = list(_plain(top)) if top is not None else []
        except Exception:  # The library raises whatever a broken set makes of it; the spectrum does not need it.
            unread.append(block.name)
    return found, unread


def _plain(properties: Any, depth: int = 0) -> Iterator[Value]:
    if depth > DEEPEST:
        return
    for name, item in properties:
        value = item.value
        if hasattr(value, "keys"):
            yield from _plain(value, depth + 1)
        elif isinstance(value, str | int | float | bool | datetime):
            yield name, value


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
