"""Every value a process can carry: its name, unit, usual range and when a deviation is worth a look."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ValueKey:
    """One quantity of a process; the key's last word is the unit it is stored in."""

    key: str
    label: str
    unit: str
    usual_low: Decimal | None = None
    usual_high: Decimal | None = None
    # A deviation from the plan beyond this is shown in amber.
    notable_deviation: Decimal | None = None
    # What one tap of + or − adds.
    tap: Decimal = Decimal(1)
    decimals: int = 1


def _row(
    key: str, label: str, unit: str, usual: str = "", notable: str = "", tap: str = "1", decimals: int = 1
) -> ValueKey:
    low, _, high = usual.partition("..")
    return ValueKey(
        key=key,
        label=label,
        unit=unit,
        usual_low=Decimal(low) if low else None,
        usual_high=Decimal(high) if high else None,
        notable_deviation=Decimal(notable) if notable else None,
        tap=Decimal(tap),
        decimals=decimals,
    )


# Usual ranges: the source's procedures, with the tolerances of the lab's own practice.
VALUE_KEYS = {
    row.key: row
    for row in (
        _row("injection_temperature_c", "Injection temperature", "°C", "140..220", "3", "0.1"),
        _row("growth_s", "Growth time", "s", "3..30", "5", "0.1"),
        _row("degas_temperature_c", "Degas temperature", "°C", "110..130", "2", "0.5"),
        _row("degas_time_min", "Vacuum", "min", "20..60", "5", "1", 0),
        _row("hold_time_min", "Hold under N2", "min", "", "10", "1", 0),
        _row("ligand_temperature_c", "Ligand temperature", "°C", "", "10", "1", 0),
        _row("spin_speed_rpm", "Spin speed", "rpm", "5000..9000", "250", "100", 0),
        _row("spin_time_min", "Spin time", "min", "3..10", "1", "1", 0),
        _row("meoac_ratio", "NC : MeOAc", "", "2..4", "0.3", "0.1"),
        _row("filter_pore_um", "Filter pore", "µm", "", "", "0.01", 2),
        _row("coating_speed_rpm", "Coating speed", "rpm", "", "", "100", 0),
        _row("coating_time_s", "Coating time", "s", "", "", "5", 0),
        _row("coating_cycle_count", "Coating cycles", "", "", "", "1", 0),
        _row("drop_volume_ul", "Drop", "µl", "1..20", "1", "0.5"),
        _row("drying_time_min", "Drying", "min", "", "5", "1", 0),
        _row("path_length_mm", "Path length", "mm", "", "", "1"),
        _row("culet_diameter_mm", "Culet", "mm", "", "", "0.05", 2),
        _row("hole_diameter_um", "Gasket hole", "µm", "", "", "10", 0),
        _row("drop_count", "Drops", "", "", "", "1", 0),
        _row("temperature_c", "Temperature", "°C", "", "5", "1"),
        _row("time_min", "Time", "min", "", "5", "1"),
    )
}
