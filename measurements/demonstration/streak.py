"""Images of the streak camera as HPD-TA stores them: a header, the comment, the counts, and the tables of both axes."""

import struct
from array import array
from datetime import datetime

from measurements.demonstration.counting import Counting
from measurements.demonstration.decays import RESPONSE_RATIO, Decay
from measurements.demonstration.shapes import Emission
from measurements.demonstration.texts import SAID, spread

COLUMNS, ROWS = 64, 128
WINDOW_NS, START_NS = 50.0, 4.0
DARK_COUNTS = 0.3
HEADER = struct.Struct("<2s6HIHH")
HEADER_BYTES = 64
COUNTS_OF_TWO_BYTES = 2
LASER = Emission(3.0996, 0.03, 900.0)


def streak_image(
    line: Emission, decay: Decay, *, from_to_nm: tuple[float, float], at: datetime, seed: str,
    window_ns: float = WINDOW_NS,
) -> bytes:  # fmt: skip
    """Return an image of a decay along wavelength and time; that of the laser's line shows the response."""
    noise, response_ns = Counting(seed), RESPONSE_RATIO * window_ns
    wavelengths_nm, times_ns = spread(*from_to_nm, COLUMNS), spread(0, window_ns, ROWS)
    left = [decay.over_bin(one - START_NS, times_ns[1], response_ns) for one in times_ns]
    heights = [line.at(one) for one in wavelengths_nm]
    image = array("H", (noise.counts(DARK_COUNTS + height * part) for part in left for height in heights))
    comment = comment_of(at, centre_nm=sum(from_to_nm) / 2, window_ns=window_ns)
    header = HEADER.pack(b"IM", len(comment), COLUMNS, ROWS, 0, 0, COUNTS_OF_TWO_BYTES, 0, 0, 0)
    tables = struct.pack(f"<{COLUMNS}f", *wavelengths_nm) + struct.pack(f"<{ROWS}f", *times_ns)
    counts = struct.pack(f"<{len(image)}H", *image)
    return header.ljust(HEADER_BYTES, b"\0") + comment + counts + tables


def comment_of(at: datetime, *, centre_nm: float, window_ns: float) -> bytes:
    """Return the comment, which says where behind the counts the tables of the axes begin."""
    sections = (
        f'[Application],Date="{at:%d/%m/%Y}",Time="{at:%H:%M:%S}.000",Software="HPD-TA",SoftwareVersion="9.5 pf10"',
        '[Camera],CameraName="Orca R2"',
        "[Acquisition],NrExposure=20000,ExposureTime=200 ms,AcqMode=3,BytesPerPixel=2,ZAxisUnit=Count",
        f'[Streak camera],DeviceName="C5680",Time Range="{window_ns:g} ns",Mode="Operate",MCP Gain="63"',
        f'[Spectrograph],DeviceName="Acton SP2300",Wavelength="{centre_nm:g}",Grating="50 g/mm"',
    )
    fixed = "\r\n".join(sections)
    blank = fixed + scaling_of(0)
    tables_from_bytes = HEADER_BYTES + len(blank.encode()) + COUNTS_OF_TWO_BYTES * COLUMNS * ROWS
    return (fixed + scaling_of(tables_from_bytes)).encode()


def scaling_of(tables_from_bytes: int) -> str:
    """Return the section that names the tables; it is as long for every place."""
    x, y = tables_from_bytes, tables_from_bytes + 4 * COLUMNS
    return (
        f'\r\n[Scaling],ScalingXType=2,ScalingXScale=1,ScalingXUnit="nm",ScalingXScalingFile="#{x:07d},{COLUMNS:04d}",'
        f'ScalingYType=2,ScalingYScale=1,ScalingYUnit="ns",ScalingYScalingFile="#{y:07d},{ROWS:04d}"'
        f'[Comment],UserComment="{SAID}"\r\n'
    )
