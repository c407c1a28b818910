"""Tables that are ready to be made, one row each: what their rows are, their quantities, and what is said below."""

from dataclasses import dataclass
from enum import StrEnum

from measurements.techniques import Along

# Of a rung what its ruby fits mean together, not what one fit tells.
RUBY_PRESSURE = "pressure"


class Rows(StrEnum):
    """What the rows of a table are."""

    RUNGS = "rungs"
    SAMPLES = "samples"
    # Samples with what is in force of them as they are, whatever it was measured on.
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class ReadyTable:
    """One table; `quantities` are keys of analysis.quantities, those of `more` are offered but not ticked."""

    key: str
    name: str
    title: str
    rows: Rows
    quantities: tuple[str, ...]
    more: tuple[str, ...] = ()
    # Which ladder it is made of.
    along: str = ""
    # Quantities whose heads always carry this power of ten.
    powers: tuple[tuple[str, int], ...] = ()
    footnotes: tuple[str, ...] = ()
    about: str = ""

    @property
    def usual_title(self) -> str:
        """What a table is called at first."""
        return f"{self.name}. {self.title}" if self.name.startswith("Table ") else self.title

    @property
    def offered(self) -> tuple[str, ...]:
        """Every quantity it can show."""
        return self.quantities + self.more

    def power_of(self, quantity: str) -> int:
        """Return the power of ten of a quantity's head, 0 when its numbers decide."""
        return dict(self.powers).get(quantity, 0)


TABLES = {
    row.key: row
    for row in (
        ReadyTable(
            "s1",
            "Table S1",
            "Parameters of the temperature-dependent PL peak",
            Rows.SAMPLES,
            ("gap_e0", "gap_zero_temperature", "gap_expansion", "gap_phonon"),
            more=("gap_slope_300k",),
            along=Along.TEMPERATURE,
            powers=(("gap_expansion", -4),),
            footnotes=(
                "E_g(T) = E₀ + A_TE T + A_EP coth(ħω/2kT); E₀ is the gap without renormalisation, E_g(0) = E₀ + A_EP.",
                "The error of E_g(0) is from the covariance of both; it is smaller than that of either.",
            ),
            about="One row per size, from temperature series of PL: both readings of the gap, each with its error.",
        ),
        ReadyTable(
            "s2",
            "Table S2",
            "Parameters of the bi-exponential fit of the pressure-dependent PL decays",
            Rows.RUNGS,
            ("amplitude1", "tau1", "amplitude2", "tau2"),
            more=("tau_amplitude", "tau_intensity", RUBY_PRESSURE),
            along=Along.PRESSURE,
            about="One row per pressure, from the decays of a load: two amplitudes, two lifetimes.",
        ),
        ReadyTable(
            "pl_ladder",
            "PL along a ladder",
            "Peak and width of the PL along the ladder",
            Rows.RUNGS,
            ("peak_energy", "fwhm"),
            more=("peak_wavelength", "photons", RUBY_PRESSURE),
            about="One row per pressure or temperature: peak energy and linewidth.",
        ),
        ReadyTable(
            "overview",
            "Overview of samples",
            "Size, PL and PLQY",
            Rows.VALUES,
            ("edge_length", "peak_energy", "fwhm", "plqy"),
            more=(
                "peak_wavelength", "exciton_energy", "stokes_shift", "tau_amplitude", "rate_radiative",
                "rate_nonradiative",
            ),
            about="One row per sample: size, PL peak, linewidth, quantum yield, each as it is in force.",
        ),
    )
}  # fmt: skip
