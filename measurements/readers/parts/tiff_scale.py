"""How large a pixel of a TIFF image is: microscopes and programs each write it in a place of their own."""

import re
from dataclasses import dataclass
from typing import BinaryIO

from measurements.readers.parts.tiff_directory import DESCRIPTION, Page
from measurements.readers.parts.tiff_pixels import quiet
from measurements.readers.refusal import Unread

RESOLUTION_X, RESOLUTION_Y, RESOLUTION_UNIT = 282, 283, 296
INCH = 2
FEI_TAGS = (34682, 34680)
OLYMPUS_TAGS = (33560, 33471)
LONGEST_SENTENCE = 2_000
GATAN_UNIT, GATAN_SCALE_X, GATAN_SCALE_Y = 65003, 65009, 65010
NM_PER = {"nm": 1.0, "µm": 1e3, "um": 1e3, "micron": 1e3, "microns": 1e3, "Å": 0.1, "A": 0.1, "angstrom": 0.1}
NM_PER |= {"\\u00B5m": 1e3, "μm": 1e3, "pm": 1e-3, "mm": 1e6, "m": 1e9}
WORDED = re.compile(r"(\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?)\s*(nm|[µμu]m|pm|Å)\s*(?:/|per)\s*(?:px|pixel)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scale:
    """The size of a pixel, with the words of the file that it was taken from."""

    x_nm: float
    y_nm: float
    source: str


def scale_of(page: Page, stream: BinaryIO) -> Scale | None:
    """Return the scale that the page's own program wrote; print resolutions in dots per inch are none."""
    for found in (_imagej(page), _gatan(page), _fei(page), _olympus(page, stream)):
        if found and 1e-4 < found.x_nm < 1e7 and 1e-4 < found.y_nm < 1e7:
            return found
    return None


def worded_nm_per_px(text: str) -> float | None:
    """Return the scale that a sentence names, such as “0.220 nm/px”."""
    found = WORDED.search(text[:LONGEST_SENTENCE])
    if not found:
        return None
    unit = found[2] if found[2] in NM_PER else found[2].lower()
    return round(float(found[1].replace(",", ".")) * NM_PER.get(unit, 1.0), 12)


def jeol_nm(page: Page, magnification: float) -> tuple[float, float]:
    """Return the pixel of a JEOL image: its resolution is of the screen, which the magnification shrinks.

    Raises Unread when the resolution or the magnification is missing.
    """
    across, down = (page.numbers(tag) for tag in (RESOLUTION_X, RESOLUTION_Y))
    if not across or not down or across[0] <= 0 or down[0] <= 0 or magnification <= 0:
        raise Unread("The image has no resolution", offset_bytes=page.offset_bytes)
    step_nm = (25.4e6 if page.whole(RESOLUTION_UNIT, INCH) == INCH else 10e6) / magnification
    return step_nm / across[0], step_nm / down[0]


def _imagej(page: Page) -> Scale | None:
    text = page.text(DESCRIPTION)
    unit = re.search(r"^unit=(.+)$", text, re.MULTILINE)
    across, down = (page.numbers(tag) for tag in (RESOLUTION_X, RESOLUTION_Y))
    if not text.startswith("ImageJ=") or not unit or not across or not down:
        return None
    nm = NM_PER.get(unit[1].strip())
    if nm is None or across[0] <= 0 or down[0] <= 0:
        return None
    return Scale(nm / across[0], nm / down[0], "ImageJ")


def _gatan(page: Page) -> Scale | None:
    nm = NM_PER.get(page.text(GATAN_UNIT).strip())
    across, down = page.numbers(GATAN_SCALE_X), page.numbers(GATAN_SCALE_Y)
    return Scale(across[0] * nm, down[0] * nm, "DigitalMicrograph") if nm and across and down else None


def _fei(page: Page) -> Scale | None:
    for tag in FEI_TAGS:
        sizes = dict(re.findall(r"^Pixel(Width|Height)=([\d.eE+-]+)\s*$", page.text(tag), re.MULTILINE))
        try:
            return Scale(float(sizes["Width"]) * 1e9, float(sizes["Height"]) * 1e9, "FEI")
        except (KeyError, ValueError):
            continue
    return None


def _olympus(page: Page, stream: BinaryIO) -> Scale | None:
    if not any(tag in page.tags for tag in OLYMPUS_TAGS):
        return None
    import tifffile

    try:
        stream.seek(0)
        with quiet(), tifffile.TiffFile(stream) as file:
            sizes = file.sis_metadata or {}
        return Scale(float(sizes["pixelsizex"]) * 1e9, float(sizes["pixelsizey"]) * 1e9, "Olympus SIS")
    except Exception:  # A tag that is not understood leaves the image without a scale, never unread.
        return None
