"""Methods of optics."""

from analysis.methods.contract import Input, Method, Setting, Takes
from analysis.methods.rows.spectra import AXIS_SETTINGS, COUNTING_SETTINGS

PL_SHAPES = ("compared", "gaussian", "gaussian, sloping background", "voigt", "two-sided", "two gaussians")

EXCITON_SETTINGS = (
    Setting(
        "above_ev", "Fitted up to, above the exciton", "eV", default=1.0, lower=0.3, upper=3.0,
        help="Further up other transitions follow that the model does not have.",
    ),
    Setting(
        "window_mev", "Window of the second derivative", "meV", lower=5.0, upper=300.0,
        help="Without one it is 0.7 of the exciton's width.",
    ),
)  # fmt: skip

MARGIN_SETTINGS = (
    Setting(
        "margin_mev", "the margin", "meV", lower=1e-3, upper=1000.0, is_needed=True,
        help="Lines whose energies and widths differ by less count as the same.",
    ),
    Setting(
        "repeat_mev", "How well a line repeats", "meV", lower=0.0, upper=1000.0,
        help="Standard deviation between spectra of one sample on different days; the error of a fit has none of it.",
    ),
)  # fmt: skip

OPTICS: tuple[Method, ...] = (
    Method(
        name="pl_peak",
        title="PL line",
        techniques=("PL",),
        inputs=(Input("spectrum", "PL spectrum"),),
        settings=(
            Setting(
                "shape", "Shape", default="compared", choices=PL_SHAPES,
                help="Compared: a Gaussian in energy unless another shape gains more than 10 in AICc.",
            ),
            *COUNTING_SETTINGS,
            *AXIS_SETTINGS,
        ),
        results=("peak_energy", "peak_wavelength", "fwhm", "photons", "centroid_energy"),
        version=1,
        run="analysis.methods.pl_peak.run",
        is_automatic=True,
    ),
    Method(
        name="absorption",
        title="First exciton",
        techniques=("absorbance",),
        inputs=(Input("spectrum", "absorbance spectrum"),),
        settings=(
            *EXCITON_SETTINGS,
            *AXIS_SETTINGS,
        ),
        results=(
            "exciton_energy", "exciton_fwhm", "exciton_absorbance", "exciton_minimum", "scattering_absorbance",
            "tauc_gap",
        ),
        version=1,
        run="analysis.methods.absorption.run",
        is_automatic=True,
    ),
    Method(
        name="stokes_shift",
        title="Stokes shift",
        techniques=(),
        inputs=(
            Input("absorbance", "absorbance spectrum", is_needed=False),
            Input("emission", "PL spectrum", is_needed=False),
            Input("exciton", "energy of the first exciton", Takes.POINTS, is_needed=False, quantity="exciton_energy"),
            Input("line", "energy of the PL", Takes.POINTS, is_needed=False, quantity="peak_energy"),
        ),
        settings=(*COUNTING_SETTINGS, *AXIS_SETTINGS),
        results=("stokes_shift", "stokes_shift_minimum"),
        version=1,
        run="analysis.methods.stokes_shift.run",
    ),
    Method(
        name="film_against_solution",
        title="Film against solution",
        techniques=("PL",),
        inputs=(Input("solution", "PL of the solution"), Input("film", "PL of the film")),
        settings=(*MARGIN_SETTINGS, *COUNTING_SETTINGS, *AXIS_SETTINGS),
        results=("pl_shift", "pl_broadening", "pl_overlap", "pl_cosine"),
        version=1,
        run="analysis.methods.film_against_solution.run",
    ),
    Method(
        name="reversibility",
        title="Reversibility",
        techniques=("PL",),
        inputs=(Input("before", "PL before the load"), Input("after", "PL after the release")),
        settings=(*MARGIN_SETTINGS, *COUNTING_SETTINGS, *AXIS_SETTINGS),
        results=("pl_shift", "pl_broadening", "pl_overlap", "pl_cosine", "pl_ratio"),
        version=1,
        run="analysis.methods.reversibility.run",
    ),
    Method(
        name="absorbance_against_temperature",
        title="Absorbance against temperature",
        techniques=("absorbance",),
        inputs=(
            Input("spectra", "absorbance spectra at several temperatures", is_needed=False, is_many=True),
            Input(
                "energies", "exciton energies against temperature", Takes.POINTS, is_needed=False,
                quantity="exciton_energy", along="temperature",
            ),
        ),
        settings=(
            Setting(
                "phonon_energy_mev", "Energy of the LO phonons", "meV", lower=1.0, upper=200.0,
                help="With it the smooth curve is E₀ + A T + B coth(ħω/2kT), without it a polynomial.",
            ),
            *EXCITON_SETTINGS,
            *AXIS_SETTINGS,
        ),
        results=("exciton_jump", "exciton_jump_temperature", "exciton_jump_limit"),
        version=1,
        run="analysis.methods.absorbance_against_temperature.run",
        along="temperature",
    ),
)  # fmt: skip
