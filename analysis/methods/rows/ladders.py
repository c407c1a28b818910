"""Methods of series along pressure and temperature."""

from analysis.methods.contract import Input, Method, Setting, Takes

READINGS = ("E0", "Eg(0)")
PHONON_ENERGY = Setting(
    "phonon_energy_mev", "the energy of the phonon", "meV", lower=1.0, upper=500.0, is_needed=True,
    from_conditions=("phonon_energy_mev",), help="E_LO of the linewidth of the same sample; it is held.",
)  # fmt: skip
SCATTER = Setting(
    "scatter", "scatter beyond the errors of the points", default="automatic", choices=("automatic", "stated", "found"),
    help="Found takes it from the residuals, as errors of fits need, which know nothing of what moves between rungs; "
    "stated trusts the errors unless χ² speaks against them. Automatic finds it where the errors differ by point.",
)  # fmt: skip

PRESSURE_SHIFT = Method(
    name="pressure_shift",
    title="PL peak against pressure",
    techniques=(),
    inputs=(Input("energies", "peak energies along pressure", Takes.POINTS, quantity="peak_energy", along="pressure"),),
    settings=(
        Setting(
            "model", "the law", default="best", choices=("best", "line", "quadratic", "kink"),
            help="Best is the one with the lowest AICc.",
        ),
        SCATTER,
    ),
    results=(
        "energy_zero_pressure", "pressure_slope", "pressure_slope_below", "pressure_slope_above", "pressure_kink",
    ),
    version=1,
    run="analysis.methods.pressure_shift.run",
    along="pressure",
)  # fmt: skip

LIFETIME_AGAINST_PRESSURE = Method(
    name="lifetime_against_pressure",
    title="Lifetime against pressure",
    techniques=(),
    inputs=(
        Input("lifetimes", "lifetimes along pressure", Takes.POINTS, quantity="tau_amplitude", along="pressure"),
        Input(
            "bands", "shares of the emission inside the band", Takes.POINTS, is_needed=False,
            quantity="in_band_fraction", along="pressure",
        ),
    ),
    settings=(),
    results=("lifetime_log_change", "lifetime_minimum", "lifetime_minimum_pressure"),
    version=1,
    run="analysis.methods.lifetime_against_pressure.run",
    along="pressure",
)  # fmt: skip

GAP_AGAINST_TEMPERATURE = Method(
    name="gap_against_temperature",
    title="Gap against temperature",
    techniques=(),
    inputs=(
        Input("energies", "peak energies along temperature", Takes.POINTS, quantity="peak_energy", along="temperature"),
    ),
    settings=(
        PHONON_ENERGY,
        Setting(
            "phonon_energy_stderr_mev", "the error of that energy", "meV", default=0.0, lower=0.0, upper=200.0,
            from_conditions=("phonon_energy_stderr_mev",),
            help="The fit is repeated at ħω ± this, and the change added in quadrature.",
        ),
        Setting(
            "reading", "what the column E0(T=0) of the table holds", choices=READINGS, is_needed=True,
            help="E0 and Eg(0) = E0 + A_EP differ by A_EP; both are told, and the table shows this one.",
        ),
        SCATTER,
    ),
    results=("gap_e0", "gap_zero_temperature", "gap_expansion", "gap_phonon", "gap_slope_300k"),
    version=1,
    run="analysis.methods.gap_against_temperature.run",
    along="temperature",
)  # fmt: skip

PUBLISHED_GAP = Method(
    name="published_gap",
    title="A published row of gap parameters",
    techniques=(),
    inputs=(),
    settings=(
        Setting("column_ev", "the first column", "eV", lower=0.1, upper=10.0, is_needed=True),
        Setting("expansion_ev_per_k", "A_TE", "eV/K", lower=-0.1, upper=0.1, is_needed=True),
        Setting("electron_phonon_ev", "A_EP", "eV", lower=-10.0, upper=10.0, is_needed=True),
        PHONON_ENERGY,
        Setting(
            "reading", "what the first column holds", choices=READINGS, is_needed=True,
            help="E0 and Eg(0) = E0 + A_EP differ by A_EP, and the source says both.",
        ),
    ),
    results=("gap_e0", "gap_zero_temperature", "gap_slope_300k"),
    version=1,
    run="analysis.methods.published_gap.run",
    along="temperature",
)  # fmt: skip

BROADENING_AGAINST_TEMPERATURE = Method(
    name="broadening_against_temperature",
    title="Linewidth against temperature",
    techniques=(),
    inputs=(Input("widths", "linewidths along temperature", Takes.POINTS, quantity="fwhm", along="temperature"),),
    settings=(SCATTER,),
    results=("linewidth_zero", "linewidth_acoustic", "linewidth_phonon", "phonon_energy"),
    version=1,
    run="analysis.methods.broadening_against_temperature.run",
    along="temperature",
)

QUENCHING_AGAINST_TEMPERATURE = Method(
    name="quenching_against_temperature",
    title="Quenching against temperature",
    techniques=(),
    inputs=(
        Input("intensities", "photons of the line along temperature", Takes.POINTS, quantity="photons",
              along="temperature"),
    ),
    settings=(
        Setting(
            "channels", "how many channels quench", default="best", choices=("best", "one channel", "two channels"),
            help="Best takes the second only if AICc falls by 6.",
        ),
        SCATTER,
    ),
    results=(
        "quenching_intensity", "quenching_strength", "quenching_energy", "quenching_strength2", "quenching_energy2",
    ),
    version=1,
    run="analysis.methods.quenching_against_temperature.run",
    along="temperature",
)  # fmt: skip

LADDERS: tuple[Method, ...] = (
    PRESSURE_SHIFT,
    LIFETIME_AGAINST_PRESSURE,
    GAP_AGAINST_TEMPERATURE,
    PUBLISHED_GAP,
    BROADENING_AGAINST_TEMPERATURE,
    QUENCHING_AGAINST_TEMPERATURE,
)
