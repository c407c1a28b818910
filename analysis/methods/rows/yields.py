"""Methods of quantum yields, rates, sizes from spectra and concentrations."""

from analysis.methods.contract import Input, Method, Setting, Takes

BAND_HELP = "Both ends together; as noted in the file, or usual around the laser, without them."


def band_settings(name: str, label: str) -> tuple[Setting, Setting]:
    """Return the two ends of a band."""
    low, high = (f"{name}_{end}_nm" for end in ("from", "to"))
    return (
        Setting(low, f"{label} from", "nm", lower=150.0, upper=3000.0, help=BAND_HELP),
        Setting(high, f"{label} to", "nm", lower=150.0, upper=3000.0, help=BAND_HELP),
    )


PLQY = Method(
    name="plqy",
    title="Quantum yield by the sphere",
    techniques=("PLQY",),
    inputs=(
        Input("empty", "empty sphere"),
        Input("indirect", "sample beside the beam"),
        Input("direct", "sample in the beam"),
    ),
    settings=(
        Setting(
            "spectrum_unit", "Spectra hold",
            choices=("photon counts", "energy per nm", "counts without response correction"),
            help="After the correction of sphere and spectrometer; asked for where the files do not say it.",
        ),
        Setting(
            "excitation_wavelength_nm", "Laser", "nm", lower=150.0, upper=2000.0,
            from_conditions=("excitation_wavelength_nm", "laser_nm"),
        ),
        *band_settings("laser", "Laser band"),
        *band_settings("pl", "PL band"),
        *band_settings("dark", "Dark band"),
        Setting("integration_time_s", "Integration time", "s", lower=1e-6, upper=1e5, help="Where files state none."),
        Setting("scan_count", "Scans averaged", "×", lower=1.0, upper=1e6, help="As in the files without it."),
        Setting("nd_empty", "Filter, empty sphere", "1", lower=0.0, upper=10.0, help="As in the file without it."),
        Setting("nd_indirect", "Filter, beside the beam", "1", lower=0.0, upper=10.0),
        Setting("nd_direct", "Filter, in the beam", "1", lower=0.0, upper=10.0),
        Setting(
            "nd_reading", "ND numbers are", default="transmission", choices=("transmission", "optical density"),
        ),
        Setting("saturation_counts", "Full scale", "counts", default=65535.0, lower=1.0, upper=1e12),
        Setting(
            "sphere_factor", "Factor of the sphere", default=1.0, lower=1e-3, upper=1e3,
            from_conditions=("sphere_factor",), help="On quantum yields; one where the spectra are corrected.",
        ),
        Setting(
            "sphere_factor_stderr", "Error of the factor", "1", lower=0.0, upper=1e3,
            from_conditions=("sphere_factor_stderr",),
        ),
        Setting(
            "calibration_stderr_percent", "Error of the sphere's correction", "%", lower=0.0, upper=50.0,
            help="PL against laser; the same in every measurement, so it is added in quadrature.",
        ),
        Setting(
            "reabsorbed_fraction", "Part of the PL absorbed again", "1", lower=0.0, upper=0.99,
            help="From the tail of a dilute spectrum; both values are told.",
        ),
    ),
    results=("plqy", "absorptance", "brightness", "plqy_two_measurements", "plqy_reabsorption"),
    version=1,
    run="analysis.methods.plqy.run",
    is_automatic=True,
)  # fmt: skip

PLQY_REPEATS = Method(
    name="plqy_repeats",
    title="Quantum yield of several runs",
    techniques=(),
    inputs=(Input("runs", "table of runs and yields", Takes.POINTS, quantity="plqy", along="run"),),
    settings=(),
    results=("plqy", "plqy_between_runs"),
    version=1,
    run="analysis.methods.plqy_repeats.run",
    along="run",
)

RATES = Method(
    name="rates",
    title="Radiative and non-radiative rates",
    techniques=(),
    inputs=(),
    settings=(
        Setting("plqy_percent", "the quantum yield", "%", lower=-1e3, upper=1e3, is_needed=True),
        Setting("plqy_stderr_percent", "the error of the quantum yield", "%", lower=0.0, upper=1e3, is_needed=True),
        Setting("lifetime_ns", "the lifetime", "ns", lower=1e-6, upper=1e9, is_needed=True),
        Setting("lifetime_stderr_ns", "the error of the lifetime", "ns", lower=0.0, upper=1e9, is_needed=True),
        Setting(
            "lifetime_kind", "which lifetime it is", is_needed=True,
            choices=("amplitude-weighted", "intensity-weighted", "1/e", "mono-exponential"),
            help="The amplitude-weighted one belongs to a yield.",
        ),
        Setting(
            "is_same_sample_and_state", "that both are of the same sample in the same state", is_switch=True,
            is_needed=True, help="Solution or film, pressure, temperature, age.",
        ),
    ),
    results=("rate_total", "rate_radiative", "rate_nonradiative", "rate_ratio"),
    version=1,
    run="analysis.methods.rates.run",
)  # fmt: skip

SIZING_CURVE = Method(
    name="sizing_curve",
    title="Sizing curve",
    techniques=(),
    inputs=(Input("sizes", "table of sizes and energies", Takes.POINTS, quantity="exciton_energy", along="size"),),
    settings=(
        Setting(
            "exponent", "Exponent", default="2", choices=("2", "1", "free"),
            help="E = E∞ + C L⁻ⁿ; free takes five sizes.",
        ),
    ),
    results=("sizing_limit", "sizing_coefficient", "sizing_exponent"),
    version=1,
    run="analysis.methods.sizing_curve.run",
    along="size",
)  # fmt: skip

SIZE_FROM_ENERGY = Method(
    name="size_from_energy",
    title="Size from an energy",
    techniques=(),
    inputs=(),
    settings=(
        Setting("energy_ev", "the energy", "eV", lower=0.01, upper=100.0, is_needed=True),
        Setting("energy_stderr_ev", "Error of the energy", "eV", lower=0.0, upper=10.0),
        Setting("sizing_limit_ev", "E∞ of the sizing curve", "eV", lower=-100.0, upper=100.0, is_needed=True),
        Setting("sizing_coefficient", "C of the sizing curve", "eV nm^n", lower=-1e6, upper=1e6, is_needed=True),
        Setting("sizing_exponent", "n of the sizing curve", "1", lower=0.01, upper=20.0, is_needed=True),
        Setting("least_size_nm", "the smallest calibrated size", "nm", lower=1e-3, upper=1e6, is_needed=True),
        Setting("greatest_size_nm", "the largest calibrated size", "nm", lower=1e-3, upper=1e6, is_needed=True),
        Setting(
            "curve_source", "where the curve is from", is_needed=True,
            help="No curve for CsPbI3 is shipped; calibrate one by sizing_curve.",
        ),
        Setting("sizing_limit_stderr_ev", "Error of E∞", "eV", lower=0.0, upper=100.0),
        Setting("sizing_coefficient_stderr", "Error of C", "eV nm^n", lower=0.0, upper=1e6),
        Setting("limit_coefficient_correlation", "Correlation of E∞ and C", "1", lower=-1.0, upper=1.0),
        Setting("calibration_scatter_ev", "Scatter of the calibration", "eV", lower=0.0, upper=10.0),
    ),
    results=("size_estimated",),
    version=1,
    run="analysis.methods.size_from_energy.run",
)  # fmt: skip

CONCENTRATION = Method(
    name="concentration",
    title="Concentration of particles",
    techniques=("absorbance",),
    inputs=(Input("spectrum", "absorbance spectrum", is_needed=False),),
    settings=(
        Setting("wavelength_nm", "the wavelength of µ", "nm", lower=150.0, upper=3000.0, is_needed=True),
        Setting(
            "absorption_per_cm", "the intrinsic absorption coefficient µ", "1/cm", lower=1.0, upper=1e9,
            is_needed=True, help="Of the bulk at a short wavelength; none is shipped.",
        ),
        Setting("absorption_source", "where µ is from", is_needed=True),
        Setting("edge_length_nm", "the edge length", "nm", lower=0.1, upper=1e4, is_needed=True),
        Setting("absorbance", "Absorbance", "A", lower=-1.0, upper=20.0, help="Read from the spectrum without it."),
        Setting("absorbance_stderr", "Error of the absorbance", "A", lower=0.0, upper=20.0),
        Setting("absorption_stderr_per_cm", "Error of µ", "1/cm", lower=0.0, upper=1e9),
        Setting("edge_length_stderr_nm", "Error of the edge length", "nm", lower=0.0, upper=1e4),
        Setting(
            "edge_length_std_nm", "Spread of edge lengths", "nm", lower=0.0, upper=1e4,
            help="Makes the mean volume larger than that of the mean edge.",
        ),
        Setting("path_length_cm", "the path length", "cm", lower=1e-4, upper=100.0, is_needed=True),
        Setting("path_length_stderr_cm", "Error of the path length", "cm", lower=0.0, upper=100.0),
        Setting("dilution_factor", "Dilution", default=1.0, lower=1.0, upper=1e9),
        Setting(
            "cell_volume_nm3", "Volume of the cell", "nm³", default=0.9473288, lower=1e-3, upper=1e3,
            help="Of γ-CsPbI3 at 293 K, with four formula units.",
        ),
        Setting(
            "molar_mass_g_per_mol", "Molar mass", "g/mol", default=720.81886196, lower=1.0, upper=1e5,
        ),
    ),
    results=("molar_absorption", "concentration", "units_per_particle", "mass_concentration"),
    version=1,
    run="analysis.methods.concentration.run",
)  # fmt: skip

YIELDS: tuple[Method, ...] = (PLQY, PLQY_REPEATS, RATES, SIZING_CURVE, SIZE_FROM_ENERGY, CONCENTRATION)
