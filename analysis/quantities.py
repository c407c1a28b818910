"""Every quantity that a fit can tell: its name, symbol, label and the one unit it is stored in, in one table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity; `search` is the word by which lists and search find it, empty when none does."""

    name: str
    label: str
    symbol: str
    unit: str = ""
    search: str = ""
    # Whether a sample has one value of it in force per state.
    is_in_force: bool = False


QUANTITIES = {
    row.name: row
    for row in (
        # PL and absorption
        Quantity("peak_energy", "PL peak", "E", "eV", "pl", is_in_force=True),
        Quantity("peak_wavelength", "PL peak", "λ", "nm", "peak", is_in_force=True),
        Quantity("fwhm", "PL linewidth", "FWHM", "meV", "fwhm", is_in_force=True),
        Quantity("photons", "Photons in the line", "N", "counts"),
        Quantity("exciton_energy", "First exciton", "E₁", "eV", "exciton", is_in_force=True),
        Quantity("exciton_fwhm", "Width of the first exciton", "FWHM₁", "meV"),
        Quantity("tauc_gap", "Apparent gap (Tauc)", "E_T", "eV", is_in_force=True),
        Quantity("stokes_shift", "Stokes shift", "ΔE_S", "meV", is_in_force=True),
        Quantity("plqy", "PLQY", "Φ", "%", "plqy", is_in_force=True),
        Quantity("absorptance", "Absorptance", "A", "%"),
        # Decays
        Quantity("amplitude1", "Amplitude 1", "A₁"),
        Quantity("tau1", "Lifetime 1", "τ₁", "ns", "tau1", is_in_force=True),
        Quantity("amplitude2", "Amplitude 2", "A₂"),
        Quantity("tau2", "Lifetime 2", "τ₂", "ns", "tau2", is_in_force=True),
        Quantity("tau_amplitude", "Amplitude-weighted lifetime", "⟨τ⟩a", "ns", "tau", is_in_force=True),
        Quantity("tau_intensity", "Intensity-weighted lifetime", "⟨τ⟩i", "ns", is_in_force=True),
        # Rates
        Quantity("rate_total", "Total decay rate", "k_tot", "1/ns", is_in_force=True),
        Quantity("rate_radiative", "Radiative rate", "k_rad", "1/ns", is_in_force=True),
        Quantity("rate_nonradiative", "Non-radiative rate", "k_nr", "1/ns", is_in_force=True),
        # Ruby
        Quantity("pressure", "Pressure by ruby", "P", "GPa"),
        Quantity("ruby_r1", "Ruby R1", "λ_R1", "nm"),
        # Sizes
        Quantity("edge_length", "Edge length", "L", "nm", is_in_force=True),
        Quantity("edge_length_std", "Spread of edge lengths", "s_L", "nm", is_in_force=True),
    )
}


def unit_of(name: str) -> str:
    """Return the unit a quantity is stored in; raises KeyError."""
    return QUANTITIES[name].unit
