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
)  # fmt: skip
