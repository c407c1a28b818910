"""JCAMP-DX spectra: blocks of labelled records, each with a table that is plain or packed."""

import re
from dataclasses import replace

from measurements.readers.jcamp_dx.moments import measured_of
from measurements.readers.jcamp_dx.records import OTHER_TABLES, TABLES, Block, Record, blocks_of
from measurements.readers.jcamp_dx.tables import ORDINATES, PAIRS, curve_of, form_of
from measurements.readers.parts.absorption import curve, technique_of, x_unit, y_unit
from measurements.readers.parts.text import is_number, number, text_of
from measurements.readers.recording import Caution, Recording, Role, Setting, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

BEGINNING = re.compile(r"\s*(\$\$[^\n]*\n\s*)*##\s*(TITLE|JCAMP[- ]?(DX|CS))\s*=", re.I)
# A title alone is also how other formats of records begin.
PROPER = re.compile(r"[\r\n]\s*##\s*(JCAMP[-_ ]?(DX|CS)|DATA[-_ ]?TYPE|XUNITS|XYDATA|XYPOINTS)\s*=", re.I)
# Ocean Optics writes what a spectrum was made from as blocks beside it.
COMPANIONS = {"DARK SPECTRUM": Role.DARK, "REFERENCE SPECTRUM": Role.REFERENCE}
TECHNIQUES = (
    (re.compile(r"RAMAN", re.I), Technique.RAMAN),
    (re.compile(r"FLUORESC|LUMINESC|EMISSION", re.I), Technique.PL),
    (re.compile(r"UV", re.I), Technique.ABSORBANCE),
    (re.compile(r"X-?RAY|DIFFRACT", re.I), Technique.XRD),
)
SETTINGS = {
    "TITLE": "title",
    "ORIGIN": "origin",
    "OWNER": "owner",
    "DATATYPE": "data_type",
    "SAMPLEDESCRIPTION": "sample_description",
    "RESOLUTION": "resolution",
    ".AVERAGES": "accumulations",
}
UNKNOWN = {"", "unknown", "n.i.g.", "none"}


def recognises(source: Source) -> bool:
    """Say whether the text begins with a title record and names the standard or a type of data."""
    text = source.head_text
    return bool(BEGINNING.match(text)) and bool(PROPER.search("\n" + text))


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording for each block with a table.

    Raises Unread for a table whose counts or ends are not those stated, and when no block has a table that is read.
    """
    text = text_of(source)
    blocks = blocks_of(text.lines)
    tables = [(block, record) for block in blocks if (record := block.find(*TABLES))]
    unread = [block.find(*OTHER_TABLES) for block in blocks]
    unread += [record for _, record in tables if not _is_read(record)]
    left_out = [record for record in unread if record]
    readable = [(block, record) for block, record in tables if _is_read(record)]
    if not readable:
        raise _nothing_read(left_out, len(text.lines))
    said = tuple(Caution(f"{_said(record)} is left out", line=record.line) for record in left_out)
    said += tuple(
        Caution("THE FILE IS CUT OFF: its last block has neither a table nor an end mark", line=block.records[-1].line)
        for block in blocks
        if not block.is_closed and not block.find(*TABLES, *OTHER_TABLES)
    )
    return _with_companions([_recording(block, record, (*said, *text.cautions)) for block, record in readable])


def _with_companions(recordings: list[Recording]) -> tuple[Recording, ...]:
    """Return the recordings, a dark and a reference as channels of the only spectrum they belong to."""
    roles = [COMPANIONS.get(str(one.settings.get("sample_description", "")).upper()) for one in recordings]
    if roles.count(None) != 1 or len(recordings) == 1:
        return tuple(recordings)
    spectrum = recordings[roles.index(None)]
    beside = [
        replace(one.channels[0], name=role.value, role=role)
        for one, role in zip(recordings, roles, strict=True)
        if role is not None
    ]
    cautions = dict.fromkeys(caution for one in (spectrum, *recordings) for caution in one.cautions)
    return (replace(spectrum, channels=(*spectrum.channels, *beside), cautions=tuple(cautions)),)


def _is_read(record: Record) -> bool:
    return form_of(record) in {ORDINATES, *PAIRS}


def _said(record: Record) -> str:
    return f"{record.label.strip()} {record.value[:40]}".strip()


def _nothing_read(left_out: list[Record], lines: int) -> Unread:
    if not left_out:
        return Unread("No block has a table of points", line=lines)
    return Unread(f"Tables of the kind “{_said(left_out[0])}” are not read", line=left_out[0].line)


def _recording(block: Block, record: Record, cautions: tuple[Caution, ...]) -> Recording:
    x, y, doubts = curve_of(block, record)
    units = x_unit(_plain(block.text("XUNITS"))), y_unit(_plain(block.text("YUNITS")))
    channel, turned = curve(x, y, *units)
    measured, undated = measured_of(block)
    instrument = block.text("SPECTROMETERDATASYSTEM")
    peaks = (Caution("the table lists peaks, not every point"),) if record.key == "PEAKTABLE" else ()
    ending = () if block.is_closed else (Caution("the block has no end mark"),)
    return Recording(
        next((one for pattern, one in TECHNIQUES if pattern.search(block.text("DATATYPE"))), technique_of(*units)),
        (channel,),
        label=block.text("TITLE"),
        instrument="" if instrument.lower() in UNKNOWN else instrument,
        measured=measured,
        settings=_settings(block, len(x)),
        header=_header(block, record),
        cautions=(*turned, *doubts, *peaks, *ending, *undated, *cautions),
    )


def _plain(words: str) -> str:
    """Return what was written in capitals in small letters, but for words that mean something in capitals."""
    return words.lower() if words.isupper() and len(words) > 5 else words


def _settings(block: Block, points: int) -> dict[str, Setting]:
    settings: dict[str, Setting] = {key: text for name, key in SETTINGS.items() if (text := block.text(name))}
    accumulations = str(settings.get("accumulations", ""))
    if is_number(accumulations):
        settings["accumulations"] = int(number(accumulations))
    # The standard states the way through the sample in centimetres.
    if is_number(path_cm := block.text("PATHLENGTH")):
        settings["path_length_mm"] = 10 * number(path_cm)
    return {**settings, "points": points}


def _header(block: Block, table: Record) -> dict[str, tuple[str, ...]]:
    header: dict[str, tuple[str, ...]] = {}
    for record in block.records:
        if record is not table:
            header[record.label] = (*header.get(record.label, ()), record.text)
    return header
