"""Methods of ruby and pressure."""

from analysis.methods.contract import Input, Method, Setting, Takes

SPECTRUM = Input("ruby", "a ruby spectrum")
LASER = Setting(
    "laser_nm", "the wavelength of the laser", "nm", lower=200.0, upper=1100.0, from_conditions=("laser_nm",),
    help="Needed when the axis is a Raman shift; in the same medium as λ0.",
)  # fmt: skip
SHAPE = Setting(
    "shape", "the shape of the lines", default="best", choices=("best", "Lorentzian", "pseudo-Voigt"),
    help="Best takes Lorentzians unless pseudo-Voigts are clearly better (AICc lower by 10).",
)  # fmt: skip
HALF_WINDOW = Setting(
    "half_window_nm", "how far on either side of the strongest line is fitted", "nm", default=10.0, lower=3.0,
    upper=100.0,
)  # fmt: skip
MEDIA = ("air", "vacuum")
LINES = ("ruby_r1", "ruby_r1_fwhm", "ruby_r2", "ruby_r2_fwhm", "ruby_splitting")

RUBY = Method(
    name="ruby",
    title="Pressure by ruby",
    techniques=("ruby",),
    inputs=(SPECTRUM,),
    settings=(
        Setting(
            "lambda0_nm", "λ0, where R1 of a ruby without pressure lies", "nm", lower=690.0, upper=700.0,
            is_needed=True, from_conditions=("lambda0_nm",),
            help="Measured on the same instrument and day in the same medium; about 694.24 nm in air at 296 K.",
        ),
        Setting(
            "scale", "the pressure scale", choices=("Mao1986", "Ruby2020", "DorogokupetsOganov2007"), is_needed=True,
            from_conditions=("pressure_scale",), help="The pressure on the others is told beside it.",
        ),
        LASER,
        Setting(
            "lambda0_stderr_nm", "the error of λ0", "nm", lower=0.0, upper=5.0,
            from_conditions=("lambda0_stderr_nm",),
        ),
        Setting(
            "calibration_stderr_nm", "the error of the wavelength axis of this spectrum", "nm", lower=0.0, upper=5.0,
            from_conditions=("calibration_stderr_nm",),
            help="0.01 nm here and in λ0 are 0.039 GPa; the fit alone is far below that.",
        ),
        Setting(
            "temperature_k", "the temperature of the ruby", "K", lower=50.0, upper=900.0,
            from_conditions=("temperature_k",),
        ),
        Setting("temperature_stderr_k", "the error of that temperature", "K", lower=0.0, upper=100.0),
        Setting(
            "lambda0_temperature_k", "the temperature at which λ0 was measured", "K", lower=50.0, upper=900.0,
            from_conditions=("lambda0_temperature_k",), help="λ0 is moved from there to the ruby (Datchi 2007).",
        ),
        Setting(
            "medium", "the medium that the wavelengths of the spectrum are in", choices=MEDIA,
            from_conditions=("medium",), help="Without it, the same as that of λ0.",
        ),
        Setting(
            "lambda0_medium", "the medium that λ0 is in", choices=MEDIA, from_conditions=("lambda0_medium",),
        ),
        SHAPE,
        HALF_WINDOW,
    ),
    results=("pressure", *LINES, "pressure_detection_limit"),
    version=1,
    run="analysis.methods.ruby.run",
    is_automatic=True,
    along="pressure",
)  # fmt: skip

RUBY_LAMBDA0 = Method(
    name="ruby_lambda0",
    title="λ0 of an ambient ruby",
    techniques=("ruby",),
    inputs=(SPECTRUM,),
    settings=(LASER, SHAPE, HALF_WINDOW),
    results=LINES,
    version=1,
    run="analysis.methods.ruby_lambda0.run",
    is_automatic=True,
)

RUNG_PRESSURE = Method(
    name="rung_pressure",
    title="Pressure of a rung",
    techniques=(),
    inputs=(Input("rubies", "the ruby pressures of one rung", Takes.POINTS, quantity="pressure"),),
    settings=(),
    results=("pressure", "pressure_drift", "pressure_spread"),
    version=1,
    run="analysis.methods.rung_pressure.run",
    along="pressure",
)

PRESSURE: tuple[Method, ...] = (RUBY_LAMBDA0, RUBY, RUNG_PRESSURE)
