"""Methods of quantum yields, rates, sizes from spectra and concentrations."""

from analysis.methods.contract import Input, Method, Setting

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

YIELDS: tuple[Method, ...] = (PLQY,)
