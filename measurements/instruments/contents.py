"""What a shipped instrument says: what it is, its settings with the source's own words, and what calibrates it."""

from dataclasses import dataclass


class InstrumentError(ValueError):
    """A table that is not of the shape described here; the message names file and field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedSetting:
    """A setting as it is typed, the source's own words where they differ, and what these leave open."""

    key: str
    value: str = ""
    stated: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedCalibration:
    """A number that the source states for an instrument; it holds until a newer one is added."""

    kind: str
    value: str
    applies_to: str = ""
    stated: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedInstrument:
    """One instrument of the source; `version` counts the changes of its table."""

    version: int
    title: str
    technique: str
    maker: str = ""
    model: str = ""
    names_in_files: tuple[str, ...] = ()
    source: str = ""
    settings: tuple[ShippedSetting, ...] = ()
    calibrations: tuple[ShippedCalibration, ...] = ()
