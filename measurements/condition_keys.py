"""Every setting and condition a measurement can have besides its columns: name, unit and usual range, in one table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConditionKey:
    """One condition; the key's last word is the unit it is stored in, a text has none."""

    key: str
    label: str
    unit: str = ""
    usual: tuple[float, float] | None = None

    @property
    def is_text(self) -> bool:
        """Whether it is words instead of a number."""
        return not self.unit

    @property
    def typed_unit(self) -> str:
        """The unit in which quantities read it; what is only counted has none."""
        return "" if self.unit in {"×", "steps"} else self.unit


CONDITION_KEYS = {
    row.key: row
    for row in (
        ConditionKey("source", "Source"),
        ConditionKey("mode", "Mode"),
        ConditionKey("program", "Program"),
        ConditionKey("geometry", "Geometry"),
        ConditionKey("radiation", "Radiation"),
        ConditionKey("sphere", "Integrating sphere"),
        ConditionKey("coupling", "Coupling"),
        ConditionKey("atmosphere", "Atmosphere"),
        ConditionKey("stage", "Stage"),
        ConditionKey("cooling", "Cooling"),
        ConditionKey("sample_holder", "Sample holder"),
        ConditionKey("objective", "Objective"),
        ConditionKey("lens", "Lens"),
        ConditionKey("grating", "Grating"),
        ConditionKey("filter", "Filter"),
        ConditionKey("detector", "Detector"),
        ConditionKey("crystal", "Nonlinear crystal"),
        ConditionKey("modulator", "Pulse picker"),
        ConditionKey("scan_mode", "Scan"),
        ConditionKey("pressure_medium", "Pressure medium"),
        ConditionKey("pressure_marker", "Pressure marker"),
        ConditionKey("accelerating_voltage_kv", "Accelerating voltage", "kV", (40, 300)),
        ConditionKey("magnification_ratio", "Magnification", "×"),
        ConditionKey("nm_per_px", "Pixel size", "nm", (0.01, 100)),
        ConditionKey("tube_voltage_kv", "Tube voltage", "kV", (20, 60)),
        ConditionKey("tube_current_ma", "Tube current", "mA", (1, 300)),
        ConditionKey("wavelength_alpha1_angstrom", "X-ray wavelength", "Å", (0.2, 2.5)),
        ConditionKey("step_deg", "Step", "deg", (0.001, 0.5)),
        ConditionKey("time_per_step_s", "Time per step", "s", (0.1, 600)),
        ConditionKey("excitation_wavelength_nm", "Excitation", "nm", (200, 1100)),
        ConditionKey("fundamental_wavelength_nm", "Fundamental", "nm", (200, 2000)),
        ConditionKey("bandpass_nm", "Bandpass", "nm", (0.1, 30)),
        ConditionKey("excitation_power_mw", "Excitation power", "mW", (0.0001, 1000)),
        ConditionKey("power_density_mw_per_cm2", "Power density", "mW/cm²", (0.001, 1_000_000)),
        ConditionKey("fluence_uj_per_cm2", "Fluence", "µJ/cm²", (0.0001, 1000)),
        ConditionKey("pulse_rate_mhz", "Pulse rate", "MHz", (0.001, 200)),
        ConditionKey("laser_pulse_rate_mhz", "Pulse rate of the laser", "MHz", (0.001, 200)),
        ConditionKey("pulse_duration_fs", "Pulse duration", "fs", (1, 1_000_000)),
        ConditionKey("spot_radius_um", "Spot radius", "µm", (0.1, 5000)),
        ConditionKey("focal_length_mm", "Focal length", "mm", (1, 1000)),
        ConditionKey("windows", "Windows"),
        ConditionKey("window_ns", "Window", "ns", (0.1, 100_000)),
        ConditionKey("integration_time_s", "Integration time", "s", (0.0001, 36_000)),
        ConditionKey("exposure_s", "Exposure", "s", (0.0001, 36_000)),
        ConditionKey("accumulation_count", "Accumulations", "×"),
        ConditionKey("mcp_gain_index", "MCP gain", "steps"),
        ConditionKey("path_length_mm", "Path length", "mm", (0.1, 100)),
    )
}
