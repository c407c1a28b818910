"""A map as a PNG without a drawing library: every point a pixel, colors of viridis or grays."""

import struct
import zlib
from typing import TYPE_CHECKING

from measurements.curves.colors import VIRIDIS, channels
from measurements.curves.heat import HeatMap, levels_of, thinned_map

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from measurements.curves.loading import Numbers

    Colors = NDArray[np.uint8]

COLORS = 256
PICTURE_ROWS, PICTURE_COLUMNS = 512, 700
SIGNATURE = b"\x89PNG\r\n\x1a\n"
RGB = 2


def picture_of_map(heat: HeatMap) -> bytes:
    """Return a map as a PNG, the first row of a map at the bottom and of an image at the top; gaps are white."""
    import numpy as np

    values = thinned_map(heat, PICTURE_ROWS, PICTURE_COLUMNS).values.astype(float)
    low, high = levels_of(values, heat.recipe)
    shares = shares_of(values, low, high, is_log=heat.recipe.scale == "log")
    ladder = grays() if heat.is_image else viridis_ladder()
    pixels = ladder[np.nan_to_num(shares * (COLORS - 1)).astype(np.uint8)]
    pixels[~np.isfinite(values)] = 255
    return png_of(pixels if heat.is_image else pixels[::-1])


def shares_of(values: "Numbers", low: float, high: float, *, is_log: bool) -> "Numbers":
    """Return where values lie between the first and the last color, from 0 to 1; what has no logarithm is at 0."""
    import numpy as np

    if is_log:
        with np.errstate(invalid="ignore", divide="ignore"):
            values = np.where(values > 0, np.log10(values), -np.inf)
        low, high = float(np.log10(low)), float(np.log10(high))
    shares: Numbers = np.clip((values - low) / (high - low), 0.0, 1.0)
    return shares


def viridis_ladder() -> "Colors":
    """Return the colors of viridis, between its anchors by straight lines."""
    import numpy as np

    anchors = np.array([channels(one) for one in VIRIDIS], dtype=float)
    places = np.linspace(0, len(VIRIDIS) - 1, COLORS)
    parts = [np.interp(places, np.arange(len(VIRIDIS)), anchors[:, one]) for one in range(3)]
    return np.stack(parts, axis=1).round().astype(np.uint8)


def grays() -> "Colors":
    """Return black to white."""
    import numpy as np

    return np.repeat(np.arange(COLORS, dtype=np.uint8)[:, None], 3, axis=1)


def png_of(pixels: "Colors") -> bytes:
    """Return pixels as the bytes of a PNG; each row is preceded by its filter, none."""
    import numpy as np

    rows, columns, _ = pixels.shape
    lines = np.zeros((rows, 1 + 3 * columns), dtype=np.uint8)
    lines[:, 1:] = pixels.reshape(rows, -1)
    head = struct.pack(">IIBBBBB", columns, rows, 8, RGB, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines.tobytes(), 6)) + chunk(b"IEND", b"")


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return one part of a PNG with its length and its checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
