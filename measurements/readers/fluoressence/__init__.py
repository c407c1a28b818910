"""Worksheets exported by Horiba FluorEssence (FluoroMax, FluoroLog, NanoLog): curves side by side, named above."""

from measurements.readers.fluoressence.curves import recordings_of
from measurements.readers.fluoressence.worksheet import is_worksheet, worksheet_of
from measurements.readers.parts.numeric_rows import exported_text
from measurements.readers.recording import Recording
from measurements.readers.source import Source


def recognises(source: Source) -> bool:
    """Say whether rows of names and units, counts per second among them, stand above numbers."""
    return is_worksheet(source.head_lines[:12])


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording per source or cycle; the channels of one look, such as S1c / R1c and R1, stay together."""
    return recordings_of(worksheet_of(exported_text(source)))
