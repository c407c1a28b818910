"""Reads the tables of shipped instruments strictly, so that a slip in one never reaches a lab."""

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

from labbook.quantities import Quantity, QuantityError, parse_quantity
from measurements.calibration_kinds import CALIBRATION_KINDS
from measurements.condition_keys import CONDITION_KEYS
from measurements.instruments.contents import (
    InstrumentError,
    ShippedCalibration,
    ShippedInstrument,
    ShippedSetting,
)
from measurements.models import CalibrationKind
from measurements.techniques import Technique

FOLDER = Path(__file__).parent
# In the order of the source.
ORDER = (
    "tem", "powder_diffractometer", "cell_diffractometer", "uv_vis", "fluorometer", "integrating_sphere",
    "temperature_absorption", "temperature_pl", "raman_microscope", "streak_camera",
)  # fmt: skip


def shipped_instruments() -> list[ShippedInstrument]:
    """Return the instruments that come with the notebook."""
    return [read_instrument_file(FOLDER / f"{name}.toml") for name in ORDER]


def read_instrument_file(path: Path) -> ShippedInstrument:
    """Return the instrument of a TOML file; raises InstrumentError naming the file and the field."""
    try:
        return read_instrument(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, InstrumentError) as error:
        raise InstrumentError(f"{path.name}: {error}") from error


def read_instrument(data: dict[str, Any]) -> ShippedInstrument:
    """Return an instrument from the shape that TOML gives; raises InstrumentError naming the field."""
    settings = tuple(_row(ShippedSetting, one, f"settings[{n}]") for n, one in enumerate(data.pop("settings", []), 1))
    calibrations = tuple(
        _row(ShippedCalibration, one, f"calibrations[{n}]") for n, one in enumerate(data.pop("calibrations", []), 1)
    )
    data["names_in_files"] = tuple(data.get("names_in_files", ()))
    read: ShippedInstrument = _row(
        ShippedInstrument, {**data, "settings": settings, "calibrations": calibrations}, "instrument"
    )
    check(read)
    return read


def _row(shape: type[Any], data: dict[str, Any], where: str) -> Any:
    unknown = sorted(set(data) - {one.name for one in fields(shape)})
    if unknown:
        raise InstrumentError(f"{where}: there is no field {unknown[0]}.")
    try:
        return shape(**data)
    except TypeError as error:
        raise InstrumentError(f"{where}: {error}") from error


def check(instrument: ShippedInstrument) -> None:
    """Raise InstrumentError for a technique, a key, a kind or a value that nobody knows."""
    if instrument.technique not in Technique.values:
        raise InstrumentError(f"technique: {instrument.technique!r} is not known.")
    keys = [one.key for one in instrument.settings]
    for key in keys:
        if key not in CONDITION_KEYS or keys.count(key) > 1:
            raise InstrumentError(f"settings: {key!r} is not known, or there twice.")
    for setting in instrument.settings:
        quantity_of(setting)
    for calibration in instrument.calibrations:
        if calibration.kind not in CalibrationKind.values:
            raise InstrumentError(f"calibrations: {calibration.kind!r} is no kind.")
        width_of(calibration)


def quantity_of(setting: ShippedSetting) -> Quantity | None:
    """Return a setting's number in the unit of its key; nothing for a text, or where the source gives none."""
    row = CONDITION_KEYS[setting.key]
    return None if row.is_text or not setting.value else _parsed(setting.value, row.typed_unit, setting.key)


def width_of(calibration: ShippedCalibration) -> Quantity:
    """Return a calibration's number in the unit of its kind."""
    return _parsed(calibration.value, CALIBRATION_KINDS[CalibrationKind(calibration.kind)].unit, calibration.kind)


def _parsed(text: str, unit: str, where: str) -> Quantity:
    try:
        return parse_quantity(text, unit)
    except QuantityError as error:
        raise InstrumentError(f"{where}: {error}") from error
