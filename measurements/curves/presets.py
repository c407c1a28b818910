"""Sizes and type of figures, by where they are printed."""

from dataclasses import dataclass

MM_PER_INCH = 25.4
# A pixel of style sheets is 1/96 inch, whatever the screen.
PX_PER_INCH = 96
FORMATS = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}
DPI = (300, 600)


@dataclass(frozen=True, slots=True)
class Preset:
    """One place for a figure; lengths are printed lengths, type sizes printed points."""

    key: str
    label: str
    width_mm: float
    height_mm: float
    font_size_pt: float = 8.0
    line_width_pt: float = 1.0
    axis_width_pt: float = 0.75

    @property
    def width_px(self) -> int:
        """Its width on a screen at the size of its print."""
        return round(self.width_mm / MM_PER_INCH * PX_PER_INCH)

    @property
    def height_px(self) -> int:
        """Its height on a screen at the size of its print."""
        return round(self.height_mm / MM_PER_INCH * PX_PER_INCH)


PRESETS = {
    preset.key: preset
    for preset in (
        # ACS: single column 3.25 in, double 7 in, at most 9.5 in high (pubs.acs.org, preparing graphics).
        Preset("acs", "ACS, one column (82.5 mm)", 82.5, 62.0),
        Preset("acs2", "ACS, two columns (178 mm)", 177.8, 80.0),
        # Nature: 89 mm and 183 mm, type 5 to 7 pt.
        Preset("nature", "Nature, one column (89 mm)", 89.0, 65.0, font_size_pt=7.0),
        Preset("nature2", "Nature, two columns (183 mm)", 183.0, 80.0, font_size_pt=7.0),
        Preset("slide", "Slide, 16:9", 254.0, 142.9, font_size_pt=18.0, line_width_pt=2.0, axis_width_pt=1.25),
        Preset("thesis", "Thesis, A4", 150.0, 95.0, font_size_pt=9.0),
    )
}
USUAL = "acs"
