"""Streak images as HPD-TA writes them, made byte by byte."""

import struct

import numpy as np

from measurements.readers.recording import Numbers

COMMENT = (
    '[Application],Date="{date}",Time="11:34:55.147",Software="HPD-TA",SoftwareVersion="9.5 pf10"\r\n'
    '[Camera],CameraName="Orca R2",Binning="2"\r\n'
    "[Acquisition],NrExposure=60,ExposureTime=200 ms,AcqMode=3,BacksubCorr=-1,ShadingCorr=0,ZAxisUnit=Count\r\n"
    '[Grabber],Type=5,SubType=0[DisplayLUT],EntrySize=4,BitRange="16 bit"\r\n'
    '[Streak camera],DeviceName="C5680",PluginName="M5677",Time Range="20 us",Mode="{mode}",MCP Gain="50"\r\n'
    '[Spectrograph],DeviceName="Andor SG",Wavelength="500",Grating="300 g/mm"\r\n'
    '[Scaling],ScalingXType=2,ScalingXUnit="nm",ScalingXScalingFile="{x}",'
    'ScalingYType={y_type},ScalingYScale=1,ScalingYUnit="{y_unit}",ScalingYScalingFile="{y}"'
    '[Comment],UserComment="NC-024, toluene [old]"'
)
ROWS, COLUMNS = 3, 4


def streak_counts(dtype: str = "<u2") -> Numbers:
    """Return counts that are different in every pixel."""
    return np.arange(ROWS * COLUMNS, dtype=dtype).reshape(ROWS, COLUMNS)


def wavelengths() -> bytes:
    """Return the table of wavelengths, downwards as the camera has it."""
    return np.linspace(700, 640, COLUMNS, dtype="<f4").tobytes()


def times() -> bytes:
    """Return the table of times."""
    return np.linspace(0, 20, ROWS, dtype="<f4").tobytes()


def comment(**changes: object) -> str:
    """Return a comment of a measurement, with what a test changes of it."""
    usual = {"date": "20/01/2023", "mode": "Operate", "x": "Other", "y": "Other", "y_type": 2, "y_unit": "us"}
    return COMMENT.format(**(usual | changes))


def img_file(dtype: str = "<u2", **changes: object) -> bytes:
    """Return an image file whose tables lie behind the counts, unless a test places them elsewhere."""
    counts = streak_counts(dtype)
    kind = {"<u1": 0, "<u2": 2, "<u4": 3}[dtype]
    usual: dict[str, object] = {"x": "#0000000,0000", "y": "#0000000,0000"}
    length = len(comment(**(usual | changes)))
    tables = 64 + length + counts.nbytes
    places = {"x": f"#{tables:07},{COLUMNS:04}", "y": f"#{tables + 4 * COLUMNS:07},{ROWS:04}"}
    text = comment(**(places | changes)).encode().ljust(length, b"\0")
    head = struct.pack("<2s6HIHH", b"IM", length, COLUMNS, ROWS, 0, 0, kind, 0, 0, 0).ljust(64, b"\0")
    return head + text + counts.tobytes() + wavelengths() + times()
