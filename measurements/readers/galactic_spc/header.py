"""The header of a GRAMS file: which layout it has, what its axes are called, when and how it was measured."""

import math
import struct
from dataclasses import dataclass
from datetime import datetime

from measurements.readers.recording import Caution, Instant

NEW, NEW_BIG_ENDIAN, OLD = 0x4B, 0x4C, 0x4D
HEADER = struct.Struct("<BBBbIddIBBBBI9s9sH32s130s30sIIBBHf48sfIfB187s")
X_TYPES = {
    0: "",
    1: "1/cm",
    2: "µm",
    3: "nm",
    4: "s",
    5: "min",
    6: "Hz",
    7: "kHz",
    8: "MHz",
    9: "m/z",
    10: "ppm",
    11: "d",
    12: "a",
    13: "1/cm",
    14: "eV",
    16: "diode",
    17: "channel",
    18: "deg",
    19: "°F",
    20: "°C",
    21: "K",
    22: "point",
    23: "ms",
    24: "us",
    25: "ns",
    26: "GHz",
    27: "cm",
    28: "m",
    29: "mm",
    30: "h",
    255: "",
}
Y_TYPES = {
    0: "",
    1: "interferogram",
    2: "A",
    3: "Kubelka-Munk",
    4: "counts",
    5: "V",
    6: "deg",
    7: "mA",
    8: "mm",
    9: "mV",
    10: "log(1/R)",
    11: "%",
    12: "",
    13: "",
    14: "energy",
    16: "dB",
    19: "°F",
    20: "°C",
    21: "K",
    22: "refractive index",
    23: "extinction coefficient",
    24: "real",
    25: "imaginary",
    26: "complex",
    128: "transmission",
    129: "reflectance",
    130: "",
    131: "emission",
    255: "",
}
RAMAN_SHIFT = 13
EXPERIMENTS = {
    1: "gas chromatogram",
    2: "chromatogram",
    3: "HPLC chromatogram",
    4: "FT-IR, FT-NIR or FT-Raman",
    5: "NIR",
    7: "UV-VIS",
    8: "X-ray diffraction",
    9: "mass spectrum",
    10: "NMR",
    11: "Raman",
    12: "fluorescence",
    13: "atomic",
    14: "diode array chromatogram",
}
FLOATS = -128
LARGEST_X = 1e12


@dataclass(frozen=True, slots=True)
class Flags:
    """What the first byte says of the layout."""

    has_short_values: bool
    has_several: bool
    has_labels: bool
    has_own_x: bool
    has_x: bool

    @classmethod
    def of(cls, bits: int) -> "Flags":
        """Return the flags of a byte."""
        return cls(
            bool(bits & 1), bool(bits & 4), bool(bits & 32), bool(bits & 64) and bool(bits & 128), bool(bits & 128)
        )


@dataclass(frozen=True, slots=True)
class Header:
    """The 512 bytes in front of everything else."""

    flags: Flags
    experiment: int
    exponent: int
    points: int
    first: float
    last: float
    subfiles: int
    x_type: int
    y_type: int
    z_type: int
    date: int
    resolution: str
    source: str
    comment: str
    labels: tuple[str, ...]
    log_at: int
    method: str
    planes: int

    @classmethod
    def of(cls, content: bytes) -> "Header":
        """Return the header of a file that has one."""
        raw = HEADER.unpack_from(content)
        labels = tuple(part.decode("cp1252", errors="replace").strip() for part in raw[18].split(b"\0")[:3])
        return cls(
            flags=Flags.of(raw[0]),
            experiment=raw[2],
            exponent=raw[3],
            points=raw[4],
            first=raw[5],
            last=raw[6],
            subfiles=raw[7],
            x_type=raw[8],
            y_type=raw[9],
            z_type=raw[10],
            date=raw[12],
            resolution=_text(raw[13]),
            source=_text(raw[14]),
            comment=_text(raw[17]),
            labels=labels,
            log_at=raw[19],
            method=_text(raw[25]),
            planes=raw[27],
        )

    @property
    def is_plausible(self) -> bool:
        """Say whether the types are known ones and the range of x is one of numbers; chance seldom does both."""
        numbers = (self.first, self.last)
        is_range = all(math.isfinite(one) and (one == 0 or 1e-12 < abs(one) < LARGEST_X) for one in numbers)
        is_known = self.x_type in X_TYPES and self.y_type in Y_TYPES and self.z_type in X_TYPES
        return is_range and is_known and self.subfiles > 0 and (self.experiment == 0 or self.experiment in EXPERIMENTS)


def _text(content: bytes) -> str:
    """Return a text up to its first zero; what comes behind it is whatever was in memory."""
    text = content.split(b"\0", 1)[0].decode("cp1252", errors="replace").strip()
    return text if text.isprintable() else ""


def moment_of(bits: int) -> tuple[Instant | None, tuple[Caution, ...]]:
    """Return the moment that is packed into a date's bits, on the clock of the instrument's computer."""
    if not bits:
        return None, ()
    year, month, day = bits >> 20, bits >> 16 & 15, bits >> 11 & 31
    hour, minute = bits >> 6 & 31, bits & 63
    written = f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = None
    if moment is None or not 1970 <= year < 2100:
        # Some programs count years from 1900, as C does.
        likely = f" ({year + 1900} is likely)" if 70 <= year < 200 else ""
        return None, (Caution(f"the date {written} cannot be right{likely} and is left out"),)
    return Instant(written, moment), ()
