"""Methods of optics."""

from analysis.methods.contract import Input, Method, Setting
from analysis.methods.rows.spectra import AXIS_SETTINGS, COUNTING_SETTINGS

PL_SHAPES = ("compared", "gaussian", "gaussian, sloping background", "voigt", "two-sided", "two gaussians")

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
            Setting(
                "above_ev", "Fitted up to, above the exciton", "eV", default=1.0, lower=0.3, upper=3.0,
                help="Further up other transitions follow that the model does not have.",
            ),
            Setting(
                "window_mev", "Window of the second derivative", "meV", lower=5.0, upper=300.0,
                help="Without one it is 0.7 of the exciton's width.",
            ),
            *AXIS_SETTINGS,
        ),
        results=(
            "exciton_energy", "exciton_fwhm", "exciton_absorbance", "exciton_minimum", "scattering_absorbance", "tauc_gap",
        ),
        version=1,
        run="analysis.methods.absorption.run",
        is_automatic=True,
    ),
)  # fmt: skip
