"""The powder pattern of the black perovskite at room temperature: where copper radiation is reflected, how strongly."""

import math

CU_KALPHA1_ANGSTROM, CU_KALPHA2_ANGSTROM, KALPHA2_RATIO, SCHERRER = 1.54056, 1.54439, 0.5, 0.9
# 2θ of Kα1 in degrees, and the area beside that of (220): calculated for γ-CsPbI3 in Pbnm with the cell and the atoms
# of Sutton et al., ACS Energy Lett. 3 (2018) 1787; what is weaker than a hundredth is left out.
REFLECTIONS = (
    (14.191, 0.273), (14.364, 0.482), (20.036, 0.256), (20.245, 0.558), (20.696, 0.190), (22.580, 0.148),
    (23.024, 0.131), (23.692, 0.094), (23.764, 0.220), (24.117, 0.089), (24.637, 0.223), (25.183, 0.180),
    (25.831, 0.058), (26.769, 0.147), (27.149, 0.126), (28.605, 0.628), (28.961, 1.000), (29.446, 0.080),
    (29.851, 0.047), (31.274, 0.020), (31.605, 0.011), (32.038, 0.211), (32.094, 0.060), (32.148, 0.149),
    (32.388, 0.089), (32.853, 0.045), (32.894, 0.089), (33.690, 0.024), (35.172, 0.192), (35.196, 0.222),
    (35.569, 0.160), (35.986, 0.407), (36.746, 0.029), (37.033, 0.027), (37.412, 0.010), (37.519, 0.039),
    (38.126, 0.030), (38.827, 0.012), (39.554, 0.021), (39.755, 0.015), (40.202, 0.017), (40.719, 0.114),
    (41.158, 0.563), (41.385, 0.028), (42.108, 0.082), (42.116, 0.055), (42.892, 0.089), (43.060, 0.052),
    (43.145, 0.031), (43.385, 0.046), (43.478, 0.138), (43.479, 0.068), (44.018, 0.015), (44.141, 0.055),
    (44.654, 0.015), (44.662, 0.076), (45.874, 0.068), (46.044, 0.069), (46.101, 0.083), (46.518, 0.012),
    (46.824, 0.044), (47.050, 0.054), (48.387, 0.040), (48.845, 0.032), (48.930, 0.020), (49.460, 0.029),
    (49.536, 0.052), (50.516, 0.103), (51.337, 0.054), (51.697, 0.072), (51.704, 0.021),
)  # fmt: skip
GROUND_COUNTS, NEAR_BEAM_COUNTS, NEAR_BEAM_DEG = 130.0, 90.0, 12.0


def pattern_of(axis_deg: list[float], edge_nm: float, counts: float) -> list[float]:
    """Return the counts along 2θ; small crystals widen the lines as Scherrer says, `counts` is the height of (220)."""
    lines = [line for at_deg, area in REFLECTIONS for line in doublet(at_deg, area, edge_nm)]
    tallest = max(area / width_deg for _, area, width_deg in lines)
    return [
        GROUND_COUNTS
        + NEAR_BEAM_COUNTS * math.exp(-two_theta_deg / NEAR_BEAM_DEG)
        + counts * sum(seen(two_theta_deg, *line) for line in lines) / tallest
        for two_theta_deg in axis_deg
    ]


def doublet(at_deg: float, area: float, edge_nm: float) -> list[tuple[float, float, float]]:
    """Return both lines of copper for one reflection: place, area and width."""
    sine = math.sin(math.radians(at_deg / 2))
    return [
        line_of(sine * length_angstrom / CU_KALPHA1_ANGSTROM, length_angstrom, area * strength, edge_nm)
        for length_angstrom, strength in ((CU_KALPHA1_ANGSTROM, 1.0), (CU_KALPHA2_ANGSTROM, KALPHA2_RATIO))
    ]


def line_of(sine: float, length_angstrom: float, area: float, edge_nm: float) -> tuple[float, float, float]:
    """Return the place, the area and the width of a line from the sine of its angle."""
    theta = math.asin(sine)
    width_deg = math.degrees(SCHERRER * length_angstrom / (10 * edge_nm * math.cos(theta)))
    return 2 * math.degrees(theta), area, width_deg


def seen(two_theta_deg: float, at_deg: float, area: float, width_deg: float) -> float:
    """Return a Lorentzian of an area, up to the factor that all of them share."""
    return area / width_deg / (1 + ((two_theta_deg - at_deg) / (width_deg / 2)) ** 2)
