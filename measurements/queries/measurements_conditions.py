"""The conditions of a measurement in words, and its settings with the labels and units we know."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from labbook.quantities.show import show
from measurements.condition_keys import CONDITION_KEYS
from measurements.models import Measurement, Rung
from measurements.techniques import COLUMN_OF, Along, Branch

# Columns that say under which conditions a measurement was made: name, label, unit.
QUANTITIES = (
    ("pressure_gpa", "Pressure", "GPa"),
    ("temperature_k", "Temperature", "K"),
    ("age_days", "Age", "d"),
    ("vacuum_mbar", "Vacuum", "mbar"),
    ("excitation_wavelength_nm", "Excitation", "nm"),
    ("excitation_power_mw", "Power", "mW"),
    ("pulse_rate_mhz", "Pulse rate", "MHz"),
)
TEXTS = (
    ("atmosphere", "Atmosphere"), ("objective", "Objective"), ("spot", "Spot"), ("branch", "Way"),
    ("part", "Part of a set"),
)  # fmt: skip
# Says where the value of a key comes from.
OriginOf = Callable[[str, Any], str]
# Ways along a ladder that a person expects unless told otherwise.
USUAL_WAYS = {Branch.COMPRESSION, Branch.COOLING}
# How the last word of a reader's setting is written as a unit.
ENDINGS = {
    "c": "°C", "k": "K", "gpa": "GPa", "mbar": "mbar", "nm": "nm", "um": "µm", "mm": "mm", "ev": "eV", "mev": "meV",
    "cm": "cm⁻¹", "angstrom": "Å", "deg": "°", "ps": "ps", "ns": "ns", "us": "µs", "ms": "ms", "s": "s", "min": "min",
    "h": "h", "mw": "mW", "w": "W", "kv": "kV", "ma": "mA", "mhz": "MHz", "khz": "kHz", "hz": "Hz", "fs": "fs",
    "percent": "%", "px": "px", "db": "dB", "v": "V",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as a page shows it; `origin` says where it comes from, `key` what it is called in storage."""

    label: str
    shown: str
    origin: str = ""
    key: str = ""


def rung_words(rung: Rung) -> str:
    """Return a rung's nominal value with its unit, and its way when that is not the usual one."""
    way = f", {rung.branch}" if rung.branch and rung.branch not in USUAL_WAYS else ""
    return f"{show(plain(rung.nominal), rung.unit)}{way}"


def place_words(measurement: Measurement) -> str:
    """Return where a measurement stands along a ladder, in few words: "1.27 GPa, release"; nothing when nowhere."""
    if measurement.rung is not None:
        return rung_words(measurement.rung)
    for column in COLUMN_OF.values():
        value = getattr(measurement, column)
        if value is not None:
            way = f", {measurement.branch}" if measurement.branch else ""
            return f"{show(plain(value), unit_of(column))}{way}"
    return ""


def condition_words(measurement: Measurement) -> list[str]:
    """Return the conditions that a line of a list names, besides where it stands along its ladder."""
    along = COLUMN_OF.get(Along(measurement.rung.series.along)) if measurement.rung else None
    numbers = [
        show(plain(value), unit)
        for column, _, unit in QUANTITIES
        if column not in {along, "vacuum_mbar"} and (value := getattr(measurement, column)) is not None
    ]
    place = place_words(measurement)
    words = [one for one in numbers if one != place.partition(",")[0]]
    words += [one for one in (measurement.atmosphere, measurement.spot, measurement.part) if one]
    if measurement.vacuum_mbar is not None:
        words.append(f"vacuum {show(plain(measurement.vacuum_mbar), 'mbar')}")
    if measurement.replicate > 1:
        words.append(f"replicate {measurement.replicate}")
    return words


def quantity_settings(measurement: Measurement, origin_of: OriginOf) -> Iterator[Setting]:
    """Return the conditions that have columns of their own, those that are known."""
    for column, label, unit in QUANTITIES:
        value = getattr(measurement, column)
        if value is not None:
            yield Setting(label, show(plain(value), unit), origin_of(column, value), column)
    for column, label in TEXTS:
        text = getattr(measurement, column)
        if text:
            yield Setting(label, text, origin_of(column, text), column)
    if measurement.replicate > 1:
        yield Setting("Replicate", str(measurement.replicate), origin_of("replicate", measurement.replicate))


def merged_settings(layers: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Setting]:
    """Return settings by key, each from the first layer that has it; a layer is its origin and its settings."""
    found: dict[str, Setting] = {}
    for origin, settings in layers:
        for key, value in settings.items():
            found.setdefault(key, setting_of(key, value, origin))
    return list(found.values())


def setting_of(key: str, value: Any, origin: str = "") -> Setting:
    """Return a setting with our label and unit, else with the words of its key."""
    known = CONDITION_KEYS.get(key)
    if known is not None:
        return Setting(known.label, with_unit(value, known.unit), origin, key)
    words = key.split("_")
    unit = ENDINGS.get(words[-1], "") if len(words) > 1 and isinstance(value, int | float | Decimal) else ""
    label = " ".join(words[:-1] if unit else words)
    return Setting(label[:1].upper() + label[1:], with_unit(value, unit), origin, key)


def with_unit(value: Any, unit: str) -> str:
    """Return a setting's value as a person reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    try:
        return show(plain(Decimal(str(value))), unit) if unit else str(value)
    except InvalidOperation:
        return str(value)


def unit_of(column: str) -> str:
    """Return the unit of a column of conditions."""
    return next(unit for name, _, unit in QUANTITIES if name == column)


def plain(number: Decimal) -> Decimal:
    """Return a stored number without the zeros of its column."""
    return number.normalize() if number else Decimal(0)
