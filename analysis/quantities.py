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
        Quantity("centroid_energy", "Centroid of the PL", "⟨E⟩", "eV"),
        Quantity("exciton_energy", "First exciton", "E₁", "eV", "exciton", is_in_force=True),
        Quantity("exciton_fwhm", "Width of the first exciton", "FWHM₁", "meV"),
        Quantity("exciton_absorbance", "Absorbance of the first exciton", "A₁"),
        Quantity("exciton_minimum", "First exciton (second derivative)", "E₁″", "eV"),
        Quantity("scattering_absorbance", "Scattering at 500 nm", "A_s"),
        Quantity("tauc_gap", "Apparent gap (Tauc)", "E_T", "eV", is_in_force=True),
        Quantity("stokes_shift", "Stokes shift", "ΔE_S", "meV", is_in_force=True),
        Quantity("stokes_shift_minimum", "Stokes shift (second derivative)", "ΔE_S″", "meV"),
        Quantity("pl_shift", "Shift of the PL", "ΔE", "meV"),
        Quantity("pl_broadening", "Broadening of the PL", "ΔFWHM", "meV"),
        Quantity("pl_overlap", "Overlap of two PL lines", "∫min"),
        Quantity("pl_cosine", "Cosine of two PL lines", "cos θ"),
        Quantity("pl_ratio", "PL after over before", "I/I₀"),
        Quantity("exciton_jump", "Jump of the first exciton", "ΔE₁", "meV"),
        Quantity("exciton_jump_temperature", "Temperature of the jump", "T_j", "K"),
        Quantity("exciton_jump_limit", "Largest jump not excluded", "ΔE₁<", "meV"),
        Quantity("plqy", "PLQY", "Φ", "%", "plqy", is_in_force=True),
        Quantity("absorptance", "Absorptance", "A", "%"),
        Quantity("brightness", "PLQY × absorptance", "Φ A", "%", is_in_force=True),
        Quantity("plqy_between_runs", "Spread of the PLQY between runs", "s_Φ", "%"),
        Quantity("plqy_two_measurements", "PLQY by two measurements", "Φ₂", "%"),
        Quantity("plqy_reabsorption", "PLQY without self-absorption", "Φ₀", "%"),
        # Decays
        Quantity("amplitude1", "Amplitude 1", "A₁"),
        Quantity("tau1", "Lifetime 1", "τ₁", "ns", "tau1", is_in_force=True),
        Quantity("amplitude2", "Amplitude 2", "A₂"),
        Quantity("tau2", "Lifetime 2", "τ₂", "ns", "tau2", is_in_force=True),
        Quantity("tau_amplitude", "Amplitude-weighted lifetime", "⟨τ⟩a", "ns", "tau", is_in_force=True),
        Quantity("amplitude3", "Amplitude 3", "A₃"),
        Quantity("tau3", "Lifetime 3", "τ₃", "ns"),
        Quantity("tau_intensity", "Intensity-weighted lifetime", "⟨τ⟩i", "ns", is_in_force=True),
        Quantity("tau_1e", "1/e lifetime", "τ₁ₑ", "ns"),
        Quantity("slow_fraction", "Photons of the slowest component", "I_slow"),
        Quantity("decay_background", "Background per time bin", "b", "counts"),
        Quantity("decay_start", "Start of the decay", "t₀", "ns"),
        Quantity("beta", "Stretching exponent", "β"),
        Quantity("in_band_fraction", "Emission inside the band", "f_band"),
        Quantity("irf_fwhm", "Width of the instrument response", "FWHM_IRF", "ns"),
        # Rates
        Quantity("rate_total", "Total decay rate", "k_tot", "1/ns", is_in_force=True),
        Quantity("rate_radiative", "Radiative rate", "k_rad", "1/ns", is_in_force=True),
        Quantity("rate_nonradiative", "Non-radiative rate", "k_nr", "1/ns", is_in_force=True),
        Quantity("rate_ratio", "Radiative over non-radiative rate", "k_rad/k_nr"),
        # Ruby
        Quantity("pressure", "Pressure by ruby", "P", "GPa"),
        Quantity("ruby_r1", "Ruby R1", "λ_R1", "nm"),
        Quantity("ruby_r1_fwhm", "Width of R1", "w_R1", "nm"),
        Quantity("ruby_r2", "Ruby R2", "λ_R2", "nm"),
        Quantity("ruby_r2_fwhm", "Width of R2", "w_R2", "nm"),
        Quantity("ruby_splitting", "R1 − R2", "Δλ_R", "nm"),
        Quantity("pressure_detection_limit", "Smallest pressure to be seen", "P_min", "GPa"),
        Quantity("pressure_drift", "Drift of the pressure", "ΔP", "GPa"),
        Quantity("pressure_spread", "Spread between rubies", "s_P", "GPa"),
        # Along pressure
        Quantity("energy_zero_pressure", "PL peak without pressure", "E(P=0)", "eV"),
        Quantity("pressure_slope", "Shift with pressure", "dE/dP", "meV/GPa", is_in_force=True),
        Quantity("pressure_slope_below", "Shift below the kink", "dE/dP<", "meV/GPa", is_in_force=True),
        Quantity("pressure_slope_above", "Shift above the kink", "dE/dP>", "meV/GPa", is_in_force=True),
        Quantity("pressure_kink", "Pressure of the kink", "P_c", "GPa", is_in_force=True),
        Quantity("lifetime_log_change", "Change of the lifetime with pressure", "Δln τ"),
        Quantity("lifetime_minimum", "Shortest lifetime", "τ_min", "ns"),
        Quantity("lifetime_minimum_pressure", "Pressure of the shortest lifetime", "P(τ_min)", "GPa"),
        # Along temperature
        Quantity("gap_e0", "Gap without both shifts", "E₀", "eV", is_in_force=True),
        Quantity("gap_zero_temperature", "Gap at 0 K", "E_g(0)", "eV", is_in_force=True),
        Quantity("gap_expansion", "Shift by thermal expansion", "A_TE", "eV/K", is_in_force=True),
        Quantity("gap_phonon", "Shift by phonons", "A_EP", "eV", is_in_force=True),
        Quantity("gap_slope_300k", "Shift with temperature at 300 K", "dE/dT", "meV/K", is_in_force=True),
        Quantity("linewidth_zero", "Linewidth at 0 K", "Γ₀", "meV", is_in_force=True),
        Quantity("linewidth_acoustic", "Broadening by acoustic phonons", "σ_ac", "meV/K", is_in_force=True),
        Quantity("linewidth_phonon", "Broadening by LO phonons", "Γ_LO", "meV", is_in_force=True),
        Quantity("phonon_energy", "Energy of LO phonons", "E_LO", "meV", is_in_force=True),
        Quantity("quenching_energy", "Activation energy of quenching", "E_a", "meV", is_in_force=True),
        Quantity("quenching_strength", "Strength of quenching", "ln a"),
        Quantity("quenching_energy2", "Second activation energy of quenching", "E_a2", "meV"),
        Quantity("quenching_strength2", "Strength of the second quenching", "ln a₂"),
        Quantity("quenching_intensity", "Intensity without quenching", "I₀", "counts"),
        # Diffraction
        Quantity("cell_a", "Cell edge a of γ", "a", "Å", is_in_force=True),
        Quantity("cell_b", "Cell edge b of γ", "b", "Å", is_in_force=True),
        Quantity("cell_c", "Cell edge c of γ", "c", "Å", is_in_force=True),
        Quantity("cell_volume", "Cell volume of γ", "V", "Å³", is_in_force=True),
        Quantity("crystallite_size", "Crystallite size (Scherrer)", "L_XRD", "nm", "crystallite", is_in_force=True),
        Quantity("microstrain", "Micro-strain", "ε", is_in_force=True),
        Quantity("delta_fraction", "Mass of δ", "w_δ", "%", "delta", is_in_force=True),
        Quantity("delta_index", "Index of δ against γ", "R", is_in_force=True),
        Quantity("delta_cell_a", "Cell edge a of δ", "a_δ", "Å"),
        Quantity("delta_cell_b", "Cell edge b of δ", "b_δ", "Å"),
        Quantity("delta_cell_c", "Cell edge c of δ", "c_δ", "Å"),
        Quantity("delta_cell_volume", "Cell volume of δ", "V_δ", "Å³"),
        Quantity("delta_size", "Crystallite size of δ", "L_δ", "nm"),
        Quantity("pattern_agreement", "Misfit of the pattern (Rwp)", "R_wp", "%"),
        Quantity("line_angle", "Strongest line", "2θ", "deg"),
        Quantity("line_spacing", "Spacing of the strongest line", "d", "Å"),
        Quantity("line_fwhm", "Width of the strongest line", "β", "deg"),
        Quantity("bulk_modulus", "Bulk modulus", "B₀", "GPa", is_in_force=True),
        Quantity("cell_volume_zero", "Cell volume without pressure", "V₀", "Å³", is_in_force=True),
        # Sizes
        Quantity("edge_length", "Edge length", "L", "nm", is_in_force=True),
        Quantity("edge_length_std", "Spread of edge lengths", "s_L", "nm", is_in_force=True),
        Quantity("edge_length_sem", "Standard error of the mean edge", "s_L/√n", "nm"),
        Quantity("edge_length_median", "Median edge length", "L₅₀", "nm"),
        Quantity("edge_length_volume", "Volume-weighted edge length", "⟨L⁴⟩/⟨L³⟩", "nm", is_in_force=True),
        Quantity("edge_length_dispersion", "Relative spread of edge lengths", "s_L/L", "%"),
        Quantity("particle_aspect", "Aspect of the particles", "a/b"),
        Quantity("particle_count", "Particles measured", "n"),
        # Sizes from spectra, and concentrations
        Quantity("sizing_limit", "Energy of an infinite particle", "E∞", "eV"),
        Quantity("sizing_coefficient", "Coefficient of confinement", "C", "eV nm^n"),
        Quantity("sizing_exponent", "Exponent of confinement", "n"),
        Quantity("size_estimated", "Edge length estimated from the energy", "L_E", "nm"),
        Quantity("molar_absorption", "Molar absorption coefficient", "ε", "1/(M cm)"),
        Quantity("concentration", "Concentration of particles", "c", "nM", is_in_force=True),
        Quantity("mass_concentration", "Concentration of CsPbI3", "ρ", "g/L", is_in_force=True),
        Quantity("units_per_particle", "Formula units of a particle", "N_fu"),
    )
}


def unit_of(name: str) -> str:
    """Return the unit a quantity is stored in; raises KeyError."""
    return QUANTITIES[name].unit
