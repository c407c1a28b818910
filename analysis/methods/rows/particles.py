"""Methods of particles."""

from analysis.methods.contract import Input, Method, Setting

SIZES = (
    "edge_length", "edge_length_std", "edge_length_sem", "edge_length_median", "edge_length_volume",
    "edge_length_dispersion", "particle_count",
)  # fmt: skip
SCALE_ERROR = Setting(
    "scale_stderr_percent", "Error of the scale", "%", lower=0.0, upper=50.0, from_conditions=("scale_stderr_percent",),
    help="Of the nm per px; it is added to every length in quadrature and not divided by √n.",
)  # fmt: skip
NM_PER_PX_LIMITS = (1e-4, 1e4)
PIXEL_ERROR = Setting(
    "nm_per_px_stderr", "Error of the pixel size", "nm", lower=0.0, upper=1e4, from_conditions=("nm_per_px_stderr",),
    help="The same as the error of the scale, beside the pixel size it is of.",
)  # fmt: skip

PARTICLES: tuple[Method, ...] = (
    Method(
        name="particle_sizes",
        title="Sizes from a list",
        techniques=("TEM edges",),
        inputs=(Input("edges", "list of edge lengths", is_many=True),),
        settings=(
            SCALE_ERROR,
            PIXEL_ERROR,
            Setting(
                "nm_per_px", "Pixel size", "nm", lower=NM_PER_PX_LIMITS[0], upper=NM_PER_PX_LIMITS[1],
                from_conditions=("nm_per_px",), help="Only for lists in pixels.",
            ),
            Setting(
                "bin_width_nm", "Width of a bin", "nm", lower=1e-4, upper=1e4,
                help="Of the histogram only; 2 IQR n^(−1/3) without one.",
            ),
        ),
        results=SIZES,
        version=1,
        run="analysis.methods.particle_sizes.run",
        is_automatic=True,
    ),
    Method(
        name="particle_image",
        title="Sizes from an image",
        techniques=("TEM image",),
        inputs=(Input("image", "TEM image"),),
        settings=(
            Setting(
                "nm_per_px", "the size of a pixel", "nm", lower=NM_PER_PX_LIMITS[0], upper=NM_PER_PX_LIMITS[1],
                is_needed=True, from_conditions=("nm_per_px",),
            ),
            SCALE_ERROR,
            PIXEL_ERROR,
            Setting(
                "polarity", "Particles are", default="told by the image",
                choices=("told by the image", "dark", "bright"),
                help="The smaller part of the image unless it is stated.",
            ),
            Setting(
                "edge", "Edge", default="root of the area", choices=("root of the area", "mean side of the rectangle")
            ),
            Setting("least_area_px", "Smallest area", "px", default=400.0, lower=25.0, upper=1e6),
            Setting("least_solidity", "Least filled part of the hull", default=0.9, lower=0.5, upper=1.0),
            Setting("most_aspect", "Greatest aspect", default=1.5, lower=1.05, upper=20.0),
        ),
        results=(*SIZES, "particle_aspect"),
        version=1,
        run="analysis.methods.particle_image.run",
        is_automatic=True,
    ),
)  # fmt: skip
