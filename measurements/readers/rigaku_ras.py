"""Rigaku RAS, and its text of columns: `*KEY "value"` and rows of angle, intensity and attenuator for every scan."""

import re
from dataclasses import dataclass, field

from measurements.readers.parts.numeric_rows import MOST_TEXT_BYTES, columns
from measurements.readers.parts.powder_pattern import DEGREES, axis_name, float_or_none, labelled, scan_channels, stated
from measurements.readers.parts.rigaku_attenuator import UNITS, unattenuated
from measurements.readers.parts.scan_moment import scan_moment
from measurements.readers.recording import Axis, Caution, Recording, Setting, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source, decoded

MAGIC = b"*RAS_DATA_START"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
KEY = re.compile(r'\*(\S+)\s+"?(.*?)"?$')
# The line between the keys and the rows of a text that has no marks around them.
UNIT_LINE = re.compile(r"#Intensity_unit\s*=\s*(.*)$", re.IGNORECASE)
ANGULAR_UNITS = {"deg", "degree", "degrees", "°", ""}


@dataclass
class Block:
    """One scan: its keys, and its rows with their lines."""

    line: int
    keys: dict[str, list[str]] = field(default_factory=dict)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    is_closed: bool = False

    def text(self, key: str) -> str:
        """Return a key's first value, empty where there is none."""
        return self.keys.get(key, [""])[0].strip()

    def number(self, key: str) -> float | None:
        """Return a key's number, which Rigaku writes with ten decimals even for a count."""
        return float_or_none(self.text(key))


def recognises(source: Source) -> bool:
    """Say whether the content begins as RAS text, or with a key and has the line that names the intensity's unit."""
    begin = source.head.removeprefix(BYTE_ORDER_MARK).lstrip()
    if begin.startswith(MAGIC):
        return True
    return begin.startswith(b"*") and any(UNIT_LINE.match(line) for line in source.head_lines)


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording per scan.

    Raises Unread, naming the line, for text among the numbers and for scans without rows.
    """
    if source.size_bytes > MOST_TEXT_BYTES:
        raise Unread(f"The file has {source.size_bytes:,} bytes; up to {MOST_TEXT_BYTES:,} are read", offset_bytes=0)
    lines = _text(source.content).splitlines()
    blocks = _blocks(lines) or _without_marks(lines)
    if not blocks:
        raise Unread("The file has no scan", line=len(lines))
    return labelled([_recording(one) for one in blocks])


def _text(content: bytes) -> str:
    # Names are written as "Japanese|English" in the code page of Japanese Windows.
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp932")
    except UnicodeDecodeError:
        return decoded(content)[0]


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    is_rows = False
    for line, text in enumerate((one.strip() for one in lines), 1):
        if text == "*RAS_HEADER_START":
            blocks.append(Block(line))
            is_rows = False
        elif text == "*RAS_INT_START":
            # Rows never join those of the scan before, even where a header is missing between them.
            if not blocks or blocks[-1].rows or blocks[-1].is_closed:
                blocks.append(Block(line))
            is_rows = True
        elif text == "*RAS_INT_END" and blocks:
            blocks[-1].is_closed, is_rows = True, False
        elif is_rows and text:
            blocks[-1].rows.append((line, text.replace(",", " ").split()))
        elif blocks and (found := KEY.match(text)):
            blocks[-1].keys.setdefault(found[1], []).append(found[2])
    return blocks


def _without_marks(lines: list[str]) -> list[Block]:
    if not any(UNIT_LINE.match(text) for text in lines):
        return []
    block = Block(1)
    for line, text in enumerate((one.strip() for one in lines), 1):
        if unit := UNIT_LINE.match(text):
            block.keys["MEAS_SCAN_UNIT_Y"] = [unit[1]]
        elif found := KEY.match(text):
            block.keys.setdefault(found[1], []).append(found[2])
        elif text and not text.startswith("#"):
            block.rows.append((line, text.replace(",", " ").split()))
    # Without an end mark, only the number of points tells whether the file is whole.
    block.is_closed = block.number("MEAS_DATA_COUNT") in {None, len(block.rows)}
    return [block]


def _recording(block: Block) -> Recording:
    rows, said = _whole_rows(block)
    width = min(max(len(rows[0][1]), 2), 3)
    table = columns(rows, width)
    counts, attenuated = unattenuated(table[1], table[2] if width == 3 else None)
    drive = block.text("MEAS_SCAN_AXIS_X_INTERNAL") or block.text("MEAS_SCAN_AXIS_X") or "2theta"
    unit = block.text("MEAS_SCAN_UNIT_X")
    axis = Axis(axis_name(drive), DEGREES if unit.lower() in ANGULAR_UNITS else unit, table[0])
    stated_unit = block.text("MEAS_SCAN_UNIT_Y")
    channels, doubts = scan_channels(axis, counts, UNITS.get(stated_unit.lower(), stated_unit))
    measured, unclear = scan_moment(block.text("MEAS_SCAN_START_TIME"))
    return Recording(
        Technique.XRD,
        channels,
        label=block.text("FILE_SAMPLE") or block.text("DISP_NOTE"),
        instrument=_instrument(block),
        measured=measured,
        settings=_settings(block),
        header={key: tuple(values) for key, values in block.keys.items()},
        cautions=said + attenuated + doubts + unclear,
    )


def _whole_rows(block: Block) -> tuple[list[tuple[int, list[str]]], tuple[Caution, ...]]:
    rows, promised = block.rows, block.number("MEAS_DATA_COUNT")
    # The last row of a file that was cut off may have lost digits.
    whole = rows if block.is_closed else rows[:-1]
    if not whole:
        raise Unread("A scan has no rows", line=block.line)
    if promised is None or (block.is_closed and promised == len(whole)):
        return whole, () if block.is_closed else (Caution("the scan has no end mark", line=whole[-1][0]),)
    state = "do not agree" if block.is_closed else "the scan is cut off"
    said = f"{promised:,.0f} points are stated and {len(whole):,} are there: {state}"
    return whole, (Caution(said, line=whole[-1][0]),)


def _instrument(block: Block) -> str:
    system = block.text("FILE_SYSTEM_NAME") or block.text("HW_GONIOMETER_NAME").rpartition("|")[2]
    return f"Rigaku {system}".strip() if system else "Rigaku diffractometer"


def _settings(block: Block) -> dict[str, Setting]:
    speed = {}
    if block.text("MEAS_SCAN_SPEED_UNIT") == "deg/min":
        speed = stated(scan_speed_deg_per_min=block.number("MEAS_SCAN_SPEED"))
    elif block.text("MEAS_SCAN_SPEED_UNIT") in {"sec", "s"}:
        speed = stated(time_per_step_s=block.number("MEAS_SCAN_SPEED"))
    return speed | stated(
        operator=block.text("FILE_OPERATOR"),
        sample_name=block.text("FILE_SAMPLE"),
        comment=block.text("FILE_COMMENT"),
        memo=block.text("FILE_MEMO"),
        anode=block.text("HW_XG_TARGET_NAME"),
        wavelength_alpha1_angstrom=block.number("HW_XG_WAVE_LENGTH_ALPHA1"),
        wavelength_alpha2_angstrom=block.number("HW_XG_WAVE_LENGTH_ALPHA2"),
        wavelength_beta_angstrom=block.number("HW_XG_WAVE_LENGTH_BETA"),
        tube_voltage_kv=block.number("MEAS_COND_XG_VOLTAGE"),
        tube_current_ma=block.number("MEAS_COND_XG_CURRENT"),
        detector=block.text("HW_COUNTER_SELECT_NAME").rpartition("|")[2],
        optics=block.text("MEAS_COND_OPT_ATTR"),
        scan_axis=block.text("MEAS_SCAN_AXIS_X_INTERNAL") or block.text("MEAS_SCAN_AXIS_X"),
        scan_mode=block.text("MEAS_SCAN_MODE"),
        step_deg=block.number("MEAS_SCAN_STEP"),
        start_deg=block.number("MEAS_SCAN_START"),
        stop_deg=block.number("MEAS_SCAN_STOP"),
        points=block.number("MEAS_DATA_COUNT"),
    )
