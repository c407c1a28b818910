"""The units a person types, one row each, with exact factors; anything rarer is left to pint."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit: value in the dimension's base unit = value × factor + offset."""

    name: str
    dimension: str
    factor: Decimal
    spellings: tuple[str, ...] = ()
    shown: str = ""
    offset: Decimal = Decimal(0)


def _row(dimension: str, name: str, factor: str, *spellings: str, shown: str = "", offset: str = "0") -> UnitRow:
    return UnitRow(name, dimension, Decimal(factor), spellings, shown or name, Decimal(offset))


# What a message calls each dimension, and the units it offers.
DIMENSIONS = {
    "volume": ("a volume", ("ml", "µl")),
    "mass": ("a mass", ("g", "mg")),
    "amount": ("an amount of substance", ("mmol",)),
    "temperature": ("a temperature", ("°C", "K")),
    "time": ("a time", ("s", "min")),
    "length": ("a length", ("nm", "µm", "mm")),
    "energy": ("an energy", ("eV", "meV")),
    "pressure": ("a pressure", ("GPa", "mbar")),
    "rotation": ("a speed of rotation", ("rpm",)),
    "centrifugation": ("a relative centrifugal force", ("× g",)),
    "concentration": ("a concentration", ("mmol/l",)),
    "mass concentration": ("a mass concentration", ("mg/ml",)),
    "molar mass": ("a molar mass", ("g/mol",)),
    "power": ("a power", ("mW",)),
    "power density": ("a power density", ("mW/cm²",)),
    "fluence": ("a fluence", ("µJ/cm²",)),
    "frequency": ("a frequency", ("Hz", "MHz")),
    "voltage": ("a voltage", ("kV", "V")),
    "current": ("a current", ("mA",)),
    "wavenumber": ("a wavenumber", ("cm⁻¹",)),
    "angle": ("an angle", ("°", "rad")),
    "ratio": ("a plain number", ("%",)),
    "count": ("a count", ("piece",)),
}

# The name is how code writes the unit; spellings are compared after `plain_spelling`, so the micro
# sign is written u, a superscript as its digit, and spaces and dots are gone.
UNITS = (
    _row("volume", "ul", "1", "µl", "uL", "mul", "microliter", "microliters", "microlitre", "microlitres", shown="µl"),
    _row("volume", "ml", "1e3", "mL", "cc", "cm3", "milliliter", "milliliters", "millilitre", "millilitres"),
    _row("volume", "cl", "1e4", "cL"),
    _row("volume", "l", "1e6", "L", "liter", "liters", "litre", "litres"),
    _row("volume", "nl", "1e-3", "nL"),
    _row("mass", "ug", "1e-3", "mcg", "microgram", "micrograms", shown="µg"),
    _row("mass", "mg", "1", "milligram", "milligrams"),
    _row("mass", "g", "1e3", "gram", "grams"),
    _row("mass", "kg", "1e6", "kilogram", "kilograms"),
    _row("amount", "umol", "1e-3", shown="µmol"),
    _row("amount", "mmol", "1"),
    _row("amount", "mol", "1e3"),
    _row("temperature", "°C", "1", "degC", "C", "celsius", "degcelsius", "grad", offset="273.15"),
    _row("temperature", "K", "1", "kelvin"),
    _row("time", "fs", "1e-15"),
    _row("time", "ps", "1e-12"),
    _row("time", "ns", "1e-9"),
    _row("time", "us", "1e-6", shown="µs"),
    _row("time", "ms", "1e-3"),
    _row("time", "s", "1", "sec", "secs", "second", "seconds"),
    _row("time", "min", "60", "mins", "minute", "minutes"),
    _row("time", "h", "3600", "hr", "hrs", "hour", "hours"),
    _row("time", "d", "86400", "day", "days"),
    _row("length", "angstrom", "1e-4", "Å", "A", shown="Å"),
    _row("length", "nm", "1e-3", "nanometer", "nanometers"),
    _row("length", "um", "1", "micron", "microns", "micrometer", "micrometers", shown="µm"),
    _row("length", "mm", "1e3", "millimeter", "millimeters"),
    _row("length", "cm", "1e4", "centimeter", "centimeters"),
    _row("length", "m", "1e6", "meter", "meters", "metre", "metres"),
    _row("energy", "meV", "1e-3"),
    _row("energy", "eV", "1"),
    _row("pressure", "Pa", "1"),
    _row("pressure", "mbar", "1e2"),
    _row("pressure", "hPa", "1e2"),
    _row("pressure", "kPa", "1e3"),
    _row("pressure", "bar", "1e5"),
    _row("pressure", "MPa", "1e6"),
    _row("pressure", "kbar", "1e8"),
    _row("pressure", "GPa", "1e9"),
    _row("rotation", "rpm", "1", "1/min", "min-1", "rev/min", "U/min"),
    _row("centrifugation", "xg", "1", "×g", "g", "rcf", shown="× g"),
    _row("concentration", "mmol/l", "1", "mM", "mmol/L", "mmol/dm3"),
    _row("concentration", "mol/l", "1e3", "M", "mol/L", "mol/dm3"),
    _row("concentration", "umol/l", "1e-3", "uM", "umol/L", shown="µmol/l"),
    _row("mass concentration", "mg/ml", "1", "mg/mL", "g/l", "g/L"),
    _row("mass concentration", "ug/ml", "1e-3", "ug/mL", "mg/l", "mg/L", shown="µg/ml"),
    _row("mass concentration", "g/ml", "1e3", "g/mL", "g/cm3", "kg/l", "kg/L"),
    _row("molar mass", "g/mol", "1", "gmol-1", "Da"),
    _row("power", "nW", "1e-6"),
    _row("power", "uW", "1e-3", shown="µW"),
    _row("power", "mW", "1"),
    _row("power", "W", "1e3"),
    _row("power density", "uW/cm2", "1e-3", shown="µW/cm²"),
    _row("power density", "mW/cm2", "1", "mWcm-2", shown="mW/cm²"),
    _row("power density", "W/cm2", "1e3", "Wcm-2", shown="W/cm²"),
    _row("fluence", "nJ/cm2", "1e-3", "nJcm-2", shown="nJ/cm²"),
    _row("fluence", "uJ/cm2", "1", "uJcm-2", shown="µJ/cm²"),
    _row("fluence", "mJ/cm2", "1e3", "mJcm-2", shown="mJ/cm²"),
    _row("frequency", "Hz", "1"),
    _row("frequency", "kHz", "1e3"),
    _row("frequency", "MHz", "1e6"),
    _row("voltage", "V", "1", "volt", "volts"),
    _row("voltage", "kV", "1e3"),
    _row("current", "uA", "1e-3", shown="µA"),
    _row("current", "mA", "1"),
    _row("wavenumber", "1/cm", "1", "cm-1", "per_cm", shown="cm⁻¹"),
    _row("angle", "deg", "1", "°", "degree", "degrees", shown="°"),
    _row("ratio", "", "1"),
    _row("ratio", "%", "0.01", "percent", "pct", "vol%", "wt%"),
    _row("count", "piece", "1", "pieces", "pc", "pcs"),
)
