"""Methods of diffraction."""

from analysis.methods.contract import Input, Method, Setting, Takes

XRD = ("XRD",)

WAVELENGTH_SETTINGS = (
    Setting(
        "wavelength_angstrom", "wavelength (Kα1, mean or single line)", "Å", lower=0.05, upper=6.0,
        from_conditions=("wavelength_alpha1_angstrom", "wavelength_angstrom"),
        help="Cu Kα1 is 1.54056 Å, the Mo Kα mean 0.71073 Å; it is never assumed.",
    ),
    Setting(
        "wavelength2_angstrom", "wavelength of Kα2", "Å", lower=0.05, upper=6.0,
        from_conditions=("wavelength_alpha2_angstrom",), help="Without one, Kα2 of the set that Kα1 is from.",
    ),
    Setting(
        "k_alpha2_ratio", "Strength of Kα2 over Kα1", default=0.5, lower=0.0, upper=1.0,
        from_conditions=("alpha2_alpha1_ratio",), help="Zero where Kα2 was taken out; a mean wavelength has none.",
    ),
)  # fmt: skip

BREADTH_SETTINGS = (
    Setting(
        "instrument_fwhm_deg", "FWHM of the instrument", "deg", lower=0.0, upper=2.0,
        from_conditions=("instrument_fwhm_deg",), help="From a standard such as LaB₆, in degrees of 2θ.",
    ),
    Setting(
        "scherrer_k", "Scherrer's constant", default=0.9, lower=0.5, upper=1.5,
        help="For FWHM; 0.875 for cubes along {100} and 0.825 along {110}. It leaves 5–10 % open.",
    ),
)  # fmt: skip

INSTRUMENT_SHAPE = Setting(
    "instrument_shape", "How the instrument is taken out", default="tch", choices=("tch", "gauss", "lorentz"),
    help="tch: part by part, the instrument being Gaussian; where η is not known the rest is Lorentzian.",
)  # fmt: skip

RANGE_SETTINGS = (
    Setting("from_deg", "From 2θ", "deg", lower=0.0, upper=180.0),
    Setting("to_deg", "To 2θ", "deg", lower=0.0, upper=180.0),
    Setting(
        "weighting", "How the points scatter", default="as the file says",
        choices=("as the file says", "counts", "known errors", "unknown"),
        help="Counts are Poisson; profiles of area detectors and anything rescaled are not.",
    ),
)  # fmt: skip

SHIFT_SETTINGS = (
    Setting(
        "shift", "Shift of the lines", default="zero", choices=("zero", "displacement", "none"),
        help="Fitted with eight lines or more; a displacement needs the radius of the goniometer.",
    ),
    Setting(
        "goniometer_radius_mm", "Radius of the goniometer", "mm", lower=10.0, upper=1000.0,
        from_conditions=("goniometer_radius_mm",),
    ),
)  # fmt: skip

PATTERN_RESULTS = (
    "cell_a", "cell_b", "cell_c", "cell_volume", "crystallite_size", "microstrain", "delta_fraction", "delta_index",
    "delta_cell_a", "delta_cell_b", "delta_cell_c", "delta_cell_volume", "delta_size", "pattern_agreement",
)  # fmt: skip

DIFFRACTION: tuple[Method, ...] = (
    Method(
        name="powder_pattern",
        title="Powder pattern",
        techniques=XRD,
        inputs=(Input("pattern", "powder pattern"),),
        settings=(
            *WAVELENGTH_SETTINGS,
            *BREADTH_SETTINGS,
            *RANGE_SETTINGS,
            Setting("phases", "Phases", default="γ and δ", choices=("γ and δ", "γ")),
            Setting("strain", "Micro-strain", default="fitted", choices=("fitted", "none")),
            Setting("b_iso", "Displacement of the atoms", default="fitted", choices=("fitted", "2 Å²")),
            *SHIFT_SETTINGS,
            Setting(
                "texture", "Texture of cubes on their faces", default="if needed",
                choices=("if needed", "none", "fitted"), help="March–Dollase over 002 and 110.",
            ),
            Setting("monochromator_deg", "2θ of the monochromator", "deg", lower=0.0, upper=90.0,
                    help="26.6° for graphite and Cu; without one the beam is not polarised."),
            Setting("dispersion", "With f′ and f″", default=False, is_switch=True),
            Setting("background_degree", "Degree of the background", default=0.0, lower=0.0, upper=30.0,
                    help="Zero: the degree with the lowest BIC."),
        ),
        results=PATTERN_RESULTS,
        version=1,
        run="analysis.methods.powder_pattern.run",
        is_automatic=True,
    ),
    Method(
        name="diffraction_peaks",
        title="Single lines",
        techniques=XRD,
        inputs=(Input("pattern", "powder pattern"),),
        settings=(
            *WAVELENGTH_SETTINGS,
            *BREADTH_SETTINGS,
            *RANGE_SETTINGS,
            INSTRUMENT_SHAPE,
            Setting("cell_volume_angstrom3", "Volume of the cell for the indices", "Å³", lower=500.0, upper=1300.0,
                    help="Without one, that of γ at 293 K; lines are indexed by it."),
        ),
        results=("line_angle", "line_spacing", "line_fwhm", "crystallite_size"),
        version=1,
        run="analysis.methods.diffraction_peaks.run",
    ),
    Method(
        name="williamson_hall",
        title="Williamson–Hall",
        techniques=(),
        inputs=(Input("breadths", "breadths of lines against 2θ", Takes.POINTS, quantity="line_fwhm", along="2θ"),),
        settings=(*WAVELENGTH_SETTINGS[:1], *BREADTH_SETTINGS, INSTRUMENT_SHAPE),
        results=("crystallite_size", "microstrain"),
        version=1,
        run="analysis.methods.williamson_hall.run",
    ),
    Method(
        name="cell",
        title="Cell from indexed lines",
        techniques=(),
        inputs=(Input("lines", "angles of lines labelled h k l", Takes.POINTS, quantity="line_angle", along="hkl"),),
        settings=(
            *WAVELENGTH_SETTINGS[:1],
            Setting("stderr_deg", "Standard error of 2θ", "deg", lower=1e-6, upper=1.0,
                    help="For lines that have none of their own."),
            Setting("shift", "Shift of the lines", default="none", choices=("zero", "displacement", "none")),
            SHIFT_SETTINGS[1],
        ),
        results=("cell_a", "cell_b", "cell_c", "cell_volume"),
        version=1,
        run="analysis.methods.cell.run",
    ),
    Method(
        name="equation_of_state",
        title="Equation of state",
        techniques=(),
        inputs=(
            Input("volumes", "cell volumes against pressure", Takes.POINTS, quantity="cell_volume", along="pressure"),
            Input("delta", "δ against pressure", Takes.POINTS, is_needed=False, quantity="delta_fraction",
                  along="pressure"),
            Input("edges_a", "edge a against pressure", Takes.POINTS, is_needed=False, quantity="cell_a",
                  along="pressure"),
            Input("edges_b", "edge b against pressure", Takes.POINTS, is_needed=False, quantity="cell_b",
                  along="pressure"),
            Input("edges_c", "edge c against pressure", Takes.POINTS, is_needed=False, quantity="cell_c",
                  along="pressure"),
        ),
        settings=(
            Setting("derivative", "B₀′", default=4.0, lower=1.0, upper=12.0,
                    help="Held: few pressures do not determine it."),
            Setting("to_gpa", "Up to", "GPa", lower=0.0, upper=300.0, help="Below the transition to δ."),
        ),
        results=("bulk_modulus", "cell_volume_zero"),
        version=1,
        run="analysis.methods.equation_of_state.run",
        along="pressure",
    ),
    Method(
        name="pattern_simulation",
        title="Simulated pattern",
        techniques=(),
        inputs=(),
        settings=(
            *WAVELENGTH_SETTINGS,
            *BREADTH_SETTINGS,
            Setting("structure", "Structure", default="γ 293 K", choices=("γ 293 K", "γ 325 K", "δ", "CIF")),
            Setting("cif", "Text of a CIF", help="For the structure CIF."),
            Setting("size_nm", "Size", "nm", default=10.0, lower=0.5, upper=2000.0),
            Setting("strain_ratio", "Micro-strain", default=0.0, lower=0.0, upper=0.1),
            Setting("from_deg", "From 2θ", "deg", default=5.0, lower=0.0, upper=170.0),
            Setting("to_deg", "To 2θ", "deg", default=60.0, lower=1.0, upper=170.0),
            Setting("step_deg", "Step", "deg", default=0.02, lower=0.001, upper=1.0),
            Setting("monochromator_deg", "2θ of the monochromator", "deg", lower=0.0, upper=90.0),
            Setting("dispersion", "With f′ and f″", default=False, is_switch=True),
        ),
        results=(),
        version=1,
        run="analysis.methods.pattern_simulation.run",
    ),
)  # fmt: skip
