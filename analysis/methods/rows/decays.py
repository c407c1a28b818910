"""Methods of decays."""

from analysis.methods.contract import Input, Method, Setting

AS_TOLD = "as the file says"
COMPARED = "compared"
MODELS = (COMPARED, "mono", "bi", "tri", "stretched")
NO_RESPONSE, GAUSSIAN, MEASURED = "none", "gaussian", "measured"
PHOTON_COUNTING, ANALOGUE = "photon counting", "analogue"
FRACTIONS, COUNTS, MAXIMUM, SCALE = "fractions", "counts at t0", "data maximum", "scale"
AVERAGED, CENTRE = "averaged over the bin", "at the middle of the bin"
FIXED, AROUND = "as stated", "around the peak"

RECORDING = (
    Setting(
        "irf", "Instrument response", choices=(NO_RESPONSE, GAUSSIAN, MEASURED),
        help="Measured takes a recording of the pulse, gaussian a width (irf_fwhm_ns), none starts at the peak.",
    ),
    Setting("irf_fwhm_ns", "Width of the response", "ns", lower=1e-6, upper=1e6, from_conditions=("irf_fwhm_ns",)),
    Setting(
        "pulse_rate_mhz", "Pulse rate", "MHz", lower=1e-6, upper=1e4,
        from_conditions=("pulse_rate_mhz", "repetition_rate_mhz"),
        help="What one pulse leaves is still there at the next; without a rate nothing of it is assumed.",
    ),
    Setting("time_unit", "Unit of time", default=AS_TOLD, choices=(AS_TOLD, "ps", "ns", "µs", "ms", "s")),
    Setting(
        "counting", "Detector", default=AS_TOLD, choices=(AS_TOLD, PHOTON_COUNTING, ANALOGUE),
        help="Analogue counts are not photons: their gain is stated, or taken from the scatter about the fit.",
    ),
    Setting("counts_per_photon", "Counts per photon", lower=1e-6, upper=1e6, unit="counts"),
    Setting(
        "saturation_counts", "Saturation", "counts", lower=1.0, upper=1e12, from_conditions=("saturation_counts",)
    ),
    Setting("fit_start_ns", "Fit from", "ns", lower=-1e9, upper=1e9),
    Setting("fit_end_ns", "Fit to", "ns", lower=-1e9, upper=1e9),
    Setting("tau_low_ns", "Shortest lifetime", "ns", lower=1e-9, upper=1e9),
    Setting("tau_high_ns", "Longest lifetime", "ns", lower=1e-9, upper=1e9),
)  # fmt: skip

BAND = (
    Setting("band_low_nm", "Band from", "nm", default=600.0, lower=100.0, upper=20_000.0),
    Setting("band_high_nm", "Band to", "nm", default=675.0, lower=100.0, upper=20_000.0),
    Setting("band", "Band", default=FIXED, choices=(FIXED, AROUND)),
)  # fmt: skip

HOLDING = tuple(
    Setting(f"hold_{name}", f"Hold {label}", unit, lower=lower, upper=1e12)
    for name, label, unit, lower in (
        ("tau1_ns", "lifetime 1", "ns", 1e-9),
        ("tau2_ns", "lifetime 2", "ns", 1e-9),
        ("tau3_ns", "lifetime 3", "ns", 1e-9),
        ("background_counts", "the background per bin", "counts", 0.0),
        ("t0_ns", "the start of the decay", "ns", -1e9),
        ("beta", "β", "", 0.2),
    )
)

DECAYS: tuple[Method, ...] = (
    Method(
        name="decay",
        title="Decay",
        techniques=("TRPL",),
        inputs=(Input("decay", "decay"), Input("irf", "instrument response", is_needed=False)),
        settings=(
            Setting(
                "model", "Model", default=COMPARED, choices=MODELS,
                help="Compared: by BIC and AICc, without components that the data do not hold.",
            ),
            *RECORDING,
            *BAND,
            Setting(
                "normalisation", "Amplitudes", default=FRACTIONS, choices=(FRACTIONS, COUNTS, MAXIMUM, SCALE),
                help="Fractions sum to one; those of the data maximum or of a stated scale need not.",
            ),
            Setting("scale_counts", "Scale of the amplitudes", "counts", lower=1e-9, upper=1e15),
            Setting("sampling", "Model in a bin", default=AVERAGED, choices=(AVERAGED, CENTRE)),
            Setting(
                "integration_time_s", "Integration time", "s", lower=1e-6, upper=1e9,
                from_conditions=("integration_time_s",),
            ),
            Setting("peak_energy_ev", "PL peak", "eV", lower=0.1, upper=20.0),
            Setting("fwhm_mev", "PL linewidth", "meV", lower=0.1, upper=5_000.0),
            Setting("start_count", "Starts", "starts", default=20.0, lower=1.0, upper=1_000.0),
            *HOLDING,
        ),
        results=(
            "amplitude1", "tau1", "amplitude2", "tau2", "amplitude3", "tau3", "tau_amplitude", "tau_intensity",
            "tau_1e", "slow_fraction", "decay_background", "decay_start", "beta", "in_band_fraction", "irf_fwhm",
        ),
        version=1,
        run="analysis.methods.decay.run",
        is_automatic=True,
    ),
    Method(
        name="decay_map",
        title="Decay at every wavelength",
        techniques=("TRPL",),
        inputs=(Input("decay", "streak map"), Input("irf", "instrument response", is_needed=False)),
        settings=(
            Setting("model", "Model", default=COMPARED, choices=(COMPARED, "mono", "bi", "tri")),
            *RECORDING,
            Setting("start_count", "Starts", "starts", default=20.0, lower=1.0, upper=1_000.0),
            *HOLDING[:5],
        ),
        results=(
            "amplitude1", "tau1", "amplitude2", "tau2", "amplitude3", "tau3", "tau_amplitude", "tau_intensity",
            "decay_start", "irf_fwhm",
        ),
        version=1,
        run="analysis.methods.decay_map.run",
    ),
)  # fmt: skip
