"""What a trace is of, and how its names and units are written for people."""

from dataclasses import dataclass

from measurements.curves.recipe import TraceKey


@dataclass(frozen=True, slots=True)
class Trace:
    """What a trace is of: its place in the store, its names and what conversions need."""

    key: TraceKey
    store_key: str
    label: str
    name: str
    unit: str
    technique: str
    laser_nm: float | None = None
    x_ray_angstrom: float | None = None
    # The last part of its sample's page and its measurement, for links.
    sample_code: str = ""
    measurement_id: int | None = None
    file_name: str = ""
    # The unit of its axis in the file.
    x_unit: str = ""
    # Where it stands on a ladder, for colors in order.
    rung: float | None = None
    rung_unit: str = ""
    # The size in force of its sample or fraction, for the fixed colors of sizes.
    edge_length_nm: float | None = None


# How names and units of files are written for people.
NAMES = {"2theta": "2θ", "omega": "ω"}
UNITS = {"1/cm": "cm⁻¹", "1/Å": "Å⁻¹", "deg": "°", "us": "µs"}


def labelled(name: str, unit: str) -> str:
    """Return "Wavelength (nm)", or the name alone."""
    name = NAMES.get(name, name if len(name) == 1 else name[:1].upper() + name[1:])
    return f"{name} ({UNITS.get(unit, unit)})" if unit else name
